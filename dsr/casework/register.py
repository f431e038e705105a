"""The register in numbers: what is left of a row whose time is over. Tier T5."""

from collections.abc import Sequence

from django.db.models import F

from dsr.models import Case, RegisterTotal, Ticket
from dsr.policy.checks import local_day


def count_in_totals(tickets: Sequence[Ticket], case: Case) -> None:
    """Add the tickets of a case to the totals of their year, right and outcome."""
    for ticket in tickets:
        replied = ticket.replied_at
        total, _created = RegisterTotal.objects.get_or_create(
            year=ticket.received_on.year,
            right_code=ticket.right_code,
            channel=case.channel,
            outcome=ticket.outcome,
        )
        total.number = F("number") + 1
        if replied is not None and local_day(replied) <= ticket.due_strict:
            total.in_time = F("in_time") + 1
        if ticket.extended_at is not None:
            total.extended = F("extended") + 1
        total.save()
