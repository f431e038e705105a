"""The checklist of the gates: answered by an officer, written down at the decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import locked, record
from dsr.models import GateAnswer, Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.gates import GateLine, checklist
from dsr.vocabulary import SYSTEM, Actor, Event, Gate, GateAnswerCode, Role


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """What an officer answers at a gate; most answers need a note that explains them.

    The note belongs to the file: never to the ledger, nor to the person's letter.
    """

    gate: str
    answer: str
    note: str = ""


@transaction.atomic
def answer_gates(
    ticket_id: int, *, answers: Sequence[NewAnswer], by: Actor, at: datetime
) -> Ticket:
    """Answer some of the checks that every request passes; the last answer holds.

    What says the same as before is left alone.

    Raises:
        PolicyError: a fact already shows the answer, it is none of the gate's, or
            its note is missing.

    """
    ticket = locked(ticket_id, "answer_gates", by=by, at=at)
    lines = {line.gate: line for line in checklist(ticket)}
    new = [one for one in answers if _is_new(lines, one)]
    if not new:
        raise PolicyError(_("Nothing new was answered; choose an answer."))
    for one in new:
        check_role(by, *_roles(one.gate))
        _accept(lines[one.gate], one)
        _keep(ticket, one.gate, one.answer, one.note.strip(), by=by, at=at)
    _record(ticket, {one.gate: one.answer for one in new}, by=by, at=at)
    return ticket


def write_down_facts(ticket: Ticket, *, at: datetime) -> None:
    """Keep what the facts show at the decision; they may change, or be deleted."""
    shown = [line for line in checklist(ticket) if line.answer and not line.by]
    for line in shown:
        _keep(ticket, line.gate, line.answer, line.note, by=SYSTEM, at=at)
    _record(ticket, {line.gate: line.answer for line in shown}, by=SYSTEM, at=at)


def _is_new(lines: dict[str, GateLine], one: NewAnswer) -> bool:
    if one.gate not in lines:
        raise PolicyError(
            _("There is no check “%(gate)s”; known are: %(known)s.")
            % {"gate": one.gate, "known": ", ".join(lines)}
        )
    line = lines[one.gate]
    return (line.answer, line.note) != (one.answer, one.note.strip())


def _roles(gate: str) -> Iterator[str]:
    """Yield who may answer: the law's restrictions are also the DPO's business."""
    yield Role.HANDLER
    if gate == Gate.G6:
        yield Role.DPO


def _accept(line: GateLine, one: NewAnswer) -> None:
    name = f"{line.gate} {line.asked.gate.label}"
    if not line.may_answer:
        raise PolicyError(
            _("%(gate)s is not for you to answer: %(help)s")
            % {"gate": name, "help": line.note or line.asked.fails}
        )
    if one.answer not in line.may_answer:
        possible = ", ".join(line.may_answer)
        raise PolicyError(
            _("%(gate)s cannot be answered “%(answer)s”; possible are: %(possible)s.")
            % {"gate": name, "answer": one.answer, "possible": possible}
        )
    if one.answer in GateAnswerCode.NEEDS_NOTE and not one.note.strip():
        raise PolicyError(
            _("Add a note to %(gate)s: “%(answer)s” has to be explained.")
            % {"gate": name, "answer": dict(GateAnswerCode.choices)[one.answer]}
        )


def _keep(
    ticket: Ticket, gate: str, answer: str, note: str, *, by: Actor, at: datetime
) -> None:
    GateAnswer.objects.create(
        ticket=ticket,
        gate=gate,
        answer=answer,
        note=note,
        answered_by=by.name,
        answered_at=at,
    )


def _record(
    ticket: Ticket, answers: dict[str, str], *, by: Actor, at: datetime
) -> None:
    record(ticket, Event.TICKET_GATES_ANSWERED, by=by, at=at, gates=answers)
