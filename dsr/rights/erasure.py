"""Erasure: "have your data deleted in certain circumstances".

GDPR Art. 17(1) lists the circumstances, Art. 17(3) what outweighs them, and
Art. 19 makes us tell everyone who received the data.
"""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import RightCode, State

KEPT = _("Which data are kept, under which article, and until when")

RIGHT = Right(
    code=RightCode.ERASURE,
    source=gdpr("17"),
    grounds=(
        *COMMON,
        Ground(
            "no_ground",
            _("None of the circumstances of Article 17(1) is present"),
            gdpr("17(1)"),
            _("Which circumstances were examined"),
        ),
        Ground(
            "legal_obligation",
            _("A law obliges us to keep the data"),
            gdpr("17(3)(b)"),
            KEPT,
        ),
        Ground(
            "legal_claims",
            _("The data are needed for legal claims"),
            gdpr("17(3)(e)"),
            KEPT,
        ),
        Ground(
            "freedom_of_expression",
            _("Freedom of expression and information"),
            gdpr("17(3)(a)"),
            KEPT,
        ),
        Ground("public_health", _("Public health"), gdpr("17(3)(c)"), KEPT),
        Ground(
            "archiving_research_statistics",
            _("Archiving, research or statistics"),
            gdpr("17(3)(d)"),
            KEPT,
        ),
    ),
    outcomes=ALL,
    questions=(
        Question("what", _("What should be deleted?"), long=True),
        Question(
            "why",
            _("Why?"),
            _("You may leave this empty. It helps us to find the right rule."),
            long=True,
        ),
    ),
    tells_recipients=True,
)


# What may outweigh a ground, category by category; GDPR Art. 17(3).
EXCEPTIONS = (
    "legal_obligation",
    "legal_claims",
    "freedom_of_expression",
    "public_health",
    "archiving_research_statistics",
)
NO_GROUND = "no_ground"
EXAMINED = (State.GROUNDS, State.EXCEPTIONS)
ANSWERED = (State.REPLIED, State.CLOSED)


class ErasureTicket(Ticket):
    """A request for erasure. GDPR Art. 17.

    What is kept at first is erased when its day has come, long after the reply.
    """

    class Meta:
        proxy = True

    @transition("state", source=(State.IN_PROGRESS, *EXAMINED), target=State.GROUNDS)
    def examine_grounds(self) -> None:
        """Look for a ground, category by category. GDPR Art. 17(1)."""

    @transition("state", source=EXAMINED, target=State.EXCEPTIONS)
    def examine_exceptions(self) -> None:
        """Look for what outweighs it, category by category. GDPR Art. 17(3)."""

    @transition("state", source=State.EXECUTING, target=State.IN_PROGRESS)
    def reconsider(self) -> None:
        """Decide anew what no system could carry out. GDPR Art. 12(3) and (4)."""
        self.forget_proposal()

    @transition("state", source=State.EXECUTING, target=State.NOTIFYING)
    def notify(self) -> None:
        """Tell everyone who received the data. GDPR Arts. 17(2) and 19; C-129/21."""

    @transition("state", source=(State.EXECUTING, State.NOTIFYING), target=None)
    def tell_publishers(self) -> None:
        """Take reasonable steps where data were made public. GDPR Art. 17(2)."""

    @transition("state", source=State.NOTIFYING, target=State.REPLY_PENDING)
    def complete(self, *, done: str) -> None:
        """Finish: it is erased everywhere, and the recipients know."""
        self.done = done

    @transition("state", source=ANSWERED, target=None)
    def move_keep_until(self) -> None:
        """Keep longer, or shorter, than was said. GDPR Art. 5(1)(e)."""

    @transition("state", source=ANSWERED, target=None)
    def erase_kept(self) -> None:
        """Erase what was kept, now that its day has come. GDPR Art. 5(1)(e)."""
