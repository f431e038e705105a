"""Review of an automated decision: "have a person look at it".

GDPR Art. 22(3): human intervention, one's own point of view, contesting.
"""

from django.utils.translation import gettext_lazy as _

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import Outcome, RightCode

RIGHT = Right(
    code=RightCode.AUTOMATED_DECISION_REVIEW,
    source=gdpr("22"),
    grounds=(
        *COMMON,
        Ground(
            "upheld_after_human_review",
            _("A person has reviewed the decision and upholds it"),
            gdpr("22(3)"),
            _("The reasons, and an explanation of the logic in this case"),
        ),
        Ground(
            "human_involved",
            _("A person took the decision"),
            gdpr("22(1)"),
            _("Who decided"),
            (Outcome.NOT_APPLICABLE,),
        ),
        Ground(
            "no_significant_effect",
            _("The decision has no legal or similarly significant effect"),
            gdpr("22(1)"),
            _("Why the effect is not significant"),
            (Outcome.NOT_APPLICABLE,),
        ),
    ),
    outcomes=(*ALL, Outcome.NOT_APPLICABLE),
    questions=(
        Question("decision", _("Which decision is it about?"), long=True),
        Question("view", _("What should the person who looks at it know?"), long=True),
    ),
    searches=False,
)


class AutomatedDecisionReviewTicket(Ticket):
    """A review of an automated decision. GDPR Art. 22."""

    class Meta:
        proxy = True
