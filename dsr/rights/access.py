"""Access: "know whether we process your data, and receive them".

GDPR Art. 15(1) and (2) list the information, Art. 15(3) grants the copy.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, Source, gdpr
from dsr.rights.grounds import ALL, COMMON, EXCESSIVE_ABUSE, OTHERS_RIGHTS
from dsr.vocabulary import Outcome, RightCode, State

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
            gdpr("15(4), C-203/22"),
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
    """A request for access. GDPR Art. 15.

    The copy is made before the decision, so that whoever decides sees the very
    package that goes out.
    """

    OUTCOMES = RIGHT.outcomes

    class Meta:
        proxy = True

    @transition(
        "state",
        source=(State.IN_PROGRESS, State.REVIEWING),
        target=State.COLLECTING,
    )
    def collect(self) -> None:
        """Search every system, a first time or anew. GDPR Art. 15(1) and (3)."""

    @transition(
        "state",
        source=(State.TRIAGE, State.IN_PROGRESS, State.COLLECTING, State.REVIEWING),
        target=State.AWAITING_CLARIFICATION,
    )
    def ask_clarification(self) -> None:
        """Ask which data are meant, once it shows that there are many. Recital 63."""

    @transition("state", source=State.COLLECTING, target=State.REVIEWING)
    def start_review(self) -> None:
        """Look at what was found, item by item. GDPR Art. 15(4)."""

    @transition("state", source=(State.COLLECTING, State.REVIEWING), target=None)
    def answer_information(self) -> None:
        """Decide what is told on an item of the list. GDPR Art. 15(1) and (2)."""

    @transition("state", source=(State.COLLECTING, State.REVIEWING), target=None)
    def add_question(self) -> None:
        """Put what the person's own letter asks on the list. GDPR Art. 15(1)."""

    @transition("state", source=State.REVIEWING, target=None)
    def clear_health(self) -> None:
        """Have a medical adviser look at the health data. GDPR Art. 9."""

    @transition("state", source=State.REVIEWING, target=State.PACKAGING)
    def make_copy(
        self, *, outcome: str, grounds: list[str], reasons: str, by: str, at: datetime
    ) -> None:
        """Propose to give the data, and have the copy made. GDPR Art. 15(3)."""
        self.note_proposal(outcome, grounds, reasons, by=by, at=at)

    @transition("state", source=State.PACKAGING, target=State.DECISION_PENDING)
    def copy_made(self) -> None:
        """Put the copy that was made to the one who decides. GDPR Art. 15(3)."""

    @transition(
        "state",
        source=(State.PACKAGING, State.DECISION_PENDING),
        target=State.IN_PROGRESS,
    )
    def return_proposal(self) -> None:
        """Send the proposal back; a copy made for it is thrown away."""
        self.forget_proposal()

    @transition("state", source=State.DECISION_PENDING, target=State.REPLY_PENDING)
    def grant(self, *, by: str, at: datetime) -> None:
        """Decide that the copy that lies ready is given. GDPR Art. 15(3)."""
        self.note_decision(by=by, at=at)
