"""A new case is written in few statements: what it holds is what would be derived."""

import pytest

from dsr import casework
from dsr.casework.alarms import instants
from dsr.letters.compose import compose
from dsr.models import Case, LedgerEntry, Ticket, find_faults
from dsr.vocabulary import Channel, RightCode
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, Open, verify

SEVERAL = ("access", "marketing_opt_out", "erasure")


def check_timers(case: Case) -> None:
    for ticket in Ticket.objects.filter(case=case):
        kept = dict(ticket.timers.values_list("kind", "due_at"))
        assert kept == instants(ticket), ticket.right_code


@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.WEB, Channel.PHONE])
@pytest.mark.parametrize("right", RightCode.values)
def test_the_first_timers_are_those_of_a_ticket_read_anew(
    open_case: Open, right: str, channel: Channel
) -> None:
    case = open_case(right, channel=channel, email=JEANNE)
    assert case.tickets.get().timers.exists()
    check_timers(case)


@pytest.mark.parametrize("email", ["", JEANNE])
def test_so_are_those_of_a_person_already_proven(open_case: Open, email: str) -> None:
    known = verify(open_case("access", email=JEANNE))
    again = open_case(*SEVERAL, email=email)
    assert (again.subject == known.subject) is bool(email)
    check_timers(again)


def test_so_are_those_of_rights_added_later(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    for right in RightCode.values[1:]:
        casework.add_right(case.pk, right_code=right, by=OFFICER, at=RECEIVED)
    assert case.tickets.count() == len(RightCode)
    check_timers(case)


@pytest.mark.parametrize("rights", [("access", "erasure"), SEVERAL])
def test_the_acknowledgement_says_what_is_read_anew(
    open_case: Open, rights: tuple[str, ...]
) -> None:
    case = open_case(*rights, email=JEANNE)
    letter = Case.objects.get(pk=case.pk).letters.get(kind="acknowledgement")
    anew = compose(letter)
    assert (letter.subject, letter.text) == (anew.subject, anew.mail_text)


@pytest.mark.parametrize("rights", [("access", "erasure"), SEVERAL])
def test_its_chain_is_whole_and_goes_on(
    open_case: Open, rights: tuple[str, ...]
) -> None:
    case = verify(open_case(*rights, email=JEANNE))
    lines = LedgerEntry.objects.filter(reference=case.reference)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert next(line.event for line in lines) == "case.opened"
    assert list(find_faults()) == []
