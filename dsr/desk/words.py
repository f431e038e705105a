"""How the desk says where a ticket stands and what comes next."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr.models import FeeNotice, Ticket
from dsr.vocabulary import Channel, Outcome, RightCode, State

NEXT: dict[str, Promise] = {
    State.RECEIVED: _("take it in hand"),
    State.TRIAGE: _("take it in hand"),
    State.AWAITING_IDENTITY: _("their proof of identity"),
    State.AWAITING_CLARIFICATION: _("their clarification"),
    State.IN_PROGRESS: _("propose a decision"),
    State.COLLECTING: _("the systems are searched"),
    State.REVIEWING: _("review what was found, then propose"),
    State.PACKAGING: _("the copy is being made"),
    State.FILTERING: _("choose what the person provided, then propose"),
    State.EXPORTING: _("the files are being made"),
    State.DELIVERING: _("deliver it"),
    State.VERIFYING: _("verify the data, then propose"),
    State.CORRECTING: _("have it corrected in every system"),
    State.GROUNDS: _("examine the grounds of Article 17(1)"),
    State.EXCEPTIONS: _("examine the exceptions, then propose"),
    State.APPLYING: _("have it restricted in every system"),
    State.BASIS_CHECK: _("check the legal basis"),
    State.BALANCING: _("weigh the interests, then propose"),
    State.QUALIFYING: _("see whether a machine decided alone"),
    State.REVIEWING_HUMAN: _("the reviewer decides afresh"),
    State.DECISION_PENDING: _("decide"),
    State.EXECUTING: _("carry it out"),
    State.NOTIFYING: _("tell every recipient, then note what was done"),
    State.SUPPRESSING: _("the systems are being asked"),
    State.PROPAGATING: _("answer for systems and recipients"),
    State.REVOKING: _("the systems are being asked"),
    State.STOPPING: _("answer for systems and recipients"),
    State.ERASURE_CHECK: _("see what must be erased, then confirm"),
    State.REPLY_PENDING: _("approve and send the reply"),
    State.REPLIED: _("close it"),
}

# In progress, a right may call for its own first step.
FIRST: dict[str, Promise] = {
    RightCode.RECTIFICATION: _("note what is contested, and verify it"),
    RightCode.ERASURE: _("examine the grounds of Article 17(1)"),
}


def fee_is_awaited(ticket: Ticket) -> bool:
    """Whether the person was told of a fee that is not settled yet."""
    asked = ticket.state == State.REPLY_PENDING and ticket.outcome == Outcome.FEE
    return asked and FeeNotice.objects.awaited().filter(ticket=ticket).exists()


def next_step(ticket: Ticket) -> Promise | str:
    """Say what has to happen next; nothing once a ticket has ended."""
    if fee_is_awaited(ticket):
        return _("their payment of the fee")
    if ticket.state == State.IN_PROGRESS and ticket.right_code in FIRST:
        return FIRST[ticket.right_code]
    return NEXT.get(ticket.state, "–")


def flags_of(ticket: Ticket) -> Iterator[Promise]:
    """Yield what is special about a ticket, the pressing things first."""
    case = ticket.case
    if ticket.is_open:
        yield from _flags_of_time(ticket)
    if ticket.extended_at:
        yield _("extended")
    elif ticket.extension_proposed_at:
        yield _("to extend?")
    if case.is_by_agent:
        yield _("agent")
    if case.channel == Channel.WEB and case.contact_confirmed_at is None:
        yield _("unconfirmed")


def _flags_of_time(ticket: Ticket) -> Iterator[Promise]:
    if ticket.overdue_at:
        yield _("overdue")
    elif getattr(ticket, "is_strictly_late", False):
        yield _("past the strict day")
    if getattr(ticket, "has_alarm", False):
        yield _("alarm")
    if ticket.due is None:
        yield _("suspended")
