"""Every figure of the period report, each defined once, over tickets.

A ticket counts by what its row says now: a ticket reopened later has no reply yet.
Days are local calendar days of the controller.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from dsr.models import ErasureItem, Letter, Ticket
from dsr.models.ticket import TicketQuerySet
from dsr.vocabulary import ClockEventKind, LetterKind, Outcome
from exports.reports.measures import Share, Spread, classes, spread
from exports.reports.period import Period

# Tickets with their `replied_on`, an annotation that the type checker cannot see.
Replied: TypeAlias = "QuerySet[Any, Any]"
HOUR = 3600  # seconds
ENDED_OTHERWISE = (Outcome.REDIRECTED, Outcome.MERGED, Outcome.WITHDRAWN)
# Nothing is done of what was asked, so Art. 12(4) gives one month, never extended.
NOTHING_DONE = (
    Outcome.REFUSED,
    Outcome.NOT_IDENTIFIED,
    Outcome.NOT_APPLICABLE,
    Outcome.FEE,
)


def received(period: Period) -> TicketQuerySet:
    """Return the tickets whose day of receipt lies in the period."""
    return Ticket.objects.filter(received_on__range=(period.first, period.last))


def replied(period: Period) -> Replied:
    """Return the tickets answered in the period, with the day as `replied_on`."""
    first, end = period.instants
    answered = Ticket.objects.filter(replied_at__gte=first, replied_at__lt=end)
    return answered.annotate(replied_on=TruncDate("replied_at", tzinfo=period.zone))


def ended_otherwise(period: Period) -> TicketQuerySet:
    """Return the tickets redirected, merged or withdrawn in the period."""
    first, end = period.instants
    return Ticket.objects.filter(
        outcome__in=ENDED_OTHERWISE, closed_at__gte=first, closed_at__lt=end
    )


def open_at_end(period: Period) -> TicketQuerySet:
    """Return the tickets received by the last day and not yet answered or ended."""
    end = period.ends_at
    return Ticket.objects.filter(
        Q(replied_at__isnull=True) | Q(replied_at__gte=end),
        Q(closed_at__isnull=True) | Q(closed_at__gte=end),
        received_at__lt=end,
    )


def overdue_at_end(period: Period) -> TicketQuerySet:
    """Return the open ones whose strict legal day had passed on the last day."""
    return open_at_end(period).filter(due_strict__lt=period.last)


def volumes(period: Period) -> dict[str, dict[str, int]]:
    """Count what was received by right, channel, language and month."""
    rows = received(period).values_list(
        "right_code", "case__channel", "case__language", "received_on"
    )
    found = [(right, way, tongue, f"{day:%Y-%m}") for right, way, tongue, day in rows]
    names = ("right", "channel", "language", "month")
    return {name: _count(row[i] for row in found) for i, name in enumerate(names)}


def replies_by_month(period: Period) -> dict[str, int]:
    """Count what was answered by month."""
    days = replied(period).values_list("replied_on", flat=True)
    return _count(f"{day:%Y-%m}" for day in days)


def on_time_strict(period: Period) -> Share:
    """Share those replied by `due_strict`, as if nothing suspended it."""
    answered = replied(period)
    in_time = answered.filter(replied_on__lte=F("due_strict"))
    return Share(in_time.count(), answered.count())


def on_time_final(period: Period) -> Share:
    """Share those replied by `due`, with suspensions and extension.

    While a suspension was open there was no last day, so such a reply is in time.
    """
    answered = replied(period)
    in_time = answered.filter(Q(replied_on__lte=F("due")) | Q(due__isnull=True))
    return Share(in_time.count(), answered.count())


def days_to_reply(period: Period) -> Spread:
    """Spread the calendar days from receipt to reply."""
    return spread(_days_to_reply(period))


def reply_classes(period: Period) -> list[int]:
    """Count how many replies took how many calendar days (`AGES`)."""
    return classes(_days_to_reply(period))


def hours_to_acknowledge(period: Period) -> Spread:
    """Spread the hours from receipt of a case to its first acknowledgement."""
    cases = received(period).values("case")
    letters = Letter.objects.filter(
        kind=LetterKind.ACKNOWLEDGEMENT, case__in=cases, sent_at__isnull=False
    )
    firsts: dict[int, float] = {}
    rows = letters.order_by("sent_at").values_list(
        "case", "case__received_at", "sent_at"
    )
    for case, received_at, sent_at in rows:
        if sent_at is None:
            continue
        hours = (sent_at - received_at).total_seconds() / HOUR
        firsts.setdefault(case, round(hours, 1))
    return spread(firsts.values())


def outcomes(period: Period) -> dict[str, dict[str, int]]:
    """Count how what ended in the period ended, by right."""
    ended = [
        *replied(period).values_list("right_code", "outcome"),
        *ended_otherwise(period).values_list("right_code", "outcome"),
    ]
    rights = sorted({right for right, _ in ended})
    return {
        right: _count(outcome for code, outcome in ended if code == right)
        for right in rights
    }


def refusals(period: Period) -> Replied:
    """Return the replies that did not give everything, oldest first."""
    some_kept_back = (*NOTHING_DONE, Outcome.PARTIAL)
    answered = replied(period).filter(outcome__in=some_kept_back)
    return answered.select_related("case").order_by("replied_at", "pk")


def grounds(period: Period) -> dict[str, int]:
    """Count how often each ground was relied on."""
    named = refusals(period).values_list("grounds", flat=True)
    return _count(ground for codes in named for ground in codes)


def categories_erased(period: Period) -> dict[str, int]:
    """Count the categories erased, and those kept by the exception relied on."""
    answered = ErasureItem.objects.filter(ticket__in=replied(period).values("pk"))
    decided = answered.exclude(verdict="").values_list("verdict", "exception")
    return _count(exception or verdict for verdict, exception in decided)


def extended(period: Period) -> Share:
    """Share the extended among the received."""
    all_received = received(period)
    return Share(
        all_received.filter(extended_at__isnull=False).count(), all_received.count()
    )


def asked(period: Period, kind: ClockEventKind) -> Share:
    """Share those in which the desk asked back among the received."""
    all_received = received(period)
    some = all_received.filter(clock_events__kind=kind).distinct()
    return Share(some.count(), all_received.count())


def suspended_days(period: Period) -> Spread:
    """Spread the days the clock stood still, where it did before the reply."""
    frozen = replied(period).values_list("clock_frozen", flat=True)
    days = [one["suspended_days"] for one in frozen if one]
    return spread(number for number in days if number)


def ages(period: Period) -> list[int]:
    """Count how many open tickets were how many calendar days old (`AGES`)."""
    days = open_at_end(period).values_list("received_on", flat=True)
    return classes((period.last - day).days for day in days)


def open_by_right(period: Period) -> dict[str, int]:
    """Count the tickets open at the end by right."""
    return _count(open_at_end(period).values_list("right_code", flat=True))


def _days_to_reply(period: Period) -> list[int]:
    days = replied(period).values_list("received_on", "replied_on")
    return [(answered_on - received_on).days for received_on, answered_on in days]


def _count(things: Iterable[Any]) -> dict[str, int]:
    return dict(sorted(Counter(things).items()))
