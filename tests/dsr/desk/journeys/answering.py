"""What advisers, systems and recipients answer, and what the ledger says of it."""

from django.urls import reverse

from dsr.models import Case, LedgerEntry, Ticket
from tests.dsr.desk.journeys.conftest import WHY, Desk, known, works


def taken(desk: Desk, case: Case) -> Ticket:
    """Take the only ticket of a case in hand, and know who wrote."""
    ticket = desk.does("olga", "take_in_hand", case.tickets.get())
    known(desk, ticket)
    return Ticket.objects.get(pk=ticket.pk)


def adviser_looked(desk: Desk, ticket: Ticket) -> Ticket:
    """Let the medical adviser look at the health data, from the page that lists it."""
    page = desk.page("mila", "admin:health")
    assert reverse("admin:clear_health", args=[ticket.pk]) in page
    desk.posts("mila", "admin:clear_health", ticket.pk)
    assert ticket.health_clearances.count() == 1
    return Ticket.objects.get(pk=ticket.pk)


def systems_answered(desk: Desk, ticket: Ticket, done: str = "done") -> Ticket:
    """Answer for every system that was ordered to do something."""
    waiting = list(ticket.orders.waiting().values_list("pk", flat=True))
    said = {"orders": waiting, "done": done, "note": WHY}
    return desk.does("olga", "close_orders", ticket, **said)


def recipients_told(desk: Desk, ticket: Ticket) -> Ticket:
    """Tell every recipient; those without an e-mail address by post."""
    if ticket.notices.filter(state="open").exists():
        desk.does("olga", "tell_recipients", ticket)
    works(desk)
    for notice in ticket.notices.filter(state="queued"):
        letter = notice.letter_id
        desk.posts("olga", "admin:letter_act", letter, "posted", proof="R 13")
    assert not ticket.notices.still_open().exists()
    return Ticket.objects.get(pk=ticket.pk)


def told_of(case: Case, *kinds: str) -> list[str]:
    """Return what the ledger says of some kinds of events of a case, in order."""
    lines = LedgerEntry.objects.filter(reference=case.reference).order_by("number")
    every = lines.values_list("event", flat=True)
    return [one for one in every if one.startswith(kinds)]
