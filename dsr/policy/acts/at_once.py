"""The acts of what takes effect at once: marketing and consent."""

from django.utils.translation import gettext_lazy

from dsr.policy import at_once, telling
from dsr.policy.acts.act import HANDLER, Act

AT_ONCE = (
    Act(
        "check_erasure",
        gettext_lazy("Processing has stopped"),
        "check_erasure",
        (HANDLER,),
        (telling.orders_are_closed, telling.notices_are_closed),
    ),
    Act(
        "check_purpose",
        gettext_lazy("Note what becomes of the data"),
        "check_purpose",
        (HANDLER,),
    ),
    Act(
        "open_erasure",
        gettext_lazy("Open a request for erasure"),
        "open_erasure",
        (HANDLER,),
        (at_once.purpose_is_erased,),
    ),
    Act(
        "confirm",
        gettext_lazy("Confirm what was stopped"),
        "confirm",
        (HANDLER,),
        (
            telling.orders_are_closed,
            telling.notices_are_closed,
            at_once.erasure_is_checked,
        ),
    ),
)
