"""The acts of what takes effect at once: marketing and consent."""

from django.utils.translation import gettext_lazy

from dsr.policy.acts.act import HANDLER, Act

AT_ONCE = (
    Act(
        "check_erasure",
        gettext_lazy("Processing has stopped"),
        "check_erasure",
        (HANDLER,),
    ),
    Act(
        "confirm",
        gettext_lazy("Confirm what was stopped"),
        "confirm",
        (HANDLER,),
    ),
)
