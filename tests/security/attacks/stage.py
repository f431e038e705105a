"""Jeanne, her proven case, and what a stranger must never get of it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.mail import EmailMessage

from dsr import casework
from dsr.intake.identity_papers import is_identity_paper
from dsr.intake.mailbox.receive import receive
from dsr.models import (
    Arrival,
    Case,
    Document,
    LedgerEntry,
    Letter,
    SearchTask,
    SystemOrder,
)
from dsr.vocabulary import SUBJECT, Event
from subjects.models import Identifier
from tests.dsr.conftest import DAY, JEANNE, OFFICER, RECEIVED
from tests.dsr.intake.conftest import ACCESS, mail

OURS = "mx.company.example"
PASS = f"{OURS}; dmarc=pass header.from=demo.example"
NUMBER, PHONE, BORN = "K-100001", "+32 470 12 34 56", "12 March 1975"
PAPER = bytes(range(256)) * 4
MINUTE = timedelta(minutes=1)


@dataclass
class Stage:
    """Where an attack is played; it is a minute later with every mail."""

    outbox: list[EmailMessage]
    now: timedelta = field(init=False, default=timedelta())

    def __post_init__(self) -> None:
        """Let Jeanne ask for her data, and prove her address with a code."""
        arrival = self.receive(
            ACCESS, Authentication_Results=PASS, Message_ID="<hers@home.example>"
        )
        assert arrival.case is not None
        self.hers: Case = arrival.case
        self.arrival = arrival
        casework.send_code(self.hers.reference, by=SUBJECT, at=RECEIVED)
        code = self.hers.codes.get().digits
        assert casework.enter_code(self.hers.reference, code, at=RECEIVED)
        self.hers.refresh_from_db()
        self.letter: Letter = self.hers.letters.get(kind="acknowledgement")

    def receive(self, text: str, **given: str) -> Arrival:
        """Receive a mail a minute later; words in braces stand for what is hers."""
        self.now += MINUTE
        given.setdefault("Message_ID", f"<{self.now.seconds}@attack.example>")
        if hasattr(self, "hers"):
            known = {"ref": self.hers.reference, "letter": self.letter.message_id}
            given = {key: value.format(**known) for key, value in given.items()}
            text = text.format(**known)
        return self.take(mail(text, **given))

    def take(self, raw: bytes) -> Arrival:
        """Receive the bytes of a mail."""
        when = RECEIVED + self.now
        return receive(raw, received_at=when, source="test", at=when).arrival

    def work(self, case: Case) -> None:
        """Let an officer do what is usual with a case: take it in hand, and search."""
        for ticket in case.tickets.filter(state="triage"):
            casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED + DAY)
        casework.search_systems(at=RECEIVED + DAY)

    def nothing_released(self, own: Sequence[str]) -> None:
        """Send all that waits; nobody but Jeanne was told, or found, anything of hers.

        `own` are addresses that the stranger proved to be his own.
        """
        casework.send_letters(at=RECEIVED + 3 * DAY)
        secrets = (self.hers.reference, NUMBER, self.letter.message_id, "1975")
        for sent in self.outbox:
            if sent.recipients() != [JEANNE]:
                said = str(sent.message())
                assert not [word for word in secrets if word in said], sent.to
                assert JEANNE not in sent.recipients()
        others = self.hers.letters.exclude(to_email=JEANNE)
        assert not others.exists()
        self.hers.refresh_from_db()
        assert self.hers.contact_email == JEANNE
        proven = Identifier.objects.verified().values_list("value", flat=True)
        assert set(proven) <= {JEANNE, *own}
        strangers = SearchTask.objects.exclude(ticket__case__subject=self.hers.subject)
        assert set(strangers.values_list("state", flat=True)) <= {"nothing", "waiting"}
        assert not SystemOrder.objects.exists()
        gone = (Event.PACKAGE_FETCHED, Event.TICKET_WITHDRAWN, Event.TICKET_REPLIED)
        assert not LedgerEntry.objects.filter(event__in=gone).exists()

    def nothing_collected(self) -> None:
        """Nothing is kept of an identity document that nobody asked for."""
        names = Document.objects.values_list("name", flat=True)
        assert not [name for name in names if is_identity_paper(name)]
        coded = base64.b64encode(PAPER)[:60]
        for arrival in Arrival.objects.all():
            with arrival.raw.open("rb") as raw:
                content = raw.read()
            assert coded not in content
            assert PAPER not in content


def seen_of(arrival: Arrival) -> str:
    """Return what the officer reads about a mail."""
    said = [arrival.reason, str(arrival.get_trust_display()), arrival.checks_in_words]
    return "\n".join([*said, *arrival.flags_in_words])
