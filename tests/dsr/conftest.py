"""Jeanne, her neighbour Luc, the people of the desk, and tickets at every state.

A ticket is never put into a state: it is walked there through the desk's own verbs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.letters import fixing
from dsr.models import Case, Ticket
from dsr.vocabulary import SYSTEM, Channel, State
from tests.company import make_two
from tests.dsr.machines import path_to
from tests.dsr.steps import (
    AUDITOR,
    COLLEAGUE,
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    LUC,
    OFFICER,
    PATHS,
    RECEIVED,
    WHY,
    Paths,
    ask_clarification,
    ask_identity,
    carry_out,
    close,
    close_orders,
    confirm,
    decide,
    events,
    everything,
    excuse_notices,
    letters,
    merge,
    propose,
    redirect,
    refused,
    send_reply,
    take,
    verify,
    withdraw,
)
from tests.dsr.telling import answer_for_everyone, tell_everyone

Walk = Callable[..., Ticket]
Open = Callable[..., Case]

__all__ = [
    "AUDITOR",
    "COLLEAGUE",
    "DAY",
    "DECIDER",
    "DPO",
    "JEANNE",
    "LUC",
    "OFFICER",
    "PATHS",
    "RECEIVED",
    "WHY",
    "Open",
    "Paths",
    "Walk",
    "answer_for_everyone",
    "ask_clarification",
    "ask_identity",
    "carry_out",
    "close",
    "close_orders",
    "confirm",
    "decide",
    "events",
    "everything",
    "excuse_notices",
    "letters",
    "merge",
    "propose",
    "redirect",
    "refused",
    "send_reply",
    "take",
    "tell_everyone",
    "verify",
    "withdraw",
]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo company's databases and their descriptions."""
    folder = tmp_path_factory.mktemp("company")
    make_two(folder)
    return folder


@pytest.fixture
def house(db: None, settings: Settings, tmp_path: Path, company: Path) -> Path:
    """Give the desk its systems, and a folder of its own for all files."""
    settings.SYSTEMS_FILE = company / "systems.toml"
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture
def plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep each letter as its HTML: that it can be drawn is tried elsewhere."""
    monkeypatch.setattr(fixing, "make_pdf", lambda html: b"%PDF-" + html.encode())


@pytest.fixture
def open_case(house: Path) -> Open:
    """Return a function that opens a case; without an address no letter is written."""

    def open_case(*rights: str, **given: Any) -> Case:
        new: dict[str, Any] = {
            "channel": Channel.PHONE,
            "received_at": RECEIVED,
            "language": "fr",
            "rights": rights or ("access",),
            "name": "Jeanne Peeters",
        }
        by = given.pop("by", SYSTEM)
        at = given.pop("at", given.get("received_at", RECEIVED))
        return casework.open_case(casework.NewCase(**new | given), by=by, at=at)

    return open_case


@pytest.fixture
def walk(open_case: Open) -> Walk:
    """Return a function that walks a ticket to a state through the real verbs."""

    def walk(state: str, right: str = "access", **given: Any) -> Ticket:
        if state == State.RECEIVED:
            given = {"channel": Channel.WEB, "email": JEANNE} | given
        ticket = open_case(right, **given).tickets.get()
        for step in path_to(state, ticket):
            step(ticket.pk)
        return Ticket.objects.get(pk=ticket.pk)

    return walk
