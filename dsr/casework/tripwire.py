"""The tripwire: advertising that went to somebody after their objection is an incident.

Of each message only the keyed digest of its address is compared; nothing of it is kept
but when it was sent. GDPR Arts. 5(2), 21(3) and 24.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from dsr.models import DESK, Case, Incident, LedgerEntry, Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import long_reason
from dsr.vocabulary import SYSTEM, Actor, Event, RightCode, Role
from subjects.models import (
    SuppressionChannel,
    SuppressionEntry,
    digest_under,
    keys,
)
from subjects.models.consents import DIRECT_MARKETING
from subjects.sending_rows import Sent

AT_ONCE = 400  # messages compared by one question
CHANNELS = {
    "email": SuppressionChannel.EMAIL,
    "phone_number": SuppressionChannel.PHONE,
    "post": SuppressionChannel.POST,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """How many messages a log has, how many went out wrongly, and how many are new."""

    messages: int
    incidents: int
    new: int


@dataclass(slots=True)
class _Listed:
    entry: SuppressionEntry
    objected_at: datetime


def compare_sendings(
    messages: Iterable[Sent], *, source: str, by: Actor = SYSTEM, at: datetime
) -> Compared:
    """Raise an incident for each message to somebody who had objected before.

    Compared again, a log raises no incident twice. Nothing of the desk is locked
    while a log is read: it may take long.
    """
    waiting = iter(messages)
    total = found = new = 0
    while some := list(islice(waiting, AT_ONCE)):
        wrong = list(_wrongly_sent(some))
        total, found = total + len(some), found + len(wrong)
        new += sum(_raise(*one, source, by=by, at=at) for one in wrong)
    return Compared(total, found, new)


@transaction.atomic
def _raise(
    sent: Sent, listed: _Listed, source: str, *, by: Actor, at: datetime
) -> bool:
    """Raise an incident, unless it was; say whether it is new."""
    incident, is_new = Incident.objects.get_or_create(
        entry=listed.entry,
        sent_at=sent.sent_at,
        source=source[:200],
        defaults={
            "channel": CHANNELS[sent.kind],
            "objected_at": listed.objected_at,
            "line": sent.line,
            "found_at": at,
            "found_by": by.name,
        },
    )
    if is_new:
        _say(Event.INCIDENT_RAISED, incident, by=by, at=at)
    return is_new


def _wrongly_sent(some: Sequence[Sent]) -> Iterator[tuple[Sent, _Listed]]:
    """Yield each message to a listed address, with the first entry that forbade it."""
    digests = [
        [digest_under(key, one.kind, one.address) for key in keys()] for one in some
    ]
    by_digest = _listed({one for each in digests for one in each})
    for sent, own in zip(some, digests, strict=True):
        channels = (SuppressionChannel.ALL, CHANNELS[sent.kind])
        forbidden = [
            listed
            for digest in own
            for listed in by_digest.get(digest, ())
            if listed.entry.channel in channels and sent.sent_at > listed.objected_at
        ]
        if forbidden:
            yield sent, min(forbidden, key=lambda one: one.objected_at)


def _listed(digests: Iterable[str]) -> dict[str, list[_Listed]]:
    entries = list(
        SuppressionEntry.objects.filter(digest__in=digests, scope=DIRECT_MARKETING)
    )
    received = _received({entry.reference for entry in entries})
    found: dict[str, list[_Listed]] = {}
    for entry in entries:
        asked = received.get(entry.reference, entry.since)
        objected_at = min(asked, entry.since)
        found.setdefault(entry.digest, []).append(_Listed(entry, objected_at))
    return found


def objected_since(listed: datetime | None) -> datetime | None:
    """Return when the earliest came in of the objections listed since an instant."""
    entries = SuppressionEntry.objects.filter(scope=DIRECT_MARKETING)
    tickets = Ticket.objects.filter(right_code=RightCode.MARKETING_OPT_OUT)
    if listed is not None:
        entries = entries.filter(since__gte=listed)
        references = entries.values_list("reference", flat=True).distinct()
        received = list(_received(references).values())
    else:
        first = tickets.aggregate(first=Min("received_at"))["first"]
        received = [first] if first else []
    since = entries.aggregate(first=Min("since"))["first"]
    return min([since, *received]) if since else None


def _received(references: Iterable[str]) -> dict[str, datetime]:
    """Return when an objection came in; it counts from then, not from its listing."""
    cases = {text.partition(" ")[0] for text in references}
    tickets = Ticket.objects.filter(
        case__reference__in=cases, right_code=RightCode.MARKETING_OPT_OUT
    ).select_related("case")
    return {str(ticket): ticket.received_at for ticket in tickets}


def _say(event: Event, incident: Incident, *, by: Actor, at: datetime) -> None:
    """Write it in the ledger of the case that objected, as long as there is one."""
    reference = incident.entry.reference.partition(" ")[0]
    known = Case.objects.filter(reference=reference).exists()
    LedgerEntry.objects.append(
        reference if known else DESK,
        event,
        by=by.name,
        at=at,
        incident=incident.pk,
        entry=incident.entry_id,
    )


@transaction.atomic
def settle_incident(
    incident_id: int, *, done: str, by: Actor, at: datetime
) -> Incident:
    """Say how it came about and what was done; it stays on record."""
    check_role(by, Role.HANDLER, Role.DPO)
    incidents = Incident.objects.select_for_update().filter(pk=incident_id)
    incident = incidents.get()
    if incident.settled_at is not None:
        raise PolicyError(_("This incident is settled already; it stays as it is."))
    long_reason(done, _("What was done"))
    incident.done, incident.settled_by, incident.settled_at = done, by.name, at
    incident.save()
    _say(Event.INCIDENT_SETTLED, incident, by=by, at=at)
    return incident
