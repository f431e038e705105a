"""The people of the desk, and the steps by which a ticket is walked to a state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from dsr import casework
from dsr.models import Case, InformationItem, LedgerEntry, Letter, Ticket
from dsr.policy import PolicyError
from dsr.policy.gates import checklist
from dsr.policy.health import health_findings, is_cleared
from dsr.rights import right_of
from dsr.vocabulary import (
    SUBJECT,
    SYSTEM,
    Actor,
    Channel,
    Gate,
    GateAnswerCode,
    LetterKind,
    State,
)

JEANNE, LUC = "jeanne.peeters@demo.example", "luc.janssens@demo.example"
OFFICER = Actor("officer", frozenset({"handler"}))
COLLEAGUE = Actor("colleague", frozenset({"handler", "decider"}))
DECIDER = Actor("decider", frozenset({"decider"}))
DPO = Actor("dpo", frozenset({"dpo", "decider"}))
ADVISER = Actor("medic", frozenset({"medical_adviser"}))
AUDITOR = Actor("auditor", frozenset({"auditor"}))

# Received on a Thursday; its month ends on Tuesday 7 April, after Easter.
RECEIVED = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LAW = "Act of 18 September 2017, Art. 65"
WHY = "Because this is a reason long enough for a person to read."

Paths = dict[State, tuple[Callable[[int], object], ...]]


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table of ours, to see what an act left changed."""
    return {
        model._meta.label: _rows(model)
        for app in ("subjects", "dsr", "exports")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
    }


def _rows(model: type[Model]) -> list[tuple[Any, ...]]:
    """Return the rows as the database has them: it is asked for them very often."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 - our own table
        return list(cursor.fetchall())


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
    replies = Letter.objects.filter(ticket=ticket_id, kind=LetterKind.REPLY)
    letter = replies.get(state__in=("draft", "queued"))
    if letter.state == "draft":
        casework.approve_letter(letter.pk, by=OFFICER, at=at)
    if letter.to_email:
        casework.send_letters(at=at)
    else:
        casework.record_posted(letter.pk, proof="registered 1", by=OFFICER, at=at)
    return Letter.objects.get(pk=letter.pk)


def take_unproven(ticket_id: int) -> None:
    """Take the ticket in hand before anything is proven: nothing can be searched."""
    casework.take_in_hand(ticket_id, by=OFFICER, at=RECEIVED)


def take_and_collect(ticket_id: int) -> None:
    """Take the ticket in hand, and leave the search to the worker."""
    verify(Ticket.objects.get(pk=ticket_id).case)
    casework.take_in_hand(ticket_id, by=OFFICER, at=RECEIVED)


def take(ticket_id: int) -> None:
    """Take the ticket in hand, and search if anything can be searched for."""
    verify(Ticket.objects.get(pk=ticket_id).case)
    casework.take_in_hand(ticket_id, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)


def ask_identity(ticket_id: int) -> None:
    """Doubt who is asking."""
    casework.ask_identity(
        ticket_id, doubts=WHY, items="a letter we sent", by=OFFICER, at=RECEIVED
    )


def ask_clarification(ticket_id: int) -> None:
    """Ask which data are meant."""
    casework.ask_clarification(ticket_id, question=WHY, by=OFFICER, at=RECEIVED)


def inform(ticket_id: int, by: Actor = OFFICER, at: datetime = RECEIVED) -> None:
    """Answer what the list of Art. 15 leaves open; have health data looked at."""
    for one in InformationItem.objects.filter(ticket=ticket_id, state="open"):
        casework.answer_information(
            ticket_id, item=one.item, state="given", because=WHY, by=by, at=at
        )
    clear_health(ticket_id, at=at)


def clear_health(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Let the medical adviser look at the health data, if there are any."""
    ticket = Ticket.objects.get(pk=ticket_id)
    sealed = right_of(ticket).owes_copy and health_findings(ticket).exists()
    if sealed and not is_cleared(ticket):
        casework.clear_health(ticket_id, by=ADVISER, at=at)


def propose(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Propose to grant."""
    inform(ticket_id, at=at)
    casework.propose(ticket_id, outcome="granted", by=OFFICER, at=at)


INNOCENT = {
    Gate.G2: GateAnswerCode.OURS_ALONE,
    Gate.G3: GateAnswerCode.NO_DOUBT,
    Gate.G4: GateAnswerCode.MANDATE,
    Gate.G5: GateAnswerCode.NONE,
    Gate.G6: GateAnswerCode.NONE,
    Gate.G7: GateAnswerCode.NONE,
    Gate.G8: GateAnswerCode.ORAL,
}
SUSPECT = {
    "manifestly_unfounded": (Gate.G5, GateAnswerCode.UNFOUNDED),
    "excessive_repetitive": (Gate.G5, GateAnswerCode.EXCESSIVE),
    "excessive_abuse": (Gate.G5, GateAnswerCode.ABUSE),
    "legal_restriction": (Gate.G6, GateAnswerCode.NAMED),
    "others_rights": (Gate.G7, GateAnswerCode.REDACTED),
    "trade_secret": (Gate.G7, GateAnswerCode.REDACTED),
    "not_identified": (Gate.G3, GateAnswerCode.FAILED),
}


def answer_gates(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Answer as the proposal implies what is still open, or said otherwise."""
    ticket = Ticket.objects.get(pk=ticket_id)
    implied = dict(SUSPECT[one] for one in ticket.grounds if one in SUSPECT)
    said = INNOCENT | implied
    answers = [
        casework.NewAnswer(line.gate, said[Gate(line.gate)], WHY)
        for line in checklist(ticket)
        if line.is_open or implied.get(Gate(line.gate), line.answer) != line.answer
    ]
    if answers:
        casework.answer_gates(ticket_id, answers=answers, by=OFFICER, at=at)


def decide(ticket_id: int, by: Actor = COLLEAGUE, at: datetime = RECEIVED) -> Ticket:
    """Decide as proposed, with all that the law wants answered before."""
    answer_gates(ticket_id, at=at)
    return casework.decide(ticket_id, by=by, at=at)


def make_copy(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Tell the desk, as the exports do, that the copy lies ready."""
    proposed_at = Ticket.objects.get(pk=ticket_id).proposed_at
    assert proposed_at
    casework.package_built(
        ticket_id,
        proposed_at=proposed_at,
        sha256="0" * 64,
        size=1,
        by=SYSTEM,
        at=at,
    )


def carry_out(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Carry out what was decided."""
    casework.complete(ticket_id, done=WHY, by=OFFICER, at=at)


def close_orders(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Answer for every system that was ordered to do something."""
    waiting = Ticket.objects.get(pk=ticket_id).orders.waiting()
    orders = list(waiting.values_list("pk", flat=True))
    casework.close_orders(
        ticket_id, orders=orders, done=True, note=WHY, by=OFFICER, at=at
    )


def excuse_notices(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Justify for every recipient why they are not told."""
    owed = Ticket.objects.get(pk=ticket_id).notices.still_open()
    casework.tell_recipients(
        ticket_id,
        excuse=list(owed.values_list("pk", flat=True)),
        state="not_disclosed",
        by=OFFICER,
        at=at,
    )


def close(ticket_id: int, at: datetime = RECEIVED + DAY) -> None:
    """Close what the reply did not."""
    if Ticket.objects.get(pk=ticket_id).state != State.CLOSED:
        casework.close(ticket_id, by=OFFICER, at=at)


def redirect(ticket_id: int) -> None:
    """Pass it on."""
    casework.redirect(ticket_id, controller=WHY, by=OFFICER, at=RECEIVED)


def merge(ticket_id: int) -> None:
    """Join an earlier ticket of the same right."""
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


def withdraw(ticket_id: int) -> None:
    """Let the person take it back."""
    casework.withdraw(ticket_id, by=SUBJECT, at=RECEIVED)


def confirm(ticket_id: int, at: datetime = RECEIVED) -> None:
    """Confirm what took effect at once, if it did not confirm itself."""
    ticket = Ticket.objects.get(pk=ticket_id)
    if ticket.state == State.REPLY_PENDING:
        return
    for check in ticket.purpose_checks.all():
        casework.check_purpose(
            ticket_id, purpose=check.purpose, result="erased", by=OFFICER, at=at
        )
    casework.confirm(ticket_id, done=WHY, by=OFFICER, at=at)


_DECIDED = (take, propose, decide)
PATHS: Paths = {
    State.RECEIVED: (),
    State.TRIAGE: (),
    State.AWAITING_IDENTITY: (ask_identity,),
    State.AWAITING_CLARIFICATION: (ask_clarification,),
    State.IN_PROGRESS: (take,),
    State.DECISION_PENDING: (take, propose),
    State.EXECUTING: _DECIDED,
    State.REPLY_PENDING: (*_DECIDED, carry_out),
    State.REPLIED: (*_DECIDED, carry_out, send_reply),
    State.CLOSED: (*_DECIDED, carry_out, send_reply, close),
    State.REDIRECTED: (redirect,),
    State.MERGED: (merge,),
    State.WITHDRAWN: (withdraw,),
}
