"""Restriction: "have the use of your data frozen in certain circumstances".

GDPR Art. 18(1) lists the grounds; Art. 18 knows no exceptions of its own.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import RightCode

RIGHT = Right(
    code=RightCode.RESTRICTION,
    source=gdpr("18"),
    grounds=(
        *COMMON,
        Ground(
            "no_ground",
            _("None of the grounds of Article 18(1) is present"),
            gdpr("18(1)"),
            _("Which grounds were examined"),
        ),
    ),
    outcomes=ALL,
    questions=(
        Question("what", _("Which data should we no longer use?"), long=True),
        Question("why", _("Why?"), long=True),
    ),
    tells_recipients=True,
)


class RestrictionTicket(Ticket):
    """A request for restriction. GDPR Art. 18."""

    class Meta:
        proxy = True
