"""The acts on what is unfounded or excessive, and on fees. GDPR Art. 12(5)."""

from django.utils.translation import gettext_lazy

from dsr.policy import excess, fees
from dsr.policy.acts.act import HANDLER, SYSTEM, Act

_SHOWN = (excess.right_can_be_excessive,)

EXCESS = (
    Act(
        "record_unfounded",
        gettext_lazy("Record the facts of an unfounded request"),
        "examine_excess",
        (HANDLER,),
        law=_SHOWN,
    ),
    Act(
        "record_repetition",
        gettext_lazy("Record an earlier reply"),
        "examine_excess",
        (HANDLER,),
        law=_SHOWN,
    ),
    Act(
        "record_abuse",
        gettext_lazy("Record the evidence of abuse"),
        "examine_excess",
        (HANDLER,),
        law=_SHOWN,
    ),
    Act(
        "fee_paid",
        gettext_lazy("The fee is paid"),
        "fee_paid",
        (HANDLER,),
        (fees.fee_is_awaited,),
    ),
    Act(
        "fee_lapsed",
        gettext_lazy("The fee was not paid"),
        "fee_lapsed",
        (HANDLER, SYSTEM),
        (fees.fee_is_awaited, fees.fee_day_has_passed),
    ),
)
