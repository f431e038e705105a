"""Jeanne, Luc, Anna and Mary of the demo company, and a desk that answers them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dsr import casework
from dsr.models import Ticket
from dsr.vocabulary import Actor, Channel, Outcome, RightCode
from exports.building import build_packages
from subjects.demo.company import DEMO_PEOPLE
from tests.company import make_two
from tests.dsr.steps import decide, inform

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
HANDLER = Actor("olivia", frozenset({"handler"}))
DPO = Actor("dirk", frozenset({"dpo", "decider"}))
DAY = timedelta(days=1)

Decided = Callable[..., Ticket]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo company's databases and their descriptions."""
    folder = tmp_path_factory.mktemp("company")
    make_two(folder)
    return folder


@pytest.fixture
def desk(settings: Any, tmp_path: Path, company: Path, db: None) -> None:
    """Set up the demo company's systems and files of its own."""
    settings.SYSTEMS_FILE = company / "systems.toml"
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def decided(desk: None) -> Decided:
    """Make tickets that were searched and decided, by the real verbs."""
    return decide_one


@pytest.fixture
def proposed(desk: None) -> Decided:
    """Make tickets that were searched, with a proposal that wants a copy."""
    return propose_one


def decide_one(*args: Any, at: datetime = NOW, **given: Any) -> Ticket:
    """Bring a request of one of the demo people to its decision."""
    ticket = propose_one(*args, at=at, **given)
    build_packages(at=at)
    return decide(ticket.pk, by=DPO, at=at)


def propose_one(
    right: RightCode = RightCode.ACCESS,
    *,
    person: int = 0,
    language: str = "",
    withheld: tuple[str, str] | None = None,
    at: datetime = NOW,
) -> Ticket:
    """Bring a request of one of the demo people to its proposal.

    `withheld` names a collection and a field ("" for the record) of its first row.
    """
    ticket = searched_one(right, person=person, language=language, at=at)
    outcome, grounds = Outcome.GRANTED, []
    if withheld is not None:
        collection, field = withheld
        search = next(one for one in ticket.searches.all() if collection in one.counts)
        casework.withhold(
            search.pk,
            collection=collection,
            row=1,
            field=field,
            ground="others_rights",
            note="The record names a neighbour, who has a right to privacy.",
            by=HANDLER,
            at=at,
        )
        outcome, grounds = Outcome.PARTIAL, ["others_rights"]
    return propose_again(ticket, outcome, grounds, at=at)


def propose_again(
    ticket: Ticket,
    outcome: str = Outcome.GRANTED,
    grounds: Sequence[str] = (),
    *,
    at: datetime = NOW,
) -> Ticket:
    """Propose to give the data; from now on a copy is owed."""
    inform(ticket.pk, by=HANDLER, at=at)
    return casework.propose(
        ticket.pk,
        outcome=outcome,
        grounds=grounds,
        reasons="Another person is named in one record." if grounds else "",
        by=HANDLER,
        at=at,
    )


def searched_one(
    right: RightCode, *, person: int = 0, language: str = "", at: datetime = NOW
) -> Ticket:
    """Open a case, take it in hand, establish who asks, and search the systems."""
    asks = DEMO_PEOPLE[person]
    case = casework.open_case(
        casework.NewCase(
            channel=Channel.MAIL,
            received_at=at - DAY,
            language=language or asks.language,
            rights=[right],
            text="Please send me my data.",
            name=asks.name,
            email=asks.email,
            identifiers={"customer_number": asks.customer_number},
        ),
        by=HANDLER,
        at=at,
    )
    ticket = case.tickets.get()
    casework.take_in_hand(ticket.pk, by=HANDLER, at=at)
    casework.establish_identity(
        ticket.pk,
        method="wrote from the address on file",
        identifiers=[one.pk for one in case.subject.identifiers.all()],
        by=HANDLER,
        at=at,
    )
    casework.search_systems(at=at)
    return Ticket.objects.get(pk=ticket.pk)


def answer(ticket: Ticket, *, at: datetime = NOW + DAY) -> Ticket:
    """Approve and send the reply that the finished package drafted."""
    letter = ticket.letters.get(kind="reply", state="draft")
    casework.approve_letter(letter.pk, by=HANDLER, at=at)
    casework.send_letters(at=at)
    return Ticket.objects.get(pk=ticket.pk)
