"""The ten gates of one ticket: what is answered, by whom or by which fact."""

from dataclasses import dataclass

from django.utils.functional import Promise

from dsr.models import GateAnswer, Ticket, reopened_at
from dsr.policy.gates.facts import Shown, facts_of, shown_by
from dsr.policy.gates.questions import QUESTIONS, GateQuestion, answers_to
from dsr.vocabulary import SYSTEM, GateAnswerCode, State


@dataclass(frozen=True, slots=True)
class GateLine:
    """One gate as it stands; `answer` is empty while it is open.

    `by` is the officer who answered; empty where a fact shows it. `may_answer` are
    the answers an officer may give now: none where a fact shows one. `before` is
    what was answered before the ticket was opened again, while that is open.
    """

    asked: GateQuestion
    answer: str
    note: str
    by: str
    may_answer: tuple[GateAnswerCode, ...]
    before: GateAnswer | None = None

    @property
    def gate(self) -> str:
        """The code of the gate."""
        return self.asked.gate.value

    @property
    def is_open(self) -> bool:
        """Whether it is not answered yet."""
        return not self.answer

    @property
    def in_words(self) -> Promise | str:
        """The answer in words."""
        return dict(GateAnswerCode.choices).get(self.answer, self.answer)


def checklist(ticket: Ticket) -> list[GateLine]:
    """Return the ten gates of a ticket.

    Until it is decided, what a fact shows goes before what anybody said; then the
    answers stand as they were written down. Opened again, a ticket is looked at
    anew: what was answered before is only remembered.
    """
    undecided = ticket.state in State.UNDECIDED
    shown = shown_by(facts_of(ticket)) if undecided else {}
    since = reopened_at(ticket)
    last: dict[str, GateAnswer] = {}
    before: dict[str, GateAnswer] = {}
    for one in ticket.gate_answers.all():
        if undecided and one.answered_by == SYSTEM.name:
            continue
        of_now = since is None or one.answered_at >= since
        (last if of_now else before)[one.gate] = one
    return [
        _line(
            question,
            shown.get(gate),
            last.get(gate),
            before.get(gate),
            answers_to(gate, ticket) if undecided else (),
        )
        for gate, question in QUESTIONS.items()
    ]


def _line(
    asked: GateQuestion,
    shown: Shown | None,
    said: GateAnswer | None,
    before: GateAnswer | None,
    possible: tuple[GateAnswerCode, ...],
) -> GateLine:
    if shown is not None:
        return GateLine(asked, shown.answer, shown.fact, "", ())
    if said is None:
        return GateLine(asked, "", "", "", possible, before)
    by = "" if said.answered_by == SYSTEM.name else said.answered_by
    return GateLine(asked, said.answer, said.note, by, possible)


def open_gates(lines: list[GateLine]) -> list[GateLine]:
    """Return those that are not answered."""
    return [line for line in lines if line.is_open]
