"""The nine rights: one file each, its law and its ticket."""

from dsr.models.ticket import Ticket
from dsr.rights import (
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
from dsr.rights.base import Ground, Question, Right, Source

RIGHTS: dict[str, Right] = {
    module.RIGHT.code.value: module.RIGHT
    for module in (
        access,
        portability,
        rectification,
        erasure,
        restriction,
        marketing_opt_out,
        objection,
        consent_withdrawal,
        automated_decision_review,
    )
}

TICKETS: dict[str, type[Ticket]] = {
    access.RIGHT.code: access.AccessTicket,
    portability.RIGHT.code: portability.PortabilityTicket,
    rectification.RIGHT.code: rectification.RectificationTicket,
    erasure.RIGHT.code: erasure.ErasureTicket,
    restriction.RIGHT.code: restriction.RestrictionTicket,
    marketing_opt_out.RIGHT.code: marketing_opt_out.MarketingOptOutTicket,
    objection.RIGHT.code: objection.ObjectionTicket,
    consent_withdrawal.RIGHT.code: consent_withdrawal.ConsentWithdrawalTicket,
    automated_decision_review.RIGHT.code: (
        automated_decision_review.AutomatedDecisionReviewTicket
    ),
}

Ticket.BY_RIGHT.update(TICKETS)

# Those whose copy is made before the decision.
WithCopy = access.AccessTicket | portability.PortabilityTicket


def right_of(ticket: Ticket) -> Right:
    """Return the right a ticket exercises."""
    return RIGHTS[ticket.right_code]


__all__ = [
    "RIGHTS",
    "TICKETS",
    "Ground",
    "Question",
    "Right",
    "Source",
    "WithCopy",
    "right_of",
]
