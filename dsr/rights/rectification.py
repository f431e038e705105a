"""Rectification: "have inaccurate or incomplete data corrected".

GDPR Art. 16; what others received is corrected there too, Art. 19.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import CorrectionVerdict, Outcome, RightCode, State

RIGHT = Right(
    code=RightCode.RECTIFICATION,
    source=gdpr("16"),
    grounds=(
        *COMMON,
        Ground(
            "accurate",
            _("The data are accurate"),
            gdpr("5(1)(d) and 16"),
            _("How it was verified, and that a supplementary statement may be added"),
        ),
        Ground(
            "opinion",
            _("It is an opinion or a finding, which can only be supplemented"),
            gdpr("16"),
            _("Whose opinion it is, and that the statement stands beside it"),
            (Outcome.PARTIAL,),
        ),
        Ground(
            "not_established",
            _("It cannot be established whether the data are accurate"),
            gdpr("16 and 18(1)(a)"),
            _("What was examined, and that a note stands beside the data"),
        ),
    ),
    outcomes=ALL,
    questions=(
        Question("wrong", _("What is wrong?"), long=True),
        Question("correct", _("What should it say?"), long=True),
    ),
    tells_recipients=True,
)


# The ground on which a datum is not corrected as asked.
GROUND_OF: dict[str, str] = {
    CorrectionVerdict.SUPPLEMENT: "opinion",
    CorrectionVerdict.KEEP: "accurate",
    CorrectionVerdict.ANNOTATE: "not_established",
}


class RectificationTicket(Ticket):
    """A request for rectification. GDPR Art. 16."""

    class Meta:
        proxy = True

    @transition(
        "state", source=(State.IN_PROGRESS, State.VERIFYING), target=State.VERIFYING
    )
    def verify(self) -> None:
        """Hold each datum against the evidence. GDPR Arts. 5(1)(d) and 16."""

    @transition("state", source=State.VERIFYING, target=None)
    def judge_datum(self) -> None:
        """Say whether a datum is accurate. GDPR Art. 16."""

    @transition("state", source=State.DECISION_PENDING, target=State.CORRECTING)
    def grant(self, *, by: str, at: datetime) -> None:
        """Decide to correct, or to supplement. GDPR Art. 16."""
        self.note_decision(by=by, at=at)

    @transition("state", source=State.CORRECTING, target=State.IN_PROGRESS)
    def reconsider(self) -> None:
        """Decide anew what no system could carry out. GDPR Art. 12(3) and (4)."""
        self.forget_proposal()

    @transition("state", source=State.CORRECTING, target=State.NOTIFYING)
    def notify(self) -> None:
        """Tell everyone who received the data. GDPR Art. 19."""

    @transition("state", source=State.NOTIFYING, target=State.REPLY_PENDING)
    def complete(self, *, done: str) -> None:
        """Finish: it is corrected everywhere, and the recipients know."""
        self.done = done
