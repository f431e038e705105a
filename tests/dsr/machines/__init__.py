"""What the law lets each right do, written by hand: one module a right.

A module says by which steps a ticket of its right is walked to a state (`PATHS`),
and which transitions it has besides or instead of the common ones (`TRANSITIONS`).
"""

from collections.abc import Callable

from dsr.models import Ticket
from dsr.vocabulary import RightCode, State
from tests.dsr.machines import (
    access,
    automated_decision_review,
    consent_withdrawal,
    erasure,
    marketing_opt_out,
    objection,
    portability,
    rectification,
    restriction,
)
from tests.dsr.steps import PATHS, Paths

Transitions = dict[str, tuple[set[str], str | None]]
PATHS_OF: dict[str, Paths] = {
    RightCode.ACCESS: access.PATHS,
    RightCode.PORTABILITY: portability.PATHS,
    RightCode.AUTOMATED_DECISION_REVIEW: automated_decision_review.PATHS,
    RightCode.MARKETING_OPT_OUT: marketing_opt_out.PATHS,
    RightCode.CONSENT_WITHDRAWAL: consent_withdrawal.PATHS,
    RightCode.RECTIFICATION: rectification.PATHS,
    RightCode.ERASURE: erasure.PATHS,
    RightCode.RESTRICTION: restriction.PATHS,
    RightCode.OBJECTION: objection.PATHS,
}
TRANSITIONS_OF: dict[str, Transitions] = {
    RightCode.ACCESS: access.TRANSITIONS,
    RightCode.PORTABILITY: portability.TRANSITIONS,
    RightCode.AUTOMATED_DECISION_REVIEW: automated_decision_review.TRANSITIONS,
    RightCode.MARKETING_OPT_OUT: marketing_opt_out.TRANSITIONS,
    RightCode.CONSENT_WITHDRAWAL: consent_withdrawal.TRANSITIONS,
    RightCode.RECTIFICATION: rectification.TRANSITIONS,
    RightCode.ERASURE: erasure.TRANSITIONS,
    RightCode.RESTRICTION: restriction.TRANSITIONS,
    RightCode.OBJECTION: objection.TRANSITIONS,
}


def path_to(state: str, ticket: Ticket) -> tuple[Callable[[int], object], ...]:
    """Return the steps that walk a new ticket to a state.

    One that takes effect at once does so only where an address is known.
    """
    own = PATHS_OF.get(ticket.right_code, PATHS)
    return (PATHS if ticket.state not in own else own)[State(state)]
