"""Keeps a ticket's dates and timers: always derived anew from its log of events."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Min

from dsr.clock.calendars import Calendar
from dsr.clock.deadline import compute
from dsr.clock.events import ClockPolicy
from dsr.controller import current
from dsr.models import ClockEvent, Ticket, Timer, calendar_of, deadline_of
from dsr.rights import right_of
from dsr.vocabulary import (
    Actor,
    ClockEventKind,
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
IDENTITY = (ClockEventKind.IDENTITY_ASKED, ClockEventKind.IDENTITY_OK)
# Notices to recipients may be owed in these.
TELLING = (*State.AT_ONCE, *State.CARRYING_OUT, State.APPLYING, State.REPLY_PENDING)
DAYS_BEFORE = {
    TimerKind.FIVE_DAYS: 5,
    TimerKind.TWO_DAYS: 2,
    TimerKind.ONE_DAY: 1,
}  # working days


def start(ticket: Ticket, *, at: datetime) -> None:
    """Save a new ticket with its dates and timers; its clock has no events yet."""
    set_dates(ticket)
    ticket.save()
    set_timers(ticket, at=at)


def happened(ticket: Ticket, kind: ClockEventKind, *, by: Actor, at: datetime) -> None:
    """Note what moves the clock, and set the dates and timers that follow from it."""
    ClockEvent.objects.create(ticket=ticket, kind=kind, at=at, by=by.name)
    set_dates(ticket)
    set_timers(ticket, at=at)


def month_from(at: datetime) -> date:
    """Return the last day of one month from `at`, as for a new request. Art. 12(3)."""
    controller = current()
    policy = ClockPolicy(**controller.clock_policy(at.astimezone(_zone()).date()))
    jurisdiction = controller.identity.jurisdiction
    calendar = calendar_of(jurisdiction)
    return compute(at, jurisdiction, (), policy, calendar).due_strict


def identity_is_awaited(ticket: Ticket) -> bool:
    """Whether proof of identity was asked for and none has been accepted since."""
    last = ticket.clock_events.filter(kind__in=IDENTITY).last()
    return last is not None and last.kind == ClockEventKind.IDENTITY_ASKED


def set_dates(ticket: Ticket) -> None:
    """Write the days that follow from the log into the ticket; the caller saves."""
    deadline = deadline_of(ticket)
    ticket.received_on = deadline.received_on
    ticket.due_strict, ticket.due = deadline.due_strict, deadline.due
    ticket.extension_notice_due = deadline.extension_notice
    ticket.refusal_notice_due = deadline.refusal_notice
    ticket.policy_version = deadline.policy_version
    ticket.calendar_version = deadline.calendar_version


def freeze(ticket: Ticket) -> None:
    """Keep the dates in force at the reply, as an auditor will ask for them."""
    deadline = deadline_of(ticket)
    ticket.clock_frozen = {
        "due": deadline.due and deadline.due.isoformat(),
        "due_strict": deadline.due_strict.isoformat(),
        "refusal_notice": deadline.refusal_notice
        and deadline.refusal_notice.isoformat(),
        "suspended_days": deadline.suspended_days,
        "extended": deadline.extended,
        "calendar_version": deadline.calendar_version,
        "policy_version": deadline.policy_version,
        "steps": [
            {"text": step.text("en"), "source": step.source.text("en")}
            for step in deadline.steps
        ],
    }


def set_timers(ticket: Ticket, *, at: datetime) -> None:
    """Move the ticket's timers to where its dates now want them.

    A timer whose instant moved into the future rings again; one that rang and
    did not move stays rung, unless it called for what has been done since. An
    ended ticket has none to come.
    """
    wanted = instants(ticket)
    known = {timer.kind: timer for timer in Timer.objects.filter(ticket=ticket)}
    over = [one.pk for one in known.values() if _is_over(one, ticket, wanted)]
    Timer.objects.filter(pk__in=over).delete()
    Timer.objects.bulk_create(
        Timer(ticket=ticket, kind=kind, due_at=due_at)
        for kind, due_at in wanted.items()
        if kind not in known
    )
    for timer in known.values():
        due_at = wanted.get(timer.kind, timer.due_at)
        if timer.due_at != due_at:
            timer.due_at = due_at
            timer.fired_at = timer.fired_at if due_at <= at else None
            timer.save(update_fields=["due_at", "fired_at"])


def _is_over(timer: Timer, ticket: Ticket, wanted: Mapping[str, datetime]) -> bool:
    """Whether the timer has to go: nothing is to come of it, or to be done."""
    if timer.kind in wanted:
        return False
    calls = ticket.is_open and timer.kind in TimerKind.UNTIL_DONE
    return calls or timer.fired_at is None


def instants(ticket: Ticket) -> dict[str, datetime]:
    """Return each timer's kind and instant, as far as the state wants it."""
    afterwards = dict([*_lifting(ticket), *_keeping(ticket)])
    if not ticket.is_open:
        return afterwards
    days = calendar_of(current().identity.jurisdiction)
    return afterwards | dict(
        [
            *_before_the_due(ticket, days),
            *_first_acts(ticket, days),
            *_last_days(ticket, days),
            *_notices(ticket, days),
            *_waiting(ticket),
        ]
    )


def _before_the_due(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the alarms that count down to the legal day, and those after it."""
    strict, start = ticket.due_strict, ticket.received_on
    length = (strict - start).days
    yield TimerKind.HALF_TIME, _morning(start + timedelta(days=length // 2))
    yield TimerKind.THREE_QUARTERS, _morning(start + timedelta(days=length * 3 // 4))
    for kind, count in DAYS_BEFORE.items():
        yield kind, _morning(working_days_before(days, strict, count))
    yield TimerKind.STRICT_DUE_PASSED, _morning(strict + timedelta(days=1))
    if ticket.due is not None:
        yield TimerKind.DUE_PASSED, _morning(ticket.due + timedelta(days=1))


def _first_acts(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the mornings of the days by which the desk wants to have acted."""
    start, right = ticket.received_on, right_of(ticket)
    if ticket.state in (State.RECEIVED, State.TRIAGE):
        last = days.nth_working_day_after(start, TRIAGE)
        yield TimerKind.TRIAGE_DUE, _morning(last)
    if ticket.state in State.WORKABLE and right.asks_identity and _is_unproven(ticket):
        last = days.nth_working_day_after(start, IDENTITY_ASK)
        yield TimerKind.IDENTITY_ASK_DUE, _morning(last)
    stopped = ticket.state == State.ERASURE_CHECK
    if right.effect_at_once and ticket.state in State.UNDECIDED and not stopped:
        stop = current().clock.on(start).marketing_sla_working_days
        last = days.nth_working_day_after(start, stop)
        yield TimerKind.MARKETING_STOP_DUE, _morning(last)


def _is_unproven(ticket: Ticket) -> bool:
    """Whether nothing is verified of the person, and no proof was asked for."""
    verified = ticket.case.subject.identifiers.verified()
    asked = ticket.clock_events.filter(kind__in=IDENTITY)
    return not verified.exists() and not asked.exists()


def _last_days(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the points at which it has to be decided whether to extend or refuse."""
    right = right_of(ticket)
    if right.extendable and not ticket.extended_at:
        last = working_days_before(
            days, ticket.extension_notice_due, EXTENSION_DECISION
        )
        yield TimerKind.EXTENSION_DECISION, _morning(last)
    refuse_by = ticket.refusal_notice_due
    if right.grounds and refuse_by is not None and ticket.state in State.UNDECIDED:
        last = working_days_before(days, refuse_by, REFUSAL_NOTICE)
        yield TimerKind.REFUSAL_NOTICE, _morning(last)


def _notices(ticket: Ticket, days: Calendar) -> Iterator[tuple[str, datetime]]:
    """Yield the morning of the day by which the recipients have to be told. Art. 19."""
    if ticket.state not in TELLING:
        return
    owed = ticket.notices.still_open().order_by("owed_at").first()
    if owed is not None:
        executed = owed.owed_at.astimezone(_zone()).date()
        count = current().clock.on(executed).notice_sla_working_days
        yield (
            TimerKind.NOTICE_DUE,
            _morning(days.nth_working_day_after(executed, count)),
        )


def _waiting(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield the timer that ends the waiting for the person."""
    last = ticket.clock_events.last()
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
        yield TimerKind.RESTRICTION_LIFT, _morning(first)


def _keeping(ticket: Ticket) -> Iterator[tuple[str, datetime]]:
    """Yield when the first of what an erasure kept has to go. GDPR Art. 5(1)(e)."""
    if ticket.right_code != RightCode.ERASURE:
        return
    first = ticket.erasures.all().kept().aggregate(first=Min("keep_until"))["first"]
    if first is not None:
        yield TimerKind.KEEP_UNTIL, _morning(first + timedelta(days=1))


def working_days_before(days: Calendar, day: date, count: int) -> date:
    """Return the day that lies `count` working days before `day`."""
    while count:
        day -= timedelta(days=1)
        count -= days.is_working_day(day)
    return day


def _zone() -> ZoneInfo:
    return ZoneInfo(current().identity.time_zone)


def _morning(day: date) -> datetime:
    return datetime.combine(day, ALARM_HOUR, tzinfo=_zone())
