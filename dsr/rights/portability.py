"""Portability: "take your data with you, or have them passed on".

GDPR Art. 20: what the person provided, processed by automated means on the
basis of consent or of a contract.
"""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON, OTHERS_RIGHTS
from dsr.vocabulary import Outcome, RightCode, State

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
    """A request for portability. GDPR Art. 20.

    The files are made before the decision, so that whoever decides sees the very
    package that goes out.
    """

    OUTCOMES = RIGHT.outcomes

    class Meta:
        proxy = True

    @transition("state", source=State.IN_PROGRESS, target=State.FILTERING)
    def start_filtering(self) -> None:
        """Choose what the person provided. GDPR Art. 20(1); WP242 rev.01."""

    @transition("state", source=State.FILTERING, target=None)
    def ask_transfer(self) -> None:
        """Note to whom the person wants their data passed on. GDPR Art. 20(2)."""

    @transition("state", source=(State.FILTERING, State.DELIVERING), target=None)
    def accept_transfer(self) -> None:
        """Have the receiver agree to take the files. GDPR Art. 20(2)."""

    @transition("state", source=(State.FILTERING, State.DELIVERING), target=None)
    def excuse_transfer(self) -> None:
        """Say why a transfer is not technically feasible. GDPR Art. 20(2)."""

    @transition("state", source=State.DELIVERING, target=None)
    def finish_transfer(self) -> None:
        """Have the receiver's receipt for the files. GDPR Arts. 20(2) and 32."""

    @transition("state", source=State.FILTERING, target=None)
    def clear_health(self) -> None:
        """Have a medical adviser look at the health data. GDPR Art. 9."""

    @transition("state", source=State.FILTERING, target=State.EXPORTING)
    def make_copy(
        self, *, outcome: str, grounds: list[str], reasons: str, by: str, at: datetime
    ) -> None:
        """Propose to give the data, and have the files made. GDPR Art. 20(1)."""
        self.note_proposal(outcome, grounds, reasons, by=by, at=at)

    @transition("state", source=State.EXPORTING, target=State.DECISION_PENDING)
    def copy_made(self) -> None:
        """Put the files that were made to the one who decides. GDPR Art. 20(1)."""

    @transition(
        "state",
        source=(State.EXPORTING, State.DECISION_PENDING),
        target=State.IN_PROGRESS,
    )
    def return_proposal(self) -> None:
        """Send the proposal back; the files made for it are thrown away."""
        self.forget_proposal()

    @transition("state", source=State.DECISION_PENDING, target=State.DELIVERING)
    def grant(self, *, by: str, at: datetime) -> None:
        """Decide that the files that lie ready are given. GDPR Art. 20(1)."""
        self.note_decision(by=by, at=at)

    @transition("state", source=State.DELIVERING, target=State.REPLY_PENDING)
    def deliver(self) -> None:
        """Have passed the files on, where that was asked and can be. Art. 20(2)."""
