"""Withdrawal of consent: "take back a consent you gave".

GDPR Art. 7(3): at any time, as easily as it was given; it cannot be refused or
extended.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.vocabulary import Outcome, RightCode

RIGHT = Right(
    code=RightCode.CONSENT_WITHDRAWAL,
    source=gdpr("7(3)"),
    grounds=(
        Ground(
            "legal_basis",
            _("The processing does not rest on consent"),
            gdpr("7(3)"),
            _("The real legal basis, and that the right to object may apply"),
            (Outcome.NOT_APPLICABLE,),
        ),
    ),
    outcomes=(Outcome.GRANTED, Outcome.NOT_APPLICABLE, Outcome.NO_DATA),
    questions=(Question("consent", _("Which consent do you take back?"), long=True),),
    extendable=False,
    asks_identity=True,
    searches=False,
    effect_at_once=True,
    tells_recipients=True,
)


class ConsentWithdrawalTicket(Ticket):
    """A withdrawal of consent. GDPR Art. 7(3)."""

    class Meta:
        proxy = True
