"""The people of a desk who press its buttons, and a person who writes to it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from dsr import casework
from dsr.models import Case, LedgerEntry, Letter, Ticket, find_faults
from dsr.vocabulary import SYSTEM, Channel, Gate, LetterState, State
from exports.building import build_packages
from tests.dsr.steps import JEANNE, events

ROLES = {
    "olga": ("handler",),
    "dirk": ("decider",),
    "dora": ("dpo",),
    "rita": ("reviewer",),
}
WHY = "These are reasons for this very case, long enough for a person to read."
POURQUOI = "Voici nos raisons dans ce cas précis, écrites pour la personne."
INNOCENT = {"G2": "ours_alone", "G5": "none", "G6": "none", "G7": "none"}
AUTHORITY = "+32 (0)2 274 48 00"  # where to complain, GDPR Art. 12(4)
REFUSED = re.compile(r'class="[^"]*(?:refusal|errorlist|errornote)[^"]*"[^>]*>(.*?)<')


class Desk:
    """Every member of the desk at their own browser; acts go by their pages only."""

    def __init__(self, users: dict[str, User]) -> None:
        self.browsers = {name: Client() for name in users}
        for name, user in users.items():
            self.browsers[name].force_login(user)

    def does(self, who: str, act: str, ticket: Ticket, **said: Any) -> Ticket:
        """Press a button of the ticket's card and fill in its form; return the ticket.

        Hidden and prefilled fields go back as the page showed them.
        """
        url = reverse("admin:act", args=[ticket.pk, act])
        chosen = f"?outcome={said['outcome']}" if act == "propose" else ""
        page = self.browsers[who].get(url + chosen)
        assert page.status_code == 200, (act, page.status_code, _why(page))
        form = page.context["form"]
        shown = {
            name: form[name].value()
            for name in form.fields
            if form[name].value() not in (None, "", [])
        }
        return self._post(who, url, shown | said, ticket)

    def refused(self, who: str, act: str, ticket: Ticket, **said: Any) -> str:
        """Try an act that the desk must refuse; return what its page says."""
        url = reverse("admin:act", args=[ticket.pk, act])
        before = LedgerEntry.objects.count()
        answer = self.browsers[who].post(url, said)
        assert answer.status_code in (400, 403, 409), answer.status_code
        assert LedgerEntry.objects.count() == before
        return str(answer.content.decode())

    def page(self, who: str, name: str, *args: Any) -> str:
        """Open a page of the desk by the name of its address."""
        return self.browsers[who].get(reverse(name, args=args)).content.decode()

    def posts(self, who: str, name: str, *args: Any, **said: Any) -> None:
        """Send a form of the desk by the name of its address."""
        answer = self.browsers[who].post(reverse(name, args=args), said)
        assert answer.status_code == 302, (name, answer.status_code, _why(answer))

    def _post(self, who: str, url: str, said: dict[str, Any], ticket: Ticket) -> Ticket:
        answer = self.browsers[who].post(url, said)
        assert answer.status_code == 302, (url, answer.status_code, _why(answer))
        return Ticket.objects.get(pk=ticket.pk)


def _why(answer: Any) -> list[str]:
    """Return what a page says of why it refused."""
    return REFUSED.findall(answer.content.decode())


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path, company: Path) -> Desk:
    """Seat a handler, a decider, a DPO and a reviewer at the demo company's desk."""
    settings.SYSTEMS_FILE = company / "systems.toml"
    settings.MEDIA_ROOT = tmp_path / "files"
    users = {}
    for name, roles in ROLES.items():
        users[name] = User.objects.create_user(name, is_staff=True)
        users[name].groups.set(Group.objects.filter(name__in=roles))
    return Desk(users)


@pytest.fixture
def write(desk: Desk) -> Callable[..., Case]:
    """Return a function by which Jeanne writes to the desk, in French by default."""

    def write(*rights: str, **more: Any) -> Case:
        now = datetime.now(UTC)
        new: dict[str, Any] = {
            "channel": Channel.MAIL,
            "received_at": now,
            "language": "fr",
            "rights": rights,
            "text": "Madame, Monsieur, voici ma demande.",
            "name": "Jeanne Peeters",
            "email": JEANNE,
            "identifiers": {"customer_number": "K-100001"},
        }
        return casework.open_case(casework.NewCase(**new | more), by=SYSTEM, at=now)

    return write


def works(desk: Desk) -> None:
    """Let the workers do what waits: searches, copies, letters, timers."""
    now = datetime.now(UTC)
    casework.search_systems(at=now)
    build_packages(at=now)
    casework.send_letters(at=now)
    casework.fire_timers(at=now)


def answered(desk: Desk, ticket: Ticket) -> Letter:
    """Approve the drafted reply at its page and have it sent; return it as sent."""
    letter = ticket.letters.get(kind="reply", state=LetterState.DRAFT)
    desk.posts("olga", "admin:letter_act", letter.pk, "approve")
    works(desk)
    letter.refresh_from_db()
    assert (letter.state, letter.language) == (LetterState.SENT, ticket.case.language)
    assert list(find_faults()) == []
    return letter


def known(desk: Desk, ticket: Ticket) -> Ticket:
    """Take a ticket in hand, note that the address is the person's, and search."""
    ticket = desk.does("olga", "take_in_hand", ticket)
    address = ticket.case.subject.identifiers.get(kind="email")
    said = {"method": "The address stands in the contract.", "identifiers": address.pk}
    ticket = desk.does("olga", "establish_identity", ticket, **said)
    works(desk)
    return Ticket.objects.get(pk=ticket.pk)


def checked(desk: Desk, ticket: Ticket, **said: str) -> Ticket:
    """Answer the open checks at their page: nothing speaks against it, unless said."""
    page = desk.page("olga", "admin:act", ticket.pk, "answer_gates")
    asked = {gate: said.get(gate, INNOCENT.get(gate, "")) for gate in Gate.values}
    answers = {
        gate: answer
        for gate, answer in asked.items()
        if answer and f'name="{gate}"' in page
    }
    notes = {f"{gate}_note": WHY for gate in answers if gate in said}
    return desk.does("olga", "answer_gates", ticket, **answers, **notes)


def decided(
    desk: Desk, ticket: Ticket, outcome: str, *grounds: str, **said: str
) -> Ticket:
    """Have the handler propose, the copy made if one is owed, and the decider decide.

    `said` are answers to checks that are not the innocent ones.
    """
    reasons = {"reasons": POURQUOI} if outcome != "granted" else {}
    desk.does("olga", "propose", ticket, outcome=outcome, grounds=grounds, **reasons)
    works(desk)
    checked(desk, ticket, **said)
    ticket = desk.does("dirk", "decide", ticket)
    assert (ticket.outcome, ticket.grounds) == (outcome, list(grounds))
    assert (ticket.proposed_by, ticket.decided_by) == ("olga", "dirk")
    return ticket


def read(letter: Letter) -> str:
    """Return a letter as it was sent, on one line."""
    with letter.pdf.open("rb") as file:
        pages = [page.extract_text() for page in PdfReader(file).pages]
    return " ".join(" ".join(pages).split())


def ended(desk: Desk, ticket: Ticket, *says: str, ledger: str) -> None:
    """Have the reply sent, and the ticket closed by hand if a copy still waits.

    The reply names its case and the remedies, and says each of `says`; of `ledger`
    the lines stand in the ledger in this order, others between them.
    """
    text = read(answered(desk, ticket))
    for part in (ticket.case.reference, AUTHORITY, "tribunal", *says):
        assert part in text, (part, text)
    ticket.refresh_from_db()
    if ticket.state == State.REPLIED:
        ticket = desk.does("olga", "close", ticket)
    assert ticket.state == State.CLOSED
    lines = iter(events(ticket.case))
    for expected in f"{ledger} ticket.replied ticket.closed".split():
        assert expected in lines, (expected, events(ticket.case))
