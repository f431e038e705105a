"""What the demo's two officers do with a ticket: by the desk's verbs, nothing else."""

from datetime import datetime

from dsr import casework
from dsr.casework.errand_answers import SearchAnswer, answer_search
from dsr.models import Letter, Ticket
from dsr.policy.gates import checklist
from dsr.policy.health import health_findings
from dsr.rights import right_of
from dsr.vocabulary import (
    Actor,
    Gate,
    GateAnswerCode,
    LetterKind,
    LetterState,
    Outcome,
    Role,
)

# The owner of the paper archive, who has no account and answers by a mailed link.
ARCHIVIST = Actor("archive", frozenset({Role.OWNER.value}))
OLIVIA = Actor("demo.olivia", frozenset({Role.HANDLER.value}))
MARTIN = Actor("demo.martin", frozenset({Role.MEDICAL_ADVISER.value}))
DIRK = Actor("demo.dirk", frozenset({Role.DPO.value, Role.DECIDER.value}))

TOLD = {
    "fr": "Aucune décision de ce genre n'a été prise à votre sujet.",
    "en": "No decision of this kind was taken about you.",
}


def begin(ticket: Ticket, customer_number: str, *, at: datetime) -> None:
    """Take a ticket in hand and establish who is asking, which orders the search."""
    casework.take_in_hand(ticket.pk, by=OLIVIA, at=at)
    casework.add_identifier(
        ticket.case_id, kind="customer_number", value=customer_number, by=OLIVIA, at=at
    )
    casework.establish_identity(
        ticket.pk,
        method="The address and the customer number are those on file.",
        identifiers=[one.pk for one in ticket.case.subject.identifiers.all()],
        by=OLIVIA,
        at=at,
    )


def look_in_archive(ticket: Ticket, *, at: datetime) -> None:
    """Answer for the paper archive, which holds nothing of these people."""
    for errand in ticket.errands.asked().filter(search__isnull=False):
        answer_search(errand.pk, SearchAnswer(found=False), by=ARCHIVIST, at=at)


def withhold_first(
    ticket: Ticket, collection: str, field: str, *, at: datetime
) -> None:
    """Keep one field of the first record of a collection back: it names a witness."""
    for search in ticket.searches.all():
        if search.counts.get(collection):
            casework.withhold(
                search.pk,
                collection=collection,
                row=1,
                field=field,
                ground="others_rights",
                note="The note names a witness, whose safety weighs more.",
                by=OLIVIA,
                at=at,
            )


def propose(
    ticket: Ticket,
    outcome: Outcome,
    *,
    grounds: tuple[str, ...] = (),
    reasons: str = "",
    at: datetime,
) -> None:
    """Let one officer propose; where a copy is owed, it is made next."""
    for one in ticket.information.filter(state="open"):
        casework.answer_information(
            ticket.pk,
            item=one.item,
            state="given",
            because=TOLD[ticket.case.language],
            by=OLIVIA,
            at=at,
        )
    if right_of(ticket).owes_copy and health_findings(ticket).exists():
        casework.clear_health(ticket.pk, by=MARTIN, at=at)
    casework.propose(
        ticket.pk, outcome=outcome, grounds=grounds, reasons=reasons, by=OLIVIA, at=at
    )


def decide(ticket: Ticket, *, at: datetime) -> None:
    """Let the other officer decide."""
    casework.answer_gates(ticket.pk, answers=_checks(ticket), by=OLIVIA, at=at)
    casework.decide(ticket.pk, by=DIRK, at=at)


def answer_for_systems(ticket: Ticket, *, at: datetime) -> None:
    """Note for each system that what it was ordered to do is done."""
    casework.close_orders(
        ticket.pk,
        orders=[order.pk for order in ticket.orders.waiting()],
        done=True,
        note="Done by the owner of the system, seen by Olivia.",
        by=OLIVIA,
        at=at,
    )


def _checks(ticket: Ticket) -> list[casework.NewAnswer]:
    """Answer what no fact shows: nothing about these requests is unusual."""
    usual = {Gate.G2: GateAnswerCode.OURS_ALONE}
    return [
        casework.NewAnswer(line.gate, usual.get(line.asked.gate, GateAnswerCode.NONE))
        for line in checklist(Ticket.objects.get(pk=ticket.pk))
        if line.is_open
    ]


def answer(ticket: Ticket, *, at: datetime) -> None:
    """Approve the drafted reply; the worker sends it."""
    letter = Letter.objects.get(
        ticket=ticket, kind=LetterKind.REPLY, state=LetterState.DRAFT
    )
    casework.approve_letter(letter.pk, by=OLIVIA, at=at)
