"""Withdrawal of consent: "take back a consent you gave".

GDPR Art. 7(3): at any time, as easily as it was given; it cannot be refused or
extended.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.vocabulary import Outcome, RightCode, State

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
    """A withdrawal of consent. GDPR Art. 7(3).

    It takes effect before anybody decides anything; what must be erased besides,
    an officer finds out.
    """

    OUTCOMES = RIGHT.outcomes

    class Meta:
        proxy = True

    @transition(
        "state",
        source=(State.RECEIVED, State.TRIAGE, State.IN_PROGRESS),
        target=State.REVOKING,
    )
    def revoke(self) -> None:
        """Take the consent back in our records, now. GDPR Art. 7(3)."""

    @transition("state", source=State.REVOKING, target=State.STOPPING)
    def stop(self) -> None:
        """Tell everyone who relies on the consent. GDPR Art. 7(3); C-129/21."""

    @transition("state", source=State.STOPPING, target=State.ERASURE_CHECK)
    def check_erasure(self) -> None:
        """Ask which data have no other legal basis. GDPR Art. 17(1)(b)."""

    @transition("state", source=State.ERASURE_CHECK, target=None)
    def check_purpose(self) -> None:
        """Say of one purpose what becomes of its data. GDPR Art. 17(1)(b)."""

    @transition("state", source=State.ERASURE_CHECK, target=None)
    def open_erasure(self) -> None:
        """Ask for erasure beside the withdrawal. GDPR Art. 17(1)(b)."""

    @transition("state", source=State.ERASURE_CHECK, target=State.REPLY_PENDING)
    def confirm(self, *, done: str, by: str, at: datetime) -> None:
        """Confirm to the person that it is done. GDPR Arts. 7(3) and 12(3)."""
        self.outcome, self.done = Outcome.GRANTED, done
        self.decided_by, self.decided_at = by, at

    @transition(
        "state",
        source=(
            State.IN_PROGRESS,
            State.AWAITING_IDENTITY,
            State.ERASURE_CHECK,
        ),
        target=State.DECISION_PENDING,
    )
    def propose(
        self, *, outcome: str, grounds: list[str], reasons: str, by: str, at: datetime
    ) -> None:
        """Put to a decision what did not rest on consent. GDPR Art. 7(3).

        What is being stopped is answered for first, by systems and recipients.
        """
        self.note_proposal(outcome, grounds, reasons, by=by, at=at)

    @transition("state", source=())
    def grant(self, *, by: str, at: datetime) -> None:
        """Never: it is in effect, and confirmed when all have answered. Art. 7(3)."""

    @transition("state", source=())
    def propose_extension(self, *, reason: str, by: str, at: datetime) -> None:
        """Never: it is in effect. GDPR Art. 7(3)."""

    @transition("state", source=())
    def extend(self, *, by: str, at: datetime) -> None:
        """Never: it is in effect. GDPR Art. 7(3)."""

    @transition("state", source=())
    def fee_paid(self) -> None:
        """Never: it is free. GDPR Arts. 12(5) and 7(3)."""

    @transition("state", source=())
    def fee_lapsed(self, *, at: datetime) -> None:
        """Never: it is free. GDPR Arts. 12(5) and 7(3)."""
