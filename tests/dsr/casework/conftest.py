"""Jeanne's access request, proven by her address and taken in hand."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from dsr import casework
from dsr.models import SearchTask, Ticket
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, Open, verify

Delete = Callable[[datetime], int]


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
