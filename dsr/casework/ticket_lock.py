"""The frame of every act on a ticket: lock, check; then save and record."""

from datetime import datetime
from typing import Any

from dsr.models import Case, LedgerEntry, SearchTask, Ticket
from dsr.policy import check
from dsr.policy.forgetting import still_known
from dsr.vocabulary import Actor, Event


def locked(ticket_id: int, act: str, *, by: Actor, at: datetime) -> Ticket:
    """Return the ticket, locked until the transaction ends, if the act may be done.

    Raises:
        PolicyError: it may not; the sentence says why, and what would help.

    """
    ticket = lock(ticket_id)
    check(act, ticket, by=by, at=at)
    return ticket


def lock(ticket_id: int) -> Ticket:
    """Return the ticket, locked until the transaction ends."""
    tickets = Ticket.objects.select_for_update(of=("self",))
    return tickets.select_related("case__subject").get(pk=ticket_id)


def lock_search(search_id: int) -> SearchTask:
    """Return the search, locked after its ticket until the transaction ends."""
    lock(SearchTask.objects.values_list("ticket_id", flat=True).get(pk=search_id))
    return SearchTask.objects.select_for_update().get(pk=search_id)


def lock_case(case_id: int) -> Case:
    """Return the case, locked with its tickets until the transaction ends.

    Everyone locks in this order: case, ticket, what belongs to it, ledger. So no
    two transactions ever wait for each other.
    """
    cases = Case.objects.select_for_update(of=("self",))
    case = cases.select_related("subject").get(pk=case_id)
    list(case.tickets.select_for_update().order_by("pk").values_list("pk"))
    return case


def lock_known(case_id: int) -> Case:
    """Return the case, locked as above, unless its person is forgotten."""
    case = lock_case(case_id)
    still_known(case)
    return case


def record(
    ticket: Ticket, event: Event, *, by: Actor, at: datetime, **facts: Any
) -> None:
    """Write what happened to a ticket in the ledger, with where it stands now."""
    LedgerEntry.objects.append(
        ticket.case.reference,
        event,
        by=by.name,
        at=at,
        ticket=ticket.pk,
        right=ticket.right_code,
        state=str(ticket.state),
        **facts,
    )


def record_case(
    case: Case, event: Event, *, by: Actor, at: datetime, **facts: Any
) -> None:
    """Write what happened to a case in the ledger."""
    LedgerEntry.objects.append(case.reference, event, by=by.name, at=at, **facts)
