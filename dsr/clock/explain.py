"""Which rules moved a period, as the steps of its derivation."""

from collections.abc import Iterator
from datetime import date

from dsr.clock.calendars import DAY
from dsr.clock.citations import Citation, edpb, edpb_example, gdpr, reg
from dsr.clock.derivation import Days, Fact, Months, Step
from dsr.clock.events import EventKind, ExtensionBase, Suspension, Target
from dsr.clock.months import add_months
from dsr.clock.period import MONTH, Period
from dsr.clock.suspension import Ask

SUBJECTS = {
    EventKind.IDENTITY_ASKED: "identity",
    EventKind.CLARIFICATION_ASKED: "clarification",
}
# What happens often and changes nothing, and the rule that says so.
WITHOUT_EFFECT = {
    EventKind.DS_AGREED_DELAY: gdpr("12(3)"),
    EventKind.FORWARDED_TO_DPO: gdpr("12(3)"),
    EventKind.SCOPE_ADDED: gdpr("12(3)"),
    EventKind.FEE_REQUESTED: gdpr("12(5)"),
    EventKind.FEE_PAID: gdpr("12(5)"),
}


def explain(period: Period) -> tuple[Step, ...]:
    """Return the derivation of the due day, from the receipt to its last hour."""
    return (
        Step(
            "received",
            reg("3(1)"),
            {"day": period.first_received_on, "city": period.calendar.city},
        ),
        *_reopened(period),
        *_changing_nothing(period),
        *_asks_not_counted(period),
        *_restart(period),
        *_extension(period),
        *_months(period),
        *_suspension(period),
        *_end(period),
    )


def _reopened(period: Period) -> Iterator[Step]:
    if period.reopened is None:
        return
    day = period.received_on
    yield Step("reopened", gdpr("12(3)"), {"day": day})
    if period.ordered:
        yield Step("ordered", gdpr("58(2)(c)"), {"day": period.ordered})


def notices(period: Period) -> dict[Target, Step]:
    """Return, for the other days than the due day, the step that states them."""
    days: dict[Target, Fact | None] = {
        Target.EXTENSION_NOTICE: period.extension_notice,
        Target.REFUSAL_NOTICE: period.refusal_notice,
        Target.MARKETING_STOP: period.marketing_stop,
    }
    sources = {
        Target.EXTENSION_NOTICE: gdpr("12(3)"),
        Target.REFUSAL_NOTICE: gdpr("12(4)"),
        Target.MARKETING_STOP: gdpr("21(3)"),
    }
    number = period.policy.marketing_sla_working_days
    return {
        target: Step(target.value, sources[target], {"day": day, "number": number})
        for target, day in days.items()
        if day is not None
    }


def _changing_nothing(period: Period) -> Iterator[Step]:
    for event in period.log:
        source = WITHOUT_EFFECT.get(EventKind(event.kind))
        if source is not None:
            day = event.at.astimezone(period.calendar.time_zone).date()
            yield Step(event.kind, source, {"day": day})


def _asks_not_counted(period: Period) -> Iterator[Step]:
    limit = Days(period.policy.ask_max_days)
    for ask in period.held.late:
        facts: dict[str, Fact] = {"asked": ask.asked_on, "limit": limit}
        yield Step(f"{_subject(ask)}_late", edpb(159), facts)
    for ask in period.held.without_effect:
        code = f"{_subject(ask)}_without_effect"
        yield Step(code, gdpr("12(3)"), {"asked": ask.asked_on})


def _restart(period: Period) -> Iterator[Step]:
    if period.policy.suspension != Suspension.RESTART or period.is_open:
        return
    for ask in period.held.accepted:
        if ask.answered_on == period.start:
            facts: dict[str, Fact] = {"asked": ask.asked_on, "day": period.start}
            yield Step("restarted", edpb(159), facts)
            return


def _extension(period: Period) -> Iterator[Step]:
    limit, extended = period.extension_notice, False
    for day in period.extension_notices:
        facts: dict[str, Fact] = {"day": day, "limit": limit}
        if day > limit:
            yield Step("extension_late", gdpr("12(3)"), facts)
        elif extended:
            yield Step("extension_repeated", gdpr("12(3)"), facts)
        else:
            facts["period"] = Months(period.further_months)
            yield Step("extended", gdpr("12(3)"), facts)
            extended = True


def _months(period: Period) -> Iterator[Step]:
    if period.ordered:
        return
    further = period.further_months
    if further and period.policy.extension_base == ExtensionBase.CHAINED:
        first = add_months(period.start, MONTH)
        yield _month_end(period.start, MONTH)
        yield Step(
            "chained",
            gdpr("12(3)"),
            {"period": Months(further), "day": add_months(first, further)},
        )
    else:
        yield _month_end(period.start, MONTH + further)


def _month_end(start: date, months: int) -> Step:
    end = add_months(start, months)
    code = "month_end" if end.day == start.day else "month_clamped"
    facts: dict[str, Fact] = {"period": Months(months), "number": start.day}
    facts["day"] = end
    return Step(code, reg("3(2)(c)"), facts)


def _suspension(period: Period) -> Iterator[Step]:
    if period.policy.suspension != Suspension.SUSPEND or period.ordered:
        return
    for ask in period.held.accepted:
        yield from _insufficient(ask)
        if ask.answered_on is not None:
            facts: dict[str, Fact] = {"asked": ask.asked_on, "held": Days(ask.days)}
            facts["answered"] = ask.answered_on
            yield Step(_subject(ask), edpb(159), facts)
    if period.suspended_days and not period.is_open:
        end = period.unrolled(period.nominal(period.start))
        held = Days(period.suspended_days)
        yield Step("suspended", edpb(159), {"held": held, "day": end})


def _insufficient(ask: Ask) -> Iterator[Step]:
    for day in ask.insufficient_on:
        yield Step("identity_insufficient", edpb_example(31), {"day": day})


def _end(period: Period) -> Iterator[Step]:
    due = period.due
    if due is None:
        yield from _still_open(period)
    else:
        end = period.ordered or period.unrolled(period.nominal(period.start))
        yield from _rolls(period, end, due)
        facts: dict[str, Fact] = {"day": due, "city": period.calendar.city}
        yield Step("ends", reg("3(2)(c)"), facts)
    if due != period.due_strict:
        yield Step("strict", gdpr("12(3)"), {"day": period.due_strict})


def _still_open(period: Period) -> Iterator[Step]:
    for ask in period.held.accepted:
        if ask.answered_on is None:
            code = f"{_subject(ask)}_open"
            yield Step(code, edpb(159), {"asked": ask.asked_on})


def _rolls(period: Period, day: date, due: date) -> Iterator[Step]:
    source: Citation = reg("3(4)")
    while day < due:
        holiday = period.calendar.holiday(day)
        if holiday is None:
            yield Step("weekend", source, {"day": day})
        else:
            yield Step("holiday", source, {"day": day, "name": holiday.names})
        day += DAY


def _subject(ask: Ask) -> str:
    return SUBJECTS[EventKind(ask.kind)]
