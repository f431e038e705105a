"""Access: "know whether we process your data, and receive them".

GDPR Art. 15(1) and (2) list the information, Art. 15(3) grants the copy.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, Source, gdpr
from dsr.rights.grounds import ALL, COMMON, EXCESSIVE_ABUSE, OTHERS_RIGHTS
from dsr.vocabulary import Outcome, RightCode

RIGHT = Right(
    code=RightCode.ACCESS,
    source=gdpr("15"),
    also=(Source("EDPB Guidelines", "01/2022"),),
    grounds=(
        *COMMON,
        EXCESSIVE_ABUSE,
        OTHERS_RIGHTS,
        Ground(
            "trade_secret",
            _("It would disclose a trade secret"),
            gdpr("15(4)"),
            _("That the authority or a court may weigh the interests (C-203/22)"),
            (Outcome.PARTIAL,),
        ),
    ),
    outcomes=ALL,
    questions=(
        Question(
            "scope",
            _("Is it about something in particular?"),
            _(
                "For example one claim, one year, or a telephone call. Leave empty "
                "for everything."
            ),
            long=True,
        ),
    ),
    asks_clarification=True,
    owes_copy=True,
)


class AccessTicket(Ticket):
    """A request for access. GDPR Art. 15."""

    class Meta:
        proxy = True
