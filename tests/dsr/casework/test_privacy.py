"""Names and words of people stay out of ledger, logs, mails and file names."""

import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from dsr import casework
from dsr.casework import NewFile
from dsr.models import Case, Correction, LedgerEntry, Letter, find_faults
from dsr.vocabulary import SUBJECT, SYSTEM, Channel
from tests.dsr.casework.test_dispatch import Broken
from tests.dsr.conftest import (
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    Open,
    decide,
)

# One word in every field that a person or an officer can fill.
FIELDS = """
name text address number detail agent relation own message file doubt item
method question answer reason why excuse note ground done posted
"""
CANARY = {
    field: f"Kanari{field} is long enough for a person to read"
    for field in FIELDS.split()
}
EMAIL = "kanarimail@demo.example"


WHO: dict[str, Any] = {"by": OFFICER, "at": RECEIVED}


def run_every_verb(open_case: Open) -> None:
    """Live through a case with every act that takes a text."""
    case = open_case(
        "access",
        "erasure",
        "rectification",
        "objection",
        channel=Channel.WEB,
        email=EMAIL,
        name=CANARY["name"],
        text=CANARY["text"],
        postal_address=CANARY["address"],
        identifiers={"customer_number": CANARY["number"]},
        details={"access": {"scope": CANARY["detail"]}},
        own_reference=CANARY["own"],
        files=[NewFile("attachment", CANARY["file"], "text/plain", b"Kanarifile")],
        by=SUBJECT,
    )
    casework.enter_code(case.reference, case.codes.get().digits, at=RECEIVED)
    casework.write_message(case.pk, text=CANARY["message"], by=SUBJECT, at=RECEIVED)
    casework.write_message(case.pk, text=CANARY["message"], **WHO)
    casework.write_note(case.pk, text=CANARY["note"], **WHO)
    ask_everything(case)
    answer_everything(case)
    paper = open_case("access", postal_address=CANARY["address"])
    casework.record_posted(paper.letters.get().pk, proof=CANARY["posted"], **WHO)
    open_case("access", agent_name=CANARY["agent"], agent_relation=CANARY["relation"])
    casework.fire_timers(at=RECEIVED + 90 * DAY)


def ask_everything(case: Case) -> None:
    """Ask and hear all that can be asked about the access request."""
    access = case.tickets.get(right_code="access").pk
    number = case.subject.identifiers.get(kind="customer_number").pk
    casework.ask_identity(access, doubts=CANARY["doubt"], items=CANARY["item"], **WHO)
    casework.reject_proof(access, why=CANARY["why"], items=CANARY["item"], **WHO)
    casework.accept_proof(access, method=CANARY["method"], identifiers=[number], **WHO)
    casework.ask_clarification(access, question=CANARY["question"], **WHO)
    casework.clarify(access, answer=CANARY["answer"], **WHO)
    casework.propose_extension(access, reason=CANARY["reason"], **WHO)
    casework.extend(access, by=DECIDER, at=RECEIVED)
    assert casework.search_systems(at=RECEIVED) == 1


def answer_everything(case: Case) -> None:
    """Answer each of the four rights in another way."""
    tickets = dict(case.tickets.values_list("right_code", "pk"))
    access, erasure = tickets["access"], tickets["erasure"]
    proposal: dict[str, Any] = {"reasons": CANARY["reason"], **WHO}
    casework.propose(access, outcome="no_data", **proposal)
    casework.return_proposal(access, why=CANARY["why"], by=DECIDER, at=RECEIVED)
    casework.propose(access, outcome="no_data", **proposal)
    decide(access, by=DECIDER)
    casework.take_in_hand(erasure, **WHO)
    kept: dict[str, Any] = {"verdict": "retain", "exception": "legal_claims"}
    casework.examine_grounds(
        erasure, categories=["claims"], ground="no_longer_necessary", **WHO
    )
    casework.examine_exceptions(
        erasure,
        categories=["claims"],
        keep_until=date(2029, 3, 5),
        why=CANARY["why"],
        **kept,
        **WHO,
    )
    casework.propose(erasure, outcome="refused", grounds=["legal_claims"], **proposal)
    decide(erasure, by=DECIDER)
    casework.redirect(tickets["objection"], controller=CANARY["address"], **WHO)
    rectify(tickets["rectification"])
    casework.withdraw(tickets["rectification"], by=SUBJECT, at=RECEIVED)
    for letter in Letter.objects.filter(state="draft"):
        casework.approve_letter(letter.pk, **WHO)
    casework.send_letters(at=RECEIVED)
    casework.move_keep_until(
        erasure,
        category="claims",
        keep_until=date(2030, 3, 5),
        why=CANARY["why"],
        **WHO,
    )
    casework.reopen(erasure, why=CANARY["why"], by=DPO, at=RECEIVED + DAY)


def rectify(ticket_id: int) -> None:
    """Note what is said to be wrong, and judge it."""
    casework.take_in_hand(ticket_id, **WHO)
    casework.verify(
        ticket_id,
        system="crm",
        place=CANARY["item"],
        says=CANARY["text"],
        should_say=CANARY["detail"],
        evidence=CANARY["file"],
        **WHO,
    )
    casework.judge_datum(
        ticket_id,
        datum=Correction.objects.get().pk,
        verdict="supplement",
        why=CANARY["why"],
        statement=CANARY["own"],
        **WHO,
    )


def test_no_word_of_a_person_leaves_its_field(
    open_case: Open,
    house: Path,
    mailoutbox: list[EmailMessage],
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with caplog.filtering(Quiet()):
        run_every_verb(open_case)
        settings.EMAIL_BACKEND = f"{Broken.__module__}.{Broken.__name__}"
        open_case("access", channel=Channel.MAIL, email=EMAIL)
        casework.send_letters(at=RECEIVED + DAY)
    ledger = repr(list(LedgerEntry.objects.values()))
    sent = "\n".join(f"{mail.subject}\n{mail.body}" for mail in mailoutbox)
    files = "\n".join(path.as_posix() for path in (house / "files").rglob("*"))
    texts = "\n".join(Letter.objects.values_list("text", flat=True))
    subjects = "\n".join(Letter.objects.values_list("subject", flat=True))
    log = "\n".join(record.getMessage() for record in caplog.records)
    assert LedgerEntry.objects.count() > 50
    assert len(mailoutbox) > 8
    for place in (ledger, sent, files, texts, subjects, log):
        assert place
        assert "kanari" not in place.casefold()
    assert list(find_faults()) == []
    assert SYSTEM.name in ledger
    assert JEANNE not in ledger


class Quiet(logging.Filter):
    """Leaves out what the database layer and the typesetter say at DEBUG."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep what our own code and everything else says."""
        return not record.name.startswith(("django.db", "weasyprint", "fontTools"))
