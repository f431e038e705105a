"""Objection: "object to a use of your data, for reasons of your own".

GDPR Art. 21(1) and (6); direct marketing has a right and a file of its own.
"""

from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from dsr.models.ticket import Ticket
from dsr.rights.base import Ground, Question, Right, gdpr
from dsr.rights.grounds import ALL, COMMON
from dsr.vocabulary import Outcome, RightCode, State

WEIGHED = _("How the interests were weighed")
# They decide the matter itself; each needs the weighing to bear it out.
COMPELLING = ("compelling_grounds", "legal_claims", "public_interest_task")

RIGHT = Right(
    code=RightCode.OBJECTION,
    source=gdpr("21(1)"),
    grounds=(
        *COMMON,
        Ground(
            "compelling_grounds",
            _("Compelling legitimate grounds override"),
            gdpr("21(1)"),
            WEIGHED,
        ),
        Ground(
            "legal_claims",
            _("The data are needed for legal claims"),
            gdpr("21(1)"),
            WEIGHED,
        ),
        Ground(
            "public_interest_task",
            _("A task in the public interest requires it"),
            gdpr("21(6)"),
            WEIGHED,
        ),
        Ground(
            "legal_basis",
            _("The data are not processed on the basis of a legitimate interest"),
            gdpr("21(1)"),
            _("The real legal basis, and the right that does apply"),
            (Outcome.NOT_APPLICABLE,),
        ),
    ),
    outcomes=(*ALL, Outcome.NOT_APPLICABLE),
    questions=(
        Question("use", _("Which use of your data do you object to?"), long=True),
        Question(
            "situation", _("What in your situation speaks against it?"), long=True
        ),
    ),
)


class ObjectionTicket(Ticket):
    """An objection. GDPR Art. 21(1).

    While the interests are weighed the data are restricted; what is not shown to be
    compelling stops.
    """

    class Meta:
        proxy = True

    @transition(
        "state",
        source=(State.IN_PROGRESS, State.BASIS_CHECK, State.BALANCING),
        target=State.BASIS_CHECK,
    )
    def check_basis(self) -> None:
        """Find on what the purposes objected to rest. GDPR Art. 21(1)."""

    @transition("state", source=State.BASIS_CHECK, target=State.BALANCING)
    def begin_balancing(self) -> None:
        """Restrict the data, and begin to weigh. GDPR Arts. 18(1)(d) and 21(1)."""

    @transition("state", source=State.BALANCING, target=None)
    def weigh_interests(self) -> None:
        """Write down how the interests were weighed. GDPR Art. 21(1)."""

    @transition("state", source=State.EXECUTING, target=State.IN_PROGRESS)
    def reconsider(self) -> None:
        """Decide anew what no system could stop. GDPR Art. 12(3) and (4)."""
        self.forget_proposal()
