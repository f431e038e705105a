"""The copies of data that lie ready for a person, as the ledger tells of them."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.models import Case, LedgerEntry, Ticket
from dsr.vocabulary import Event

KEPT_BY = "T1"  # the tier of the policy that says how long a package is kept


TOLD = (
    Event.PACKAGE_BUILT.value,
    Event.PACKAGE_DROPPED.value,
    Event.PACKAGE_EXPIRED.value,
)


@dataclass(frozen=True, slots=True)
class Package:
    """A copy to download: `size` in bytes, `until` a day in words or empty."""

    ticket: Ticket
    title: str
    size: int
    until: str


def packages(case: Case, language: str) -> list[Package]:
    """Return the packages of answered rights that are still there."""
    built: dict[int, int] = {}
    entries = LedgerEntry.objects.filter(reference=case.reference, event__in=TOLD)
    for entry in entries.order_by("number"):
        if entry.event == Event.PACKAGE_BUILT:
            built[entry.facts["ticket"]] = entry.facts["size"]
        else:
            built.pop(entry.facts["ticket"], None)
    answered = case.tickets.filter(pk__in=built, replied_at__isnull=False)
    return [_package(ticket, built[ticket.pk], language) for ticket in answered]


def _package(ticket: Ticket, size: int, language: str) -> Package:
    title = current().rights[ticket.right_code].title.to(language)
    days = current().tiers[KEPT_BY].days
    if days is None or ticket.replied_at is None:
        return Package(ticket, title, size, "")
    last = timezone.localdate(ticket.replied_at) + timedelta(days=days)
    return Package(ticket, title, size, day_in_words(last, language))
