"""The search: only for what is proven, in every system, and visibly where it fails."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.models import Ticket
from dsr.vocabulary import SUBJECT, State
from subjects.models.work import MOST_ATTEMPTS
from tests.dsr.casework.conftest import crm, found, states
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    JEANNE,
    LUC,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    events,
    propose,
    refused,
    verify,
)

HIDDEN = "claims.sqlite3.away"


@pytest.fixture
def broken(house: Path, settings: Settings, company: Path) -> Iterator[Path]:
    """Give the desk a company of its own whose claims database is away."""
    own = house / "company"
    shutil.copytree(company, own)
    (own / "claims.sqlite3").rename(own / HIDDEN)
    settings.SYSTEMS_FILE = own / "systems.toml"
    yield own
    shutil.rmtree(own)


def repair(company: Path) -> None:
    (company / HIDDEN).rename(company / "claims.sqlite3")


def test_every_system_is_searched_and_says_what_it_holds(proven: Ticket) -> None:
    assert states(proven) == {"claims": "waiting", "crm": "waiting"}
    assert casework.search_systems(at=RECEIVED) == 1
    assert states(proven) == {"claims": "found", "crm": "found"}
    for task in proven.searches.all():
        lines = list(casework.read_findings(task))
        assert len(lines) == task.total > 0
        assert len(task.sha256) == 64
        assert task.findings.name == f"findings/{task.pk}"
    assert "Jeanne" in found(proven)
    assert events(proven.case).count("search.done") == 2
    assert casework.search_systems(at=RECEIVED + DAY) == 0


def test_nothing_is_searched_for_before_anything_is_proven(open_case: Open) -> None:
    ticket = open_case("access", email=JEANNE).tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    assert states(ticket) == {}
    with refused("Nothing is verified"):
        casework.search_again(ticket.pk, by=OFFICER, at=RECEIVED)


def test_a_stranger_who_types_her_customer_number_gets_nothing_of_hers(
    open_case: Open,
) -> None:
    case = verify(
        open_case(
            "access",
            email=LUC,
            name="Jeanne Peeters",
            identifiers={
                "customer_number": "K-100001",
                "phone_number": "+32 400100001",
            },
        )
    )
    ticket = case.tickets.get()
    casework.add_identifier(
        case.pk, kind="email", value=JEANNE, by=SUBJECT, at=RECEIVED
    )
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    assert states(ticket) == {"claims": "found", "crm": "found"}
    text = found(ticket)
    assert "Luc" in text
    for hers in ("K-100001", JEANNE, "Jeanne"):
        assert hers not in text


def test_who_is_known_to_no_system_has_nothing(open_case: Open) -> None:
    case = verify(open_case("access", email="nobody@nowhere.example"))
    ticket = case.tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    assert states(ticket) == {"claims": "nothing", "crm": "nothing"}
    assert found(ticket) == "[]"


def test_a_system_that_is_away_is_shown_while_the_others_keep_what_they_hold(
    broken: Path, proven: Ticket
) -> None:
    casework.search_systems(at=RECEIVED)
    assert states(proven) == {"claims": "unreachable", "crm": "found"}
    away = proven.searches.get(system="claims")
    assert away.last_error
    assert away.next_attempt_at is not None
    assert events(proven.case).count("search.failed") == 1
    kept = crm(proven).sha256
    repair(broken)
    assert casework.search_systems(at=RECEIVED + DAY) == 1
    assert states(proven) == {"claims": "found", "crm": "found"}
    assert crm(proven).sha256 == kept
    assert events(proven.case).count("search.done") == 2


def test_a_system_searched_before_keeps_its_findings_when_it_goes_away(
    broken: Path, proven: Ticket
) -> None:
    casework.search_systems(at=RECEIVED)
    repair(broken)
    (broken / "crm.sqlite3").rename(broken / "crm.away")
    casework.search_systems(at=RECEIVED + DAY)
    assert states(proven)["crm"] == "found"
    assert crm(proven).total > 0
    assert crm(proven).next_attempt_at is None


def test_what_a_system_leads_to_is_found_when_it_comes_back(
    broken: Path, open_case: Open
) -> None:
    repair(broken)
    (broken / "crm.sqlite3").rename(broken / "crm.away")
    case = open_case("access", identifiers={"phone_number": "+32 400 10 00 01"})
    ticket, phone = case.tickets.get(), case.subject.identifiers.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.establish_identity(
        ticket.pk, method="call", identifiers=[phone.pk], by=OFFICER, at=RECEIVED
    )
    casework.search_systems(at=RECEIVED)
    assert states(ticket) == {"claims": "nothing", "crm": "unreachable"}
    (broken / "crm.away").rename(broken / "crm.sqlite3")
    casework.search_systems(at=RECEIVED + DAY)
    assert states(ticket) == {"claims": "found", "crm": "found"}


def test_a_system_is_given_up_in_the_open(broken: Path, proven: Ticket) -> None:
    for day in range(MOST_ATTEMPTS + 2):
        casework.search_systems(at=RECEIVED + day * DAY)
    away = proven.searches.get(system="claims")
    assert (away.state, away.next_attempt_at) == ("unreachable", None)
    assert events(proven.case).count("search.failed") == 1


def test_a_system_that_left_the_list_is_shown(broken: Path, proven: Ticket) -> None:
    text = (broken / "systems.toml").read_text("utf-8")
    only_crm = text[: text.rindex("[[system]]")]
    (broken / "systems.toml").write_text(only_crm, "utf-8")
    casework.search_systems(at=RECEIVED)
    assert states(proven) == {"claims": "unreachable", "crm": "found"}
    gone = proven.searches.get(system="claims")
    assert gone.last_error == "this system is no longer in the list of systems"


def test_a_list_of_systems_that_cannot_be_read_is_a_sentence(
    broken: Path, proven: Ticket, open_case: Open
) -> None:
    (broken / "systems.toml").write_text("system = 3", "utf-8")
    casework.search_systems(at=RECEIVED)
    assert states(proven) == {"claims": "unreachable", "crm": "unreachable"}
    other = verify(open_case("erasure", email=LUC)).tickets.get()
    with refused("The list of systems cannot be used"):
        casework.take_in_hand(other.pk, by=OFFICER, at=RECEIVED)


def test_a_system_is_excused_with_a_reason(broken: Path, proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    claims = proven.searches.get(system="claims")
    with refused("Not searched yet: claims"):
        casework.propose(proven.pk, outcome="granted", by=OFFICER, at=RECEIVED)
    with refused("The reason needs at least 30"):
        casework.excuse_search(claims.pk, excuse="down", by=OFFICER, at=RECEIVED)
    with refused("nothing is to be excused"):
        casework.excuse_search(crm(proven).pk, excuse=WHY, by=OFFICER, at=RECEIVED)
    with refused("takes the role of"):
        casework.excuse_search(claims.pk, excuse=WHY, by=AUDITOR, at=RECEIVED)
    casework.excuse_search(claims.pk, excuse=WHY, by=OFFICER, at=RECEIVED)
    assert casework.search_systems(at=RECEIVED + DAY) == 0
    propose(proven.pk)


def test_a_new_search_asks_the_excused_system_too(broken: Path, proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    claims = proven.searches.get(system="claims")
    casework.excuse_search(claims.pk, excuse=WHY, by=OFFICER, at=RECEIVED)
    repair(broken)
    casework.search_again(proven.pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    assert states(proven) == {"claims": "found", "crm": "found"}
    claims.refresh_from_db()
    assert (claims.excused_by, claims.excuse) == ("", "")


def test_a_search_belongs_to_a_ticket_in_progress(proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    propose(proven.pk)
    assert Ticket.objects.get(pk=proven.pk).state == State.PACKAGING
    with refused("in progress"):
        casework.search_again(proven.pk, by=OFFICER, at=RECEIVED)


def test_who_is_known_for_one_request_is_known_for_the_others(open_case: Open) -> None:
    case = open_case("access", "erasure", "portability", email=JEANNE)
    access, erasure, portability = case.tickets.order_by("pk")
    for ticket in (access, erasure):
        casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.establish_identity(
        access.pk,
        method="call back",
        identifiers=[case.subject.identifiers.get(kind="email").pk],
        by=OFFICER,
        at=RECEIVED,
    )
    assert states(erasure) == states(access) == {"crm": "waiting", "claims": "waiting"}
    assert states(portability) == {}  # nobody has taken it in hand
