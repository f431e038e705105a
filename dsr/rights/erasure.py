"""Erasure: "have your data deleted in certain circumstances".

GDPR Art. 17(1) lists the circumstances, Art. 17(3) what outweighs them, and
Art. 19 makes us tell everyone who received the data.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import RightCode

KEPT = _("Which data are kept, under which article, and until when")

RIGHT = Right(
    code=RightCode.ERASURE,
    source=gdpr("17"),
    grounds=(
        *COMMON,
        Ground(
            "no_ground",
            _("None of the circumstances of Article 17(1) is present"),
            gdpr("17(1)"),
            _("Which circumstances were examined"),
        ),
        Ground(
            "legal_obligation",
            _("A law obliges us to keep the data"),
            gdpr("17(3)(b)"),
            KEPT,
        ),
        Ground(
            "legal_claims",
            _("The data are needed for legal claims"),
            gdpr("17(3)(e)"),
            KEPT,
        ),
        Ground(
            "freedom_of_expression",
            _("Freedom of expression and information"),
            gdpr("17(3)(a)"),
            KEPT,
        ),
        Ground("public_health", _("Public health"), gdpr("17(3)(c)"), KEPT),
        Ground(
            "archiving_research_statistics",
            _("Archiving, research or statistics"),
            gdpr("17(3)(d)"),
            KEPT,
        ),
    ),
    outcomes=ALL,
    questions=(
        Question("what", _("What should be deleted?"), long=True),
        Question(
            "why",
            _("Why?"),
            _("You may leave this empty. It helps us to find the right rule."),
            long=True,
        ),
    ),
    tells_recipients=True,
)


class ErasureTicket(Ticket):
    """A request for erasure. GDPR Art. 17."""

    class Meta:
        proxy = True
