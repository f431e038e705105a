"""When a ticket rings: every due act with its instant, computed anew each time.

The alarms run on the strict day first; those of the day with pauses follow where it
differs. Source: GDPR Art. 12(3) and (4); the house's own pace is said at its line.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Min, Q

from dsr.clock.calendars import Calendar
from dsr.controller import current
from dsr.models import FeeNotice, Ticket, calendar_of, reopened_at
from dsr.rights import right_of
from dsr.vocabulary import (
    ClockEventKind,
    LetterKind,
    MeasureState,
    RightCode,
    State,
    TimerKind,
)

EXTENSION_DECISION = 5  # working days before the last day to announce an extension
REFUSAL_NOTICE = 5  # working days before the last day to refuse
TRIAGE, IDENTITY_ASK = 2, 3  # working days after the receipt; the house's own pace
IDENTITY_TIMEOUT = timedelta(days=30)  # after the last letter that asked for proof
CLARIFICATION_TIMEOUT = timedelta(days=14)  # then everything is given; recital 63
ALARM_HOUR = time(7)  # local; before the desk opens
EVENING = time(16)  # local; the desk is still open to acknowledge what came today
IDENTITY = (ClockEventKind.IDENTITY_ASKED, ClockEventKind.IDENTITY_OK)
ASKED = (
    ClockEventKind.IDENTITY_ASKED,
    ClockEventKind.IDENTITY_INSUFFICIENT,
    ClockEventKind.CLARIFICATION_ASKED,
)
# The kinds of the two countdowns: half, three quarters, and working days before.
Countdown = tuple[TimerKind, TimerKind, dict[TimerKind, int]]
STRICT: Countdown = (
    TimerKind.HALF_TIME,
    TimerKind.THREE_QUARTERS,
    {TimerKind.FIVE_DAYS: 5, TimerKind.TWO_DAYS: 2, TimerKind.ONE_DAY: 1},
)
FINAL: Countdown = (
    TimerKind.FINAL_HALF_TIME,
    TimerKind.FINAL_THREE_QUARTERS,
    {
        TimerKind.FINAL_FIVE_DAYS: 5,
        TimerKind.FINAL_TWO_DAYS: 2,
        TimerKind.FINAL_ONE_DAY: 1,
    },
)


def instants(ticket: Ticket) -> dict[str, datetime]:
    """Return each timer's kind and instant, as far as the state wants it."""
    days = calendar_of(current().identity.jurisdiction)
    afterwards = dict(
        [
            *_lifting(ticket),
            *_keeping(ticket),
            *_holding(ticket),
            *_returned(ticket),
            *_notices(ticket, days),
            *_errands(ticket, days),
        ]
    )
    if not ticket.is_open:
        return afterwards
    start = counted_from(ticket)
    return afterwards | dict(
        [
            *_before_the_due(ticket, start, days),
            *_first_acts(ticket, start, days),
            *_last_days(ticket, days),
            *_waiting(ticket),
        ]
    )


def first_instants(ticket: Ticket, days: Calendar) -> dict[str, datetime]:
    """Return the same for a ticket of a new case, of which no row tells more yet."""
    start = ticket.received_on
    return dict(
        [
            *_before_the_due(ticket, start, days),
            *_first_acts(ticket, start, days, is_new=True),
            *_last_days(ticket, days),
        ]
    )


def counted_from(ticket: Ticket) -> date:
    """Return the day of receipt or, once reopened, of the last reopening."""
    reopened = reopened_at(ticket)
    return reopened.astimezone(_zone()).date() if reopened else ticket.received_on


def _before_the_due(
    ticket: Ticket, start: date, days: Calendar
) -> Iterator[tuple[str, datetime]]:
    """Yield the alarms that count down to the legal day, and those after it."""
    strict = ticket.due_strict
    yield from _countdown(STRICT, start, strict, days)
    yield TimerKind.STRICT_DUE_PASSED, morning(strict + timedelta(days=1))
    if ticket.due is None:
        return
    if ticket.due != strict:
        yield from _countdown(FINAL, start, ticket.due, days)
    yield TimerKind.DUE_PASSED, morning(ticket.due + timedelta(days=1))


def _countdown(
    kinds: Countdown, start: date, end: date, days: Calendar
) -> Iterator[tuple[str, datetime]]:
    half, three_quarters, before = kinds
    length = (end - start).days
    yield half, morning(start + timedelta(days=length // 2))
    yield three_quarters, morning(start + timedelta(days=length * 3 // 4))
    for kind, count in before.items():
        yield kind, morning(working_days_before(days, end, count))


def _first_acts(
    ticket: Ticket, start: date, days: Calendar, *, is_new: bool = False
) -> Iterator[tuple[str, datetime]]:
    """Yield the mornings of the days by which the desk wants to have acted."""
    right = right_of(ticket)
    if ticket.state in (State.RECEIVED, State.TRIAGE):
        last = days.nth_working_day_after(start, TRIAGE)
        yield TimerKind.TRIAGE_DUE, morning(last)
    undecided = ticket.state in State.UNDECIDED
    if undecided and _is_unacknowledged(ticket, is_new=is_new):
        yield TimerKind.ACKNOWLEDGE_DUE, _same_day(ticket.received_at, days)
    asks_identity = ticket.state in State.WORKABLE and right.asks_identity
    if asks_identity and _is_unproven(ticket, is_new=is_new):
        last = days.nth_working_day_after(start, IDENTITY_ASK)
        yield TimerKind.IDENTITY_ASK_DUE, morning(last)
    stopped = ticket.state == State.ERASURE_CHECK
    if right.effect_at_once and undecided and not stopped:
        stop = current().clock.on(start).marketing_sla_working_days
        last = days.nth_working_day_after(start, stop)
        yield TimerKind.MARKETING_STOP_DUE, morning(last)


def _is_unacknowledged(ticket: Ticket, *, is_new: bool) -> bool:
    """Whether no letter told the person yet that the case is here. EDPB § 57."""
    case = ticket.case
    if not case.contact_email and not case.postal_address:
        return False
    if is_new:
        return True
    letters = case.letters.filter(kind=LetterKind.ACKNOWLEDGEMENT)
    arrived = letters.filter(sent_at__isnull=False, undelivered_at__isnull=True)
    return not arrived.exists()


def _same_day(received_at: datetime, days: Calendar) -> datetime:
    """Return the evening of the day; what came later rings the next morning."""
    local = received_at.astimezone(_zone())
    day = days.roll(local.date())
    evening = datetime.combine(day, EVENING, tzinfo=_zone())
    if local < evening:
        return evening
    return morning(days.nth_working_day_after(day, 1))


def _is_unproven(ticket: Ticket, *, is_new: bool) -> bool:
    """Whether nothing is verified of the person, and no proof was asked for."""
    subject = ticket.case.subject
    if is_new:
        return not any(one.verified_at for one in subject.known_by)
    asked = ticket.clock_events.filter(kind__in=IDENTITY)
    return not subject.identifiers.verified().exists() and not asked.exists()


def _last_days(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the points at which it has to be decided whether to extend or refuse."""
    right = right_of(ticket)
    if right.extendable and not ticket.extended_at:
        last = working_days_before(
            days, ticket.extension_notice_due, EXTENSION_DECISION
        )
        yield TimerKind.EXTENSION_DECISION, morning(last)
    refuse_by = ticket.refusal_notice_due
    if right.grounds and refuse_by is not None and ticket.state in State.UNDECIDED:
        last = working_days_before(days, refuse_by, REFUSAL_NOTICE)
        yield TimerKind.REFUSAL_NOTICE, morning(last)


def _notices(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the morning of the day by which the recipients have to be told. Art. 19."""
    owed = ticket.notices.awaited().order_by("owed_at").first()
    if owed is not None:
        executed = owed.owed_at.astimezone(_zone()).date()
        count = current().clock.on(executed).notice_sla_working_days
        yield (
            TimerKind.NOTICE_DUE,
            morning(days.nth_working_day_after(executed, count)),
        )


def _errands(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the morning after the day by which somebody was to answer a task."""
    wanted = ticket.errands.filter(notice=None).wanted()  # no reply waits for those
    first = wanted.aggregate(first=Min("answer_by"))["first"]
    if first is not None:
        late = days.nth_working_day_after(first, 1)
        yield TimerKind.ERRAND_LATE, morning(late)


def _waiting(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield the timer that ends the waiting for the person."""
    fee = FeeNotice.objects.awaited().filter(ticket=ticket).first()
    if fee is not None:
        yield TimerKind.FEE_TIMEOUT, morning(fee.pay_by + timedelta(days=1))
    last = ticket.clock_events.filter(kind__in=ASKED).last()
    if last is None:
        return
    if ticket.state == State.AWAITING_IDENTITY:
        yield TimerKind.IDENTITY_REMINDER, last.at + IDENTITY_TIMEOUT / 2
        yield TimerKind.IDENTITY_TIMEOUT, last.at + IDENTITY_TIMEOUT
    elif ticket.state == State.AWAITING_CLARIFICATION:
        yield TimerKind.CLARIFICATION_TIMEOUT, last.at + CLARIFICATION_TIMEOUT


def _lifting(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield when an announced lifting may happen; a restriction outlives its ticket."""
    announced = ticket.measures.filter(state=MeasureState.LIFT_NOTICE_SENT)
    first = announced.aggregate(first=Min("lift_on"))["first"]
    if first is not None:
        yield TimerKind.RESTRICTION_LIFT, morning(first)


def _keeping(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield when the first of what an erasure kept has to go. GDPR Art. 5(1)(e)."""
    if ticket.right_code != RightCode.ERASURE:
        return
    kept = ticket.erasures.all().kept().aggregate(first=Min("keep_until"))["first"]
    owed = ticket.debts.all().open().aggregate(first=Min("keep_until"))["first"]
    days = [day for day in (kept, owed) if day is not None]
    if days:
        yield TimerKind.KEEP_UNTIL, morning(min(days) + timedelta(days=1))


def _holding(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield when a legal hold has to be reviewed; the case's first ticket rings."""
    hold = ticket.case.holds.in_force().first()
    if hold is None or ticket.case.tickets.filter(pk__lt=ticket.pk).exists():
        return
    yield TimerKind.HOLD_REVIEW, morning(hold.review_on)


def _returned(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield when a letter came back that nobody has looked after.

    One that concerns the whole case rings on its first ticket. A new ticket has
    none: that its receipt is not acknowledged rings by itself.
    """
    if ticket.state in (State.RECEIVED, State.TRIAGE):
        return
    own = ticket.case.letters.returned()
    others = ticket.case.tickets.filter(pk__lt=ticket.pk)
    whole = Q(ticket=None) & ~Exists(others)
    last = own.filter(Q(ticket=ticket) | whole).order_by("undelivered_at").last()
    if last is not None and last.undelivered_at is not None:
        yield TimerKind.LETTER_RETURNED, last.undelivered_at


def working_days_before(days: Calendar, day: date, count: int) -> date:
    """Return the day that lies `count` working days before `day`."""
    while count:
        day -= timedelta(days=1)
        count -= days.is_working_day(day)
    return day


def _zone() -> ZoneInfo:
    return ZoneInfo(current().identity.time_zone)


def morning(day: date) -> datetime:
    """Return the instant on a day at which alarms ring and reminders go out."""
    return datetime.combine(day, ALARM_HOUR, tzinfo=_zone())
