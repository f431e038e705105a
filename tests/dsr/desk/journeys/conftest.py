"""The people of a desk who press its buttons, and a person who writes to it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import Settings

from dsr import casework
from dsr.models import Case, LedgerEntry, Letter, Ticket, find_faults
from dsr.policy.gates import checklist
from dsr.vocabulary import SYSTEM, Channel, LetterState, State
from exports.building import build_packages
from tests.dsr.steps import INNOCENT, JEANNE, LAW

ROLES = {
    "olga": ("handler",),
    "dirk": ("decider",),
    "dora": ("dpo",),
    "rita": ("reviewer",),
    "mila": ("medical_adviser",),
}
WHY = "These are reasons for this very case, long enough for a person to read."
POURQUOI = "Voici nos raisons dans ce cas précis, écrites pour la personne."
ON_PAPER = "Demo Medical Advisers, Liège"  # the recipient without an e-mail address
AUTHORITY = "tél. +32 (0)2 274 48 00"
DOUBTS = "Le nom écrit dans la lettre n'est pas celui du contrat que vous citez."
REFUSED = re.compile(
    r'class="[^"]*(?:refusal|error-summary)[^"]*"[^>]*>(.*?)</div>', re.DOTALL
)


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
    parts = REFUSED.findall(answer.content.decode())
    return [" ".join(re.sub("<[^>]*>", " ", part).split()) for part in parts]


@pytest.fixture
def desk(db: None, settings: Settings, tmp_path: Path, company: Path) -> Desk:
    """Seat one member of each role at the demo company's desk."""
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


def works(desk: Desk, days: int = 0) -> None:
    """Let the workers do what waits, or will in some days: letters, searches."""
    now = datetime.now(UTC) + timedelta(days=days)
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


def taken(desk: Desk, case: Case) -> Ticket:
    """Take the only ticket of a case in hand."""
    return desk.does("olga", "take_in_hand", case.tickets.get())


def known(desk: Desk, ticket: Ticket) -> Ticket:
    """Note that the writer is who they say, and search with what that proves."""
    every = ticket.case.subject.identifiers
    proven = every.filter(verified_at=None) or every.all()
    ticket = desk.does(
        "olga",
        "establish_identity",
        ticket,
        method="Called back at the number in the contract.",
        identifiers=[str(one.pk) for one in proven],
    )
    works(desk)
    return Ticket.objects.get(pk=ticket.pk)


def checked(desk: Desk, ticket: Ticket, **otherwise: str) -> Ticket:
    """Answer every check that no fact answers, as nothing stands against it."""
    innocent = {gate.value: code.value for gate, code in INNOCENT.items()}
    said = {
        line.gate: (innocent | otherwise)[line.gate]
        for line in checklist(ticket)
        if line.is_open or line.gate in otherwise
    }
    if not said:  # a reopened ticket keeps its answers
        return ticket
    notes = {f"{gate}_note": WHY for gate in said}
    return desk.does("olga", "answer_gates", ticket, **said, **notes)


def decided(desk: Desk, ticket: Ticket) -> Ticket:
    """Let another person decide than the one who proposed."""
    ticket = desk.does("dirk", "decide", ticket)
    assert (ticket.proposed_by, ticket.decided_by) == ("olga", "dirk")
    return ticket


def settled(
    desk: Desk, ticket: Ticket, outcome: str, *grounds: str, **otherwise: str
) -> Ticket:
    """Propose, have a copy made if one is owed, answer the checks, and decide."""
    reasons = "" if outcome == "granted" else POURQUOI
    law = LAW if "legal_restriction" in grounds else ""
    said = {"outcome": outcome, "grounds": grounds, "law": law, "reasons": reasons}
    ticket = desk.does("olga", "propose", ticket, **said)
    works(desk)
    ticket.refresh_from_db()
    return decided(desk, checked(desk, ticket, **otherwise))


def everyone_answered_for(desk: Desk, ticket: Ticket, **said: str) -> Ticket:
    """Answer for every system, then tell or excuse every recipient. GDPR Art. 19.

    One is told what is `said`, on paper if data went there; the others never got them.
    """
    waiting = [str(one.pk) for one in ticket.orders.waiting()]
    if waiting:
        ticket = desk.does(
            "olga", "close_orders", ticket, orders=waiting, done="done", note=WHY
        )
    owed = ticket.notices.still_open()
    if owed.exists():
        one = owed.filter(name=ON_PAPER).first() or owed.earliest("name")
        words = {**said, "tell": [str(one.pk)], "state": "not_disclosed"}
        ticket = desk.does("olga", "tell_recipients", ticket, **words)
        works(desk)
        one.refresh_from_db()
        if one.waits_for_post:
            desk.posts("olga", "admin:letter_act", one.letter_id, "posted", proof="R")
    return Ticket.objects.get(pk=ticket.pk)


def read(letter: Letter) -> str:
    """Read a letter as it was sent, page by page."""
    with letter.pdf.open() as pdf:
        pages = PdfReader(pdf).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)


def ledger_of(ticket: Ticket) -> list[str]:
    """Return what the ledger says of a ticket's case, in order."""
    lines = LedgerEntry.objects.filter(reference=ticket.case.reference)
    return list(lines.order_by("number").values_list("event", flat=True))


def ended(desk: Desk, ticket: Ticket, outcome: str) -> str:
    """Have the reply sent; see that all is over, and return what the person reads.

    Whatever the outcome, the reply names both remedies. GDPR Art. 12(4). Where a copy
    still waits to be fetched, the ticket is closed by hand.
    """
    said = read(answered(desk, ticket))
    assert ticket.case.reference in said
    assert AUTHORITY in said
    assert "président du tribunal de première instance" in said
    ticket.refresh_from_db()
    if ticket.state == State.REPLIED:
        ticket = desk.does("olga", "close", ticket)
    assert (ticket.state, ticket.outcome) == ("closed", outcome)
    assert ticket.replied_at is not None
    assert not ticket.letters.exclude(state=LetterState.SENT).exists()
    assert in_order(ticket, "ticket.replied", "ticket.closed")
    return said


def unidentified(desk: Desk, ticket: Ticket) -> Ticket:
    """Ask for proof, find what comes insufficient, and decide that nobody is known."""
    ticket = desk.does(
        "olga", "ask_identity", ticket, doubts=DOUBTS, items="Un rappel téléphonique"
    )
    works(desk)
    ticket = desk.does(
        "olga", "reject_proof", ticket, why=DOUBTS, items="Un rappel téléphonique"
    )
    works(desk)
    ticket = desk.does(
        "olga",
        "propose",
        ticket,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=DOUBTS,
    )
    return decided(desk, checked(desk, ticket))


def in_order(ticket: Ticket, *expected: str) -> bool:
    """Say whether the ledger has these lines in this order, whatever is between."""
    lines = iter(ledger_of(ticket))
    return all(one in lines for one in expected)


def told(desk: Desk, ticket: Ticket, *says: str, ledger: str) -> None:
    """End a ticket; see that the reply says so, and the ledger in this order."""
    text = ended(desk, ticket, ticket.outcome)
    assert [part for part in says if part not in text] == []
    assert in_order(ticket, *ledger.split())


@contextmanager
def later(desk: Desk, at: datetime) -> Iterator[None]:
    """Go on at a later time; everyone has to sign in anew."""
    with time_machine.travel(at):
        for name, browser in desk.browsers.items():
            browser.force_login(User.objects.get(username=name))
        yield
