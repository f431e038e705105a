"""What is noted on a ticket without moving it: in which states that may be done."""

from django_fsm import transition

from dsr.vocabulary import State

# Until it is decided, the data protection officer may advise.
ADVISABLE = (*State.WAITING, *State.WORKABLE, State.DECISION_PENDING)


class Noted:
    """Transitions that stay where they are; the facts are rows of their own."""

    @transition("state", source=State.UNDECIDED, target=None)
    def answer_gates(self) -> None:
        """Answer the checks that every request passes. GDPR Arts. 12 and 5(2)."""

    @transition("state", source=ADVISABLE, target=None)
    def advise(self) -> None:
        """Hear the data protection officer, who does not decide. GDPR Art. 38(6)."""

    @transition("state", source=State.DECISION_PENDING, target=None)
    def override_late_refusal(self) -> None:
        """Let a refusal be decided after its day. GDPR Art. 12(4)."""

    @transition("state", source=State.WORKABLE, target=None)
    def examine_excess(self) -> None:
        """Note what shows that it is unfounded or excessive. GDPR Art. 12(5)."""
