"""The acts of a rectification."""

from django.utils.translation import gettext_lazy

from dsr.policy.acts.act import HANDLER, Act

RECTIFICATION = (
    Act("verify", gettext_lazy("Note a contested datum"), "verify", (HANDLER,)),
    Act(
        "judge_datum",
        gettext_lazy("Judge whether a datum is accurate"),
        "judge_datum",
        (HANDLER,),
    ),
)
