"""Portability: "take your data with you, or have them passed on".

GDPR Art. 20: what the person provided, processed by automated means on the
basis of consent or of a contract.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON, OTHERS_RIGHTS
from dsr.vocabulary import Outcome, RightCode

RIGHT = Right(
    code=RightCode.PORTABILITY,
    source=gdpr("20"),
    grounds=(
        *COMMON,
        replace(OTHERS_RIGHTS, source=gdpr("20(4)")),
        Ground(
            "not_provided_by_subject",
            _("The data were not provided by you"),
            gdpr("20(1)"),
            _("That access to them is offered"),
            (Outcome.PARTIAL, Outcome.NOT_APPLICABLE),
        ),
        Ground(
            "legal_basis",
            _("The data are processed on another basis than consent or contract"),
            gdpr("20(1)"),
            _("The real legal basis, and the right that does apply"),
            (Outcome.PARTIAL, Outcome.NOT_APPLICABLE),
        ),
        Ground(
            "transfer_not_feasible",
            _("A direct transfer is not technically feasible"),
            gdpr("20(2)"),
            _("The technical reason; the file is given all the same"),
            (Outcome.PARTIAL,),
        ),
    ),
    outcomes=(*ALL, Outcome.NOT_APPLICABLE),
    questions=(
        Question(
            "receiver",
            _("Should we send your data to another company? Which one?"),
            _("Leave empty to receive them yourself."),
        ),
    ),
    owes_copy=True,
)


class PortabilityTicket(Ticket):
    """A request for portability. GDPR Art. 20."""

    class Meta:
        proxy = True
