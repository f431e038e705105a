"""Each figure of the period report against a slow recomputation in plain Python."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

from dsr import casework
from dsr.models import ClockEvent, Letter, Ticket
from dsr.vocabulary import SUBJECT, Channel, ClockEventKind, Outcome, RightCode, State
from exports.reports import figures
from exports.reports.measures import AGES, Share, classes, spread
from exports.reports.period import Period
from exports.reports.zero_lists import zero_lists
from tests.dsr.steps import decide
from tests.dsr.telling import answer_for_everyone
from tests.exports.conftest import DAY, DPO, HANDLER

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")
HOW_MANY = 30
PERIOD = Period(date(2026, 9, 1), date(2026, 9, 30), BRUSSELS)
FIRST = datetime(2026, 7, 20, 21, 30, tzinfo=UTC)  # near midnight: days differ in UTC
RIGHTS = (
    RightCode.MARKETING_OPT_OUT,
    RightCode.CONSENT_WITHDRAWAL,
    RightCode.AUTOMATED_DECISION_REVIEW,
)
CHANNELS = (Channel.MAIL, Channel.POST, Channel.PHONE)
STOPPED = "Everything that was asked has been stopped in all our systems."


@pytest.fixture(scope="module")
def history(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
    company: Path,
) -> Iterator[list[Ticket]]:
    """Let thirty requests come in over ten weeks and end in every way, once."""
    files = tmp_path_factory.mktemp("files")
    memory = "django.core.mail.backends.locmem.EmailBackend"
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=files,
            EMAIL_BACKEND=memory,
            SYSTEMS_FILE=company / "systems.toml",
        ),
        transaction.atomic(),
    ):
        for number in range(HOW_MANY):
            at = FIRST + number * 2.4 * DAY
            _end(_arrive(number, at), number, at + timedelta(hours=5))
        casework.send_letters(at=FIRST + 90 * DAY)
        yield list(Ticket.objects.select_related("case"))
        transaction.set_rollback(True)


def _arrive(number: int, at: datetime) -> Ticket:
    case = casework.open_case(
        casework.NewCase(
            channel=CHANNELS[number % 3],
            received_at=at,
            language=("fr", "nl", "de", "en")[number % 4],
            rights=[RIGHTS[number % 3]],
            email=f"person-{number}@demo.example",
        ),
        by=HANDLER,
        at=at,
    )
    return case.tickets.get()


def _end(ticket: Ticket, number: int, at: datetime) -> None:
    """Let it rest, be withdrawn, or be answered after 0 to 45 days."""
    if number % 10 == 3:
        return
    if number % 10 == 7:
        casework.withdraw(ticket.pk, by=SUBJECT, at=at + DAY)
        return
    days = number * 7 % 46
    if ticket.right_code == RightCode.AUTOMATED_DECISION_REVIEW:
        days = min(days, 25)  # a refusal has its own last day
    at += days * DAY
    if ticket.right_code == RightCode.AUTOMATED_DECISION_REVIEW:
        casework.take_in_hand(ticket.pk, by=HANDLER, at=at)
        casework.propose(ticket.pk, outcome=Outcome.NO_DATA, by=HANDLER, at=at)
        decide(ticket.pk, by=DPO, at=at)
    else:  # in effect since it came
        answer_for_everyone(ticket.pk, at)
        for check in ticket.purpose_checks.all():
            casework.check_purpose(
                ticket.pk, purpose=check.purpose, result="erased", by=HANDLER, at=at
            )
        if ticket.right_code == RightCode.CONSENT_WITHDRAWAL:
            casework.confirm(ticket.pk, done=STOPPED, by=HANDLER, at=at)
    letter = ticket.letters.get(kind="reply")
    if letter.state == "draft":
        casework.approve_letter(letter.pk, although_late=True, by=HANDLER, at=at)
    casework.send_letters(at=at)


def local(instant: datetime | None) -> date | None:
    return instant and instant.astimezone(BRUSSELS).date()


def inside(day: date | None) -> bool:
    return day is not None and PERIOD.first <= day <= PERIOD.last


def received(history: list[Ticket]) -> list[Ticket]:
    return [one for one in history if inside(local(one.received_at))]


def replied(history: list[Ticket]) -> Iterator[tuple[Ticket, date]]:
    for one in history:
        day = local(one.replied_at)
        if day is not None and inside(day):
            yield one, day


def still_open(history: list[Ticket]) -> list[Ticket]:
    return [
        one
        for one in history
        if _by_end(one.received_at)
        and not _by_end(one.replied_at)
        and not _by_end(one.closed_at)
    ]


def _by_end(instant: datetime | None) -> bool:
    day = local(instant)
    return day is not None and day <= PERIOD.last


def test_the_history_has_some_of_everything(history: list[Ticket]) -> None:
    assert len(received(history)) > 10
    assert len(list(replied(history))) > 5
    assert len(still_open(history)) > 5
    assert any(day > one.due_strict for one, day in replied(history))
    assert any(one.state == State.WITHDRAWN for one in history)


def test_counts_and_volumes(history: list[Ticket]) -> None:
    came = received(history)

    volumes = figures.volumes(PERIOD)

    assert figures.received(PERIOD).count() == len(came)
    assert figures.replied(PERIOD).count() == len(list(replied(history)))
    assert volumes["right"] == Counter(one.right_code for one in came)
    assert volumes["channel"] == Counter(one.case.channel for one in came)
    assert volumes["language"] == Counter(one.case.language for one in came)
    assert volumes["month"] == {"2026-09": len(came)}


def test_on_time(history: list[Ticket]) -> None:
    answered = list(replied(history))
    strict = [one for one, day in answered if day <= one.due_strict]
    final = [one for one, day in answered if one.due is None or day <= one.due]

    assert figures.on_time_strict(PERIOD) == Share(len(strict), len(answered))
    assert figures.on_time_final(PERIOD) == Share(len(final), len(answered))


def test_time_to_reply(history: list[Ticket]) -> None:
    answered = replied(history)
    days = sorted((day - one.received_on).days for one, day in answered)

    found = figures.days_to_reply(PERIOD)

    half = next(n for n in days if sum(d <= n for d in days) >= len(days) * 0.5)
    most = next(n for n in days if sum(d <= n for d in days) >= len(days) * 0.9)
    assert found.count == len(days)
    assert (found.median, found.p90, found.most) == (half, most, days[-1])
    assert sum(figures.reply_classes(PERIOD)) == len(days)


def test_backlog_and_age(history: list[Ticket]) -> None:
    opened = still_open(history)
    days = [(PERIOD.last - one.received_on).days for one in opened]

    assert set(figures.open_at_end(PERIOD)) == set(opened)
    assert set(figures.overdue_at_end(PERIOD)) == {
        one for one in opened if one.due_strict < PERIOD.last
    }
    assert figures.ages(PERIOD) == [
        sum(first <= day and (last is None or day <= last) for day in days)
        for first, last in AGES
    ]
    assert figures.open_by_right(PERIOD) == Counter(one.right_code for one in opened)


def test_outcomes(history: list[Ticket]) -> None:
    ended = [one for one, _day in replied(history)]
    ended += [
        one
        for one in history
        if one.state == State.WITHDRAWN and inside(local(one.closed_at))
    ]
    wanted: dict[str, Counter[str]] = {}
    for one in ended:
        wanted.setdefault(one.right_code, Counter())[one.outcome] += 1

    assert figures.outcomes(PERIOD) == wanted


def test_time_to_acknowledge(history: list[Ticket]) -> None:
    cases = {one.case_id: one.case for one in received(history)}
    hours = []
    for letter in Letter.objects.filter(kind="acknowledgement"):
        case = cases.get(letter.case_id)
        if case and letter.sent_at:
            hours.append((letter.sent_at - case.received_at).total_seconds() / 3600)

    assert figures.hours_to_acknowledge(PERIOD) == spread(round(h, 1) for h in hours)


def test_asking_back(history: list[Ticket]) -> None:
    came = received(history)
    for one in came[:3]:
        for _time in range(2):
            ClockEvent.objects.create(
                ticket=one, kind="identity_asked", at=one.received_at, by="x"
            )

    found = figures.asked(PERIOD, ClockEventKind.IDENTITY_ASKED)

    assert found == Share(3, len(came))


def test_nothing_gives_no_figure_instead_of_an_error() -> None:
    never = Period(date(2001, 1, 1), date(2001, 1, 31), BRUSSELS)

    assert figures.on_time_strict(never).percent is None
    assert figures.days_to_reply(never) == spread([])
    assert classes([]) == [0] * len(AGES)


def test_every_list_of_what_must_never_happen_is_empty_here(
    history: list[Ticket],
) -> None:
    lists = zero_lists(PERIOD, at=PERIOD.ends_at)

    assert lists.pop("nobody_in_charge") == sorted(
        one.case.reference
        for one in still_open(history)
        if one.due_strict < PERIOD.last and not one.owner
    )
    assert not any(lists.values())


@pytest.mark.parametrize(
    ("numbers", "median", "p90"),
    [([1], 1, 1), ([1, 2], 1, 2), (range(1, 11), 5, 9), (range(1, 101), 50, 90)],
)
def test_a_spread_is_by_nearest_rank(numbers: Any, median: int, p90: int) -> None:
    found = spread(numbers)

    assert (found.median, found.p90, found.most) == (median, p90, max(numbers))
