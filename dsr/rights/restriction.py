"""Restriction: "have the use of your data frozen in certain circumstances".

GDPR Art. 18(1) lists the grounds; Art. 18 knows no exceptions of its own.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import RightCode, State

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
    """A request for restriction. GDPR Art. 18.

    The restriction comes before the decision on it, and lives on when this ends.
    """

    class Meta:
        proxy = True

    @transition(
        "state", source=(State.IN_PROGRESS, State.APPLYING), target=State.APPLYING
    )
    def apply_restriction(self) -> None:
        """Have the data marked at once, before full proof. GDPR Art. 18(1).

        Also once more, where no system could; or on a further ground.
        """

    @transition("state", source=(State.IN_PROGRESS, State.APPLYING), target=None)
    def examine_restriction(self) -> None:
        """Note which grounds are not present. GDPR Art. 18(1)."""

    @transition("state", source=State.DECISION_PENDING, target=State.NOTIFYING)
    def grant(self, *, by: str, at: datetime) -> None:
        """Confirm what is in force already; tell the recipients. GDPR Art. 19."""
        self.note_decision(by=by, at=at)

    @transition("state", source=State.NOTIFYING, target=State.REPLY_PENDING)
    def complete(self, *, done: str) -> None:
        """Have told every recipient, or justified why not. GDPR Art. 19."""
        self.done = done
