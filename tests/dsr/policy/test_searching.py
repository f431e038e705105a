"""What has to be searched before anything is decided on the data."""

import pytest

from dsr import casework
from dsr.policy import PolicyError
from dsr.policy.health import health_is_cleared
from dsr.policy.searching import search_bears_out
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, Open, verify
from tests.dsr.steps import clear_health


def test_data_are_not_spoken_of_before_a_search(open_case: Open) -> None:
    ticket = open_case("access").tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    for outcome in ("granted", "partial", "no_data"):
        with pytest.raises(PolicyError, match="Nothing was searched yet"):
            search_bears_out(ticket, outcome, [])
    search_bears_out(ticket, "refused", [])


def test_the_answer_is_what_the_search_found(open_case: Open) -> None:
    case = verify(open_case("access", email=JEANNE))
    ticket = case.tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    with pytest.raises(PolicyError, match="Not searched yet: claims, crm"):
        search_bears_out(ticket, "granted", [])
    casework.search_systems(at=RECEIVED)
    with pytest.raises(PolicyError, match="Health data were found: a medical adviser"):
        health_is_cleared(ticket, "granted")
    clear_health(ticket.pk)
    health_is_cleared(ticket, "granted")
    search_bears_out(ticket, "granted", [])
    with pytest.raises(PolicyError, match="Data were found"):
        search_bears_out(ticket, "no_data", [])


def test_nothing_found_is_no_grant(open_case: Open) -> None:
    case = verify(open_case("access", email="unknown@nowhere.example"))
    ticket = case.tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    search_bears_out(ticket, "no_data", [])
    with pytest.raises(PolicyError, match="Nothing was found"):
        search_bears_out(ticket, "granted", [])
