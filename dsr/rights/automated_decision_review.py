"""Review of an automated decision: "have a person look at it".

GDPR Art. 22(3): human intervention, one's own point of view, contesting.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import COMMON, NOT_IDENTIFIED
from dsr.vocabulary import Outcome, RightCode, State

UPHELD, HUMAN, NO_EFFECT = (
    "upheld_after_human_review",
    "human_involved",
    "no_significant_effect",
)

RIGHT = Right(
    code=RightCode.AUTOMATED_DECISION_REVIEW,
    source=gdpr("22"),
    grounds=(
        # Arts. 11(2) and 12(6) name Arts. 15-21 and not this one.
        replace(NOT_IDENTIFIED, source=gdpr("12(2)")),
        *(one for one in COMMON if one != NOT_IDENTIFIED),
        Ground(
            UPHELD,
            _("A person has reviewed the decision and upholds it"),
            gdpr("22(3)"),
            _("The reasons, and an explanation of the logic in this case"),
        ),
        Ground(
            HUMAN,
            _("A person took the decision"),
            gdpr("22(1)"),
            _("Who decided"),
            (Outcome.NOT_APPLICABLE,),
        ),
        Ground(
            NO_EFFECT,
            _("The decision has no legal or similarly significant effect"),
            gdpr("22(1)"),
            _("Why the effect is not significant"),
            (Outcome.NOT_APPLICABLE,),
        ),
    ),
    outcomes=(
        Outcome.GRANTED,
        Outcome.REFUSED,
        Outcome.NO_DATA,
        Outcome.NOT_IDENTIFIED,
        Outcome.NOT_APPLICABLE,
        Outcome.FEE,
    ),
    questions=(
        Question("decision", _("Which decision is it about?"), long=True),
        Question("view", _("What should the person who looks at it know?"), long=True),
    ),
    searches=False,
)


class AutomatedDecisionReviewTicket(Ticket):
    """A review of an automated decision. GDPR Art. 22.

    It cannot be granted in part: a decision is upheld, changed or overturned.
    """

    OUTCOMES = RIGHT.outcomes

    class Meta:
        proxy = True

    @transition(
        "state",
        source=(State.IN_PROGRESS, State.QUALIFYING),
        target=State.QUALIFYING,
    )
    def qualify_decision(self) -> None:
        """Say which decision it is, and whether a machine took it. GDPR Art. 22(1)."""

    @transition(
        "state",
        source=(State.QUALIFYING, State.REVIEWING_HUMAN),
        target=State.REVIEWING_HUMAN,
    )
    def assign_reviewer(self) -> None:
        """Give it to a person who can change the decision. GDPR Art. 22(3)."""

    @transition("state", source=State.REVIEWING_HUMAN, target=None)
    def record_review(self) -> None:
        """Decide afresh, having heard the person. GDPR Art. 22(3), recital 71."""

    @transition("state", source=State.EXECUTING, target=None)
    def stop_special_use(self) -> None:
        """End the use of special data that nothing allows. GDPR Art. 22(4)."""
