"""Marketing opt-out: "no longer receive advertising".

GDPR Art. 21(2) and (3): absolute, free, without reasons; it cannot be refused,
extended, or made to wait for proof of identity.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Question, Right, gdpr
from dsr.vocabulary import Outcome, RightCode

RIGHT = Right(
    code=RightCode.MARKETING_OPT_OUT,
    source=gdpr("21(2) and 21(3)"),
    grounds=(),
    outcomes=(Outcome.GRANTED, Outcome.NO_DATA),
    questions=(
        Question(
            "address",
            _("Where does the advertising arrive?"),
            _(
                "An e-mail address, a telephone number or a postal address. "
                "Leave empty to stop all of it."
            ),
        ),
    ),
    extendable=False,
    asks_identity=False,
    searches=False,
    effect_at_once=True,
)


class MarketingOptOutTicket(Ticket):
    """An objection to direct marketing. GDPR Art. 21(2)."""

    class Meta:
        proxy = True
