"""Jeanne, her neighbour Luc, the people of the desk, and tickets at every state.

A ticket is never put into a state: it is walked there through the desk's own verbs.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from pytest_django import Settings

from dsr import casework
from dsr.models import Case, LedgerEntry, Letter, Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import SUBJECT, SYSTEM, Actor, Channel, LetterKind, State
from subjects.demo.company import make_company

JEANNE, LUC = "jeanne.peeters@demo.example", "luc.janssens@demo.example"
OFFICER = Actor("officer", frozenset({"handler"}))
COLLEAGUE = Actor("colleague", frozenset({"handler", "decider"}))
DECIDER = Actor("decider", frozenset({"decider"}))
DPO = Actor("dpo", frozenset({"dpo", "decider"}))
AUDITOR = Actor("auditor", frozenset({"auditor"}))

# Received on a Thursday; its month ends on Tuesday 7 April, after Easter.
RECEIVED = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WHY = "Because this is a reason long enough for a person to read."

Walk = Callable[..., Ticket]
Open = Callable[..., Case]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo company's databases and their descriptions."""
    folder = tmp_path_factory.mktemp("company")
    make_company(folder)
    return folder


@pytest.fixture
def house(db: None, settings: Settings, tmp_path: Path, company: Path) -> Path:
    """Give the desk its systems, and a folder of its own for all files."""
    settings.SYSTEMS_FILE = company / "systems.toml"
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


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
        effective = ticket.state in EFFECT
        for step in (PATHS_OF_EFFECT if effective else PATHS)[State(state)]:
            step(ticket.pk)
        return Ticket.objects.get(pk=ticket.pk)

    return walk


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of ours, to see what an act left changed."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for app in ("subjects", "dsr")
        for model in apps.get_app_config(app).get_models()
    }


@contextmanager
def refused(sentence: str) -> Iterator[None]:
    """Expect an act to be refused with a sentence, and to leave nothing changed."""
    before = everything()
    with pytest.raises(PolicyError, match=sentence), transaction.atomic():
        yield
    assert everything() == before


def events(case: Case) -> list[str]:
    """Return what the ledger says of a case, in order."""
    lines = LedgerEntry.objects.filter(reference=case.reference)
    return list(lines.order_by("number").values_list("event", flat=True))


def letters(case: Case) -> list[tuple[str, str]]:
    """Return the kind and the state of each letter of a case, in order."""
    return list(case.letters.order_by("pk").values_list("kind", "state"))


def verify(case: Case, at: datetime = RECEIVED) -> Case:
    """Let the person prove the case's address, as a mailed code does."""
    return casework.confirm_address(case.pk, by=SUBJECT, at=at)


def send_reply(ticket_id: int, at: datetime = RECEIVED + DAY) -> Letter:
    """Approve a ticket's reply and send all that waits."""
    letter = Letter.objects.get(ticket=ticket_id, kind=LetterKind.REPLY, state="draft")
    casework.approve_letter(letter.pk, by=OFFICER, at=at)
    if letter.to_email:
        casework.send_letters(at=at)
    else:
        casework.record_posted(letter.pk, proof="registered 1", by=OFFICER, at=at)
    return Letter.objects.get(pk=letter.pk)


def take(ticket_id: int) -> None:
    """Take the ticket in hand, and search if anything can be searched for."""
    verify(Ticket.objects.get(pk=ticket_id).case)
    casework.take_in_hand(ticket_id, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)


def _ask_identity(ticket_id: int) -> None:
    casework.ask_identity(
        ticket_id, doubts=WHY, items="a letter we sent", by=OFFICER, at=RECEIVED
    )


def _ask_clarification(ticket_id: int) -> None:
    casework.ask_clarification(ticket_id, question=WHY, by=OFFICER, at=RECEIVED)


def _propose(ticket_id: int) -> None:
    casework.propose(ticket_id, outcome="granted", by=OFFICER, at=RECEIVED)


def _decide(ticket_id: int) -> None:
    casework.decide(ticket_id, by=COLLEAGUE, at=RECEIVED)


def _carry_out(ticket_id: int) -> None:
    if Ticket.objects.get(pk=ticket_id).right_code in ("access", "portability"):
        casework.package_built(
            ticket_id, sha256="0" * 64, size=1, by=SYSTEM, at=RECEIVED
        )
    else:
        casework.complete(ticket_id, done=WHY, by=OFFICER, at=RECEIVED)


def _close(ticket_id: int) -> None:
    if Ticket.objects.get(pk=ticket_id).state != State.CLOSED:
        casework.close(ticket_id, by=OFFICER, at=RECEIVED + DAY)


def _redirect(ticket_id: int) -> None:
    casework.redirect(ticket_id, controller=WHY, by=OFFICER, at=RECEIVED)


def _merge(ticket_id: int) -> None:
    ticket = Ticket.objects.get(pk=ticket_id)
    other = casework.open_case(
        casework.NewCase(
            channel=Channel.PHONE,
            received_at=RECEIVED - DAY,
            language="fr",
            rights=[ticket.right_code],
            name="Jeanne Peeters",
        ),
        by=SYSTEM,
        at=RECEIVED,
    )
    Case.objects.filter(pk=other.pk).update(subject=ticket.case.subject)
    casework.merge(ticket_id, into_id=other.tickets.get().pk, by=OFFICER, at=RECEIVED)


def _withdraw(ticket_id: int) -> None:
    casework.withdraw(ticket_id, by=SUBJECT, at=RECEIVED)


def _confirm(ticket_id: int) -> None:
    if Ticket.objects.get(pk=ticket_id).state == State.STOPPING:
        _check_erasure(ticket_id)
    casework.confirm(ticket_id, done=WHY, by=OFFICER, at=RECEIVED)


def _check_erasure(ticket_id: int) -> None:
    casework.check_erasure(ticket_id, by=OFFICER, at=RECEIVED)


_DECIDED = (take, _propose, _decide)
PATHS: dict[State, tuple[Callable[[int], object], ...]] = {
    State.RECEIVED: (),
    State.TRIAGE: (),
    State.AWAITING_IDENTITY: (_ask_identity,),
    State.AWAITING_CLARIFICATION: (_ask_clarification,),
    State.IN_PROGRESS: (take,),
    State.DECISION_PENDING: (take, _propose),
    State.EXECUTING: _DECIDED,
    State.REPLY_PENDING: (*_DECIDED, _carry_out),
    State.REPLIED: (*_DECIDED, _carry_out, send_reply),
    State.CLOSED: (*_DECIDED, _carry_out, send_reply, _close),
    State.REDIRECTED: (_redirect,),
    State.MERGED: (_merge,),
    State.WITHDRAWN: (_withdraw,),
}
# Where a ticket stands that took effect when it was opened, and the way on.
EFFECT = (State.PROPAGATING, State.STOPPING)
PATHS_OF_EFFECT: dict[State, tuple[Callable[[int], object], ...]] = {
    State.PROPAGATING: (),
    State.STOPPING: (),
    State.ERASURE_CHECK: (_check_erasure,),
    State.REPLY_PENDING: (_confirm,),
    State.REPLIED: (_confirm, send_reply),
    State.CLOSED: (_confirm, send_reply, _close),
    State.WITHDRAWN: (_withdraw,),
}
