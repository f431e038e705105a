"""One-time codes: five tries, thirty minutes, once, and silence to who guesses."""

from datetime import timedelta

import pytest

from dsr import casework
from dsr.models import AccessCode, Case
from dsr.vocabulary import SUBJECT, Channel
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    RECEIVED,
    Open,
    events,
    everything,
    letters,
    verify,
)

WRONG = "00000000"


@pytest.fixture
def case(open_case: Open) -> Case:
    """Open a web case; its first code is mailed with the confirmation."""
    return open_case("access", channel=Channel.WEB, email=JEANNE, by=SUBJECT)


def code_of(case: Case) -> str:
    digits = case.codes.latest("pk").digits
    assert digits != WRONG
    return digits


def enter(case: Case, guess: str, minutes: float = 1) -> Case | None:
    at = RECEIVED + timedelta(minutes=minutes)
    return casework.enter_code(case.reference, guess, at=at)


def test_the_right_code_opens_and_confirms_the_address(case: Case) -> None:
    code = code_of(case)
    opened = enter(case, f" {code[:4]}-{code[4:]} ")
    assert opened == case
    assert opened is not None
    assert opened.contact_confirmed_by == "subject"
    assert case.subject.identifiers.verified().get().value == JEANNE
    assert "case.code_accepted" in events(case)


def test_a_code_opens_once(case: Case) -> None:
    code = code_of(case)
    assert enter(case, code) == case
    assert enter(case, code) is None


@pytest.mark.parametrize(("minutes", "opens"), [(29.9, True), (30, False), (90, False)])
def test_a_code_is_good_for_thirty_minutes(
    case: Case, minutes: float, opens: bool
) -> None:
    assert (enter(case, code_of(case), minutes) is not None) == opens


@pytest.mark.parametrize(("tries", "opens"), [(4, True), (5, False)])
def test_a_code_survives_four_wrong_guesses(
    case: Case, tries: int, opens: bool
) -> None:
    for guess in (WRONG, "", "abc", WRONG * 9, "٠" * 8)[:tries]:
        assert enter(case, guess) is None
    assert (enter(case, code_of(case)) is not None) == opens


def test_a_wrong_guess_counts_against_every_code(case: Case) -> None:
    casework.send_code(case.reference, by=SUBJECT, at=RECEIVED)
    for _ in range(5):
        enter(case, WRONG)
    assert not AccessCode.objects.usable(RECEIVED).exists()


def test_a_code_opens_no_other_case(case: Case, open_case: Open) -> None:
    other = open_case("access", channel=Channel.WEB, email=JEANNE, by=SUBJECT)
    assert enter(other, code_of(case)) is None


def test_five_codes_an_hour_are_sent(case: Case) -> None:
    for minute in range(10):
        at = RECEIVED + timedelta(minutes=minute)
        casework.send_code(case.reference, by=SUBJECT, at=at)
    assert case.codes.count() == 5
    later = RECEIVED + timedelta(hours=1, minutes=1)
    casework.send_code(case.reference, by=SUBJECT, at=later)
    assert case.codes.count() == 6


def test_an_unknown_reference_is_met_with_silence(case: Case) -> None:
    before = everything()
    casework.send_code("DSR-2026-999999-00", by=SUBJECT, at=RECEIVED)
    assert casework.enter_code("DSR-2026-999999-00", WRONG, at=RECEIVED) is None
    assert everything() == before


def test_a_case_without_mail_is_met_with_silence(open_case: Open) -> None:
    case = open_case("access")
    before = everything()
    casework.send_code(case.reference, by=SUBJECT, at=RECEIVED)
    assert everything() == before


def test_the_letter_says_what_the_code_is_for(case: Case) -> None:
    casework.send_code(case.reference, by=SUBJECT, at=RECEIVED)
    verify(case)
    casework.send_code(case.reference, by=SUBJECT, at=RECEIVED)
    assert [kind for kind, _ in letters(case)] == [
        "confirm_address",
        "confirm_address",
        "acknowledgement",
        "access_code",
    ]


def test_no_code_is_stored_in_a_readable_form(case: Case) -> None:
    code = code_of(case)
    casework.send_letters(at=RECEIVED + DAY)
    assert code not in repr(everything())
