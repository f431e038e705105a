"""What must never happen, listed with its references: each list should be empty."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import TruncDate

from dsr.models import ClockEvent, Document, DocumentKind, ErasureItem, Letter, Ticket
from dsr.vocabulary import ClockEventKind, LetterState, Outcome, State
from exports.models import Package
from exports.reports.figures import NOTHING_DONE, open_at_end, replied
from exports.reports.period import Period
from exports.reports.restrictions import lifted_without_notice

SWEEP = timedelta(hours=2)  # beat deletes once an hour; only later is something amiss


def zero_lists(period: Period, *, at: datetime) -> dict[str, list[str]]:
    """Return the references of whatever should not be, by the name of the rule."""
    return {
        "refused_late": refused_late(period),
        "extension_told_late": extension_told_late(period),
        "decided_alone": decided_alone(period),
        "extended_alone": extended_alone(period),
        "proof_still_kept": proof_still_kept(),
        "package_still_kept": package_still_kept(at=at),
        "data_still_kept": data_still_kept(period),
        "letter_not_sent": letter_not_sent(),
        "nobody_in_charge": nobody_in_charge(period),
        "lifted_without_notice": lifted_without_notice(period),
    }


def refused_late(period: Period) -> list[str]:
    """List where nothing was done, and told after the month of Art. 12(4)."""
    late = replied(period).filter(
        outcome__in=NOTHING_DONE, replied_on__gt=F("refusal_notice_due")
    )
    return _references(late.values_list("case__reference", flat=True))


def extension_told_late(period: Period) -> list[str]:
    """List extensions told after the first month (Art. 12(3))."""
    first, end = period.instants
    told = ClockEvent.objects.filter(
        kind=ClockEventKind.EXTENSION_NOTIFIED, at__gte=first, at__lt=end
    )
    late = told.annotate(told_on=TruncDate("at", tzinfo=period.zone)).filter(
        told_on__gt=F("ticket__extension_notice_due")
    )
    return _references(late.values_list("ticket__case__reference", flat=True))


def decided_alone(period: Period) -> list[str]:
    """List where one person proposed and decided what takes two (CEF 2025)."""
    first, end = period.instants
    alone = Ticket.objects.filter(
        decided_at__gte=first,
        decided_at__lt=end,
        outcome__in=Outcome.FOUR_EYES,
        decided_by=F("proposed_by"),
    )
    return _references(alone.values_list("case__reference", flat=True))


def extended_alone(period: Period) -> list[str]:
    """List where one person proposed and agreed to an extension."""
    first, end = period.instants
    alone = Ticket.objects.filter(
        extended_at__gte=first,
        extended_at__lt=end,
        extended_by=F("extension_proposed_by"),
    )
    return _references(alone.values_list("case__reference", flat=True))


def proof_still_kept() -> list[str]:
    """List proofs of identity kept although nobody waits for one (EDPB § 79)."""
    proofs = Document.objects.filter(kind=DocumentKind.PROOF)
    needed = proofs.exclude(case__tickets__state=State.AWAITING_IDENTITY)
    return _references(needed.values_list("case__reference", flat=True))


def package_still_kept(*, at: datetime) -> list[str]:
    """List packages that lie here after their last day."""
    ready = Package.objects.ready().select_related("ticket__case")
    return _references(
        package.ticket.case.reference
        for package in ready
        if package.expires_at is not None and package.expires_at < at - SWEEP
    )


def data_still_kept(period: Period) -> list[str]:
    """List what an erasure kept until a day that has passed (Art. 5(1)(e))."""
    late = ErasureItem.objects.past(period.last)
    return _references(late.values_list("ticket__case__reference", flat=True))


def letter_not_sent() -> list[str]:
    """List letters that were given up and wait for an officer."""
    failed = Letter.objects.filter(state=LetterState.FAILED)
    return _references(failed.values_list("case__reference", flat=True))


def nobody_in_charge(period: Period) -> list[str]:
    """List open tickets past their legal day that belong to nobody."""
    orphans = open_at_end(period).filter(due_strict__lt=period.last, owner="")
    return _references(orphans.values_list("case__reference", flat=True))


def _references(found: Iterable[str]) -> list[str]:
    return sorted(set(found))
