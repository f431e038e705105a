"""When the desk's own data of a case have to go, tier by tier. GDPR Art. 5(1)(e).

Only the plan stands here; `dsr.casework.forgetting` carries it out. Nothing of an
open ticket is ever in it but proofs of identity, which nobody may keep.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dsr.controller import current
from dsr.models import Case, Document, DocumentKind, Ticket
from dsr.vocabulary import ClockEventKind, MeasureState, State

PENDING = timedelta(days=30)  # at most, while a proof is still awaited
IDENTITY = (ClockEventKind.IDENTITY_ASKED, ClockEventKind.IDENTITY_OK)
# What arrived, kept as bytes until T3; then only kind, size and digest.
AS_IT_CAME = (DocumentKind.ORIGINAL, DocumentKind.ATTACHMENT, DocumentKind.MANDATE)


@dataclass(frozen=True, slots=True)
class Planned:
    """Records of one tier and kind, and when they have to go.

    `over_at` is None as long as the end is not known: a ticket is open, a
    restriction lives, or data are still kept from an erasure.
    """

    tier: str
    kind: str
    rows: tuple[int, ...]
    over_at: datetime | None


def plan_of(case: Case) -> list[Planned]:
    """Return what is still stored of a case, and when it has to go."""
    tickets = list(case.tickets.order_by("pk"))
    if case.forgotten_at is not None:
        return [Planned("T5", "register", (case.pk,), _register_over(case, tickets))]
    return [
        *_proofs(case, tickets),
        *_findings(tickets),
        *_as_it_came(case, tickets),
        Planned("T4", "case", (case.pk,), _whole_case(case, tickets)),
    ]


def closed_at(tickets: list[Ticket]) -> datetime | None:
    """Return when the last of the tickets was closed; None if one is not."""
    ends = [ticket.closed_at for ticket in tickets]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def tier_days(tier: str) -> timedelta:
    """Return how long the policy keeps a tier."""
    days = current().tiers[tier].days
    if days is None:
        raise ValueError(f"tier {tier} of the policy has no end; give it days")
    return timedelta(days=days)


def _proofs(case: Case, tickets: list[Ticket]) -> Iterator[Planned]:
    """Yield proofs of identity: gone once it is established. EDPB 01/2022 § 79."""
    for proof in case.documents.filter(kind=DocumentKind.PROOF):
        yield Planned("T0", "proof", (proof.pk,), _proof_over(proof, case, tickets))


def _proof_over(proof: Document, case: Case, tickets: list[Ticket]) -> datetime:
    if any(ticket.state == State.AWAITING_IDENTITY for ticket in tickets):
        return proof.added_at + PENDING
    latest = proof.added_at + tier_days("T0")
    papers = case.documents.filter(kind=DocumentKind.MANDATE)
    if case.is_by_agent and not papers.exists():
        return latest  # it also shows the mandate, for the case's other tickets
    established = [
        event.at
        for ticket in tickets
        for event in ticket.clock_events.filter(kind=ClockEventKind.IDENTITY_OK)
        if event.at >= proof.added_at
    ]
    return min([*established, latest])


def _findings(tickets: list[Ticket]) -> Iterator[Planned]:
    """Yield what was found in the systems: gone some days after the reply."""
    for ticket in tickets:
        rows = tuple(ticket.searches.exclude(findings="").values_list("pk", flat=True))
        ended = ticket.replied_at or ticket.closed_at
        if rows:
            over = None if ticket.is_open or ended is None else ended + tier_days("T2")
            yield Planned("T2", "findings", rows, over)


def _as_it_came(case: Case, tickets: list[Ticket]) -> Iterator[Planned]:
    """Yield the bytes of what arrived: the digests stay, as proof of receipt."""
    closed = closed_at(tickets)
    over = None if closed is None else closed + tier_days("T3")
    files = case.documents.filter(kind__in=AS_IT_CAME).exclude(file="")
    for kind, rows in (("file", files), ("mail", case.arrivals.exclude(raw=""))):
        found = tuple(rows.values_list("pk", flat=True))
        if found:
            yield Planned("T3", kind, found, over)


def _whole_case(case: Case, tickets: list[Ticket]) -> datetime | None:
    """Return when only the register row is left; the longest of its tiers counts.

    A restriction is kept for its life and the years of T9, with the letter that
    announced its end; what an erasure kept has to be erased first.
    """
    ends = [closed_at(tickets)]
    for ticket in tickets:
        if ticket.erasures.all().held().exists() or ticket.debts.all().open().exists():
            return None
        for measure in ticket.measures.all():
            ended = measure.lifted_at
            ends.append(ended if measure.state == MeasureState.LIFTED else None)
    known = [end for end in ends if end is not None]
    return None if len(known) < len(ends) else max(known) + tier_days("T4")


def _register_over(case: Case, tickets: list[Ticket]) -> datetime | None:
    """Return when only numbers are left of the register row.

    Not before a message that came since has had the time of any other.
    """
    closed, last = closed_at(tickets), case.messages.order_by("at").last()
    if closed is None:
        return None
    over = closed + tier_days("T5")
    return max(over, last.at + tier_days("T3")) if last else over
