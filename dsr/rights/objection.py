"""Objection: "object to a use of your data, for reasons of your own".

GDPR Art. 21(1) and (6); direct marketing has a right and a file of its own.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import Outcome, RightCode

BALANCING = _("How the interests were weighed")

RIGHT = Right(
    code=RightCode.OBJECTION,
    source=gdpr("21(1)"),
    grounds=(
        *COMMON,
        Ground(
            "compelling_grounds",
            _("Compelling legitimate grounds override"),
            gdpr("21(1)"),
            BALANCING,
        ),
        Ground(
            "legal_claims",
            _("The data are needed for legal claims"),
            gdpr("21(1)"),
            BALANCING,
        ),
        Ground(
            "public_interest_task",
            _("A task in the public interest requires it"),
            gdpr("21(6)"),
            BALANCING,
        ),
        Ground(
            "legal_basis",
            _("The data are not processed on the basis of a legitimate interest"),
            gdpr("21(1)"),
            _("The real legal basis, and the right that does apply"),
            (Outcome.NOT_APPLICABLE,),
        ),
    ),
    outcomes=(*ALL, Outcome.NOT_APPLICABLE),
    questions=(
        Question("use", _("Which use of your data do you object to?"), long=True),
        Question(
            "situation", _("What in your situation speaks against it?"), long=True
        ),
    ),
)


class ObjectionTicket(Ticket):
    """An objection. GDPR Art. 21(1)."""

    class Meta:
        proxy = True
