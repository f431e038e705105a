"""Marketing opt-out: "no longer receive advertising".

GDPR Art. 21(2) and (3): absolute, free, without reasons; it cannot be refused,
extended, or made to wait for proof of identity.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Question, Right, gdpr
from dsr.vocabulary import Outcome, RightCode, State

RIGHT = Right(
    code=RightCode.MARKETING_OPT_OUT,
    source=gdpr("21(2) and 21(3)"),
    grounds=(),
    outcomes=(Outcome.GRANTED, Outcome.NO_DATA),
    questions=(
        Question(
            "address",
            _("Where does the advertising arrive?"),
            _(
                "An e-mail address, a telephone number or a postal address. "
                "Leave empty to stop all of it."
            ),
        ),
    ),
    extendable=False,
    asks_identity=False,
    searches=False,
    effect_at_once=True,
)


class MarketingOptOutTicket(Ticket):
    """An objection to direct marketing. GDPR Art. 21(2).

    It takes effect before anybody decides anything; nothing can hold it up. It is
    confirmed once every system and everyone who advertises for us has answered.
    """

    OUTCOMES = RIGHT.outcomes

    class Meta:
        proxy = True

    @transition(
        "state",
        source=(State.RECEIVED, State.TRIAGE, State.IN_PROGRESS),
        target=State.SUPPRESSING,
    )
    def suppress(self) -> None:
        """Put the addresses on the suppression list, now. GDPR Art. 21(3)."""

    @transition("state", source=State.SUPPRESSING, target=State.PROPAGATING)
    def propagate(self) -> None:
        """Tell everyone who sends for us. GDPR Arts. 5(2), 24; C-129/21."""

    @transition("state", source=State.PROPAGATING, target=State.REPLY_PENDING)
    def confirm(self, *, done: str, by: str, at: datetime) -> None:
        """Confirm to the person that it is done. GDPR Art. 12(3)."""
        self.outcome, self.done = Outcome.GRANTED, done
        self.decided_by, self.decided_at = by, at

    @transition(
        "state",
        source=(State.IN_PROGRESS, State.PROPAGATING),
        target=State.DECISION_PENDING,
    )
    def propose(
        self, *, outcome: str, grounds: list[str], reasons: str, by: str, at: datetime
    ) -> None:
        """Put to a decision that nobody knows the person. GDPR Art. 12(3)."""
        self.note_proposal(outcome, grounds, reasons, by=by, at=at)

    @transition("state", source=())
    def ask_identity(self) -> None:
        """Never: the address is enough. GDPR Arts. 12(6) and 21(3)."""

    @transition("state", source=())
    def grant(self, *, by: str, at: datetime) -> None:
        """Never: it is in effect, and confirmed when all have answered. Art. 21(3)."""

    @transition("state", source=())
    def propose_extension(self, *, reason: str, by: str, at: datetime) -> None:
        """Never: it is in effect. GDPR Art. 21(3)."""

    @transition("state", source=())
    def extend(self, *, by: str, at: datetime) -> None:
        """Never: it is in effect. GDPR Art. 21(3)."""

    @transition("state", source=())
    def fee_paid(self) -> None:
        """Never: it is free. GDPR Arts. 12(5) and 21(3)."""

    @transition("state", source=())
    def fee_lapsed(self, *, at: datetime) -> None:
        """Never: it is free. GDPR Arts. 12(5) and 21(3)."""
