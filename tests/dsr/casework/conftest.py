"""Jeanne's access request, proven by her address and taken in hand."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from dsr import casework
from dsr.models import Case, Deletion, RestrictionMeasure, SearchTask, Ticket
from dsr.vocabulary import Channel
from tests.dsr.casework.advertising import OptOut
from tests.dsr.casework.restrictions import NOTICE, begin, fresh
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    close_orders,
    verify,
)

Delete = Callable[[datetime], int]
YEARS = 1826 * DAY  # five, as the policy says


def proofs() -> list[tuple[str, str, int]]:
    """Return the tier, the kind and the number of each proof of deletion."""
    found = Deletion.objects.order_by("pk").values_list("tier", "kind", "count")
    return list(found)


@pytest.fixture
def proven(open_case: Open) -> Ticket:
    """Open Jeanne's access request, proven by her address, and take it in hand."""
    case = verify(open_case("access", email=JEANNE))
    return casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)


def states(ticket: Ticket) -> dict[str, str]:
    return dict(ticket.searches.values_list("system", "state"))


def found(ticket: Ticket) -> str:
    """Return all that the systems hold, as text."""
    return json.dumps(
        [
            line
            for task in ticket.searches.all()
            for line in casework.released_findings(task)
        ],
        ensure_ascii=False,
    )


def crm(ticket: Ticket) -> SearchTask:
    return ticket.searches.get(system="crm")


@pytest.fixture
def delete(django_capture_on_commit_callbacks: Any) -> Delete:
    """Run the job, and what it does once it is committed."""

    def delete(at: datetime) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return casework.delete_expired(at=at)

    return delete


@pytest.fixture
def begun(open_case: Open) -> RestrictionMeasure:
    """Begin a restriction for a rectification."""
    return begin(open_case("rectification", email=JEANNE).tickets.get())


@pytest.fixture
def active(begun: RestrictionMeasure) -> RestrictionMeasure:
    """Have every system mark the data."""
    close_orders(begun.ticket_id)
    return fresh(begun)


@pytest.fixture
def proposed(active: RestrictionMeasure) -> RestrictionMeasure:
    """Find that the ground has ended."""
    casework.propose_lift(active.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    return fresh(active)


@pytest.fixture
def announced(proposed: RestrictionMeasure) -> RestrictionMeasure:
    """Have the notice sent."""
    casework.approve_lift(proposed.pk, by=DECIDER, at=NOTICE)
    casework.send_letters(at=NOTICE)
    return fresh(proposed)


@pytest.fixture
def opt_out(open_case: Open) -> OptOut:
    """Return a function that opens a marketing objection of Jeanne's, by mail."""

    def opt_out(**given: Any) -> Case:
        by_mail = {"channel": Channel.MAIL, "email": JEANNE}
        return open_case("marketing_opt_out", **by_mail | given)

    return opt_out
