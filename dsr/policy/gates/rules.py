"""What the checklist must say before a decision: all, and what the proposal says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from dsr.models import FeeNotice, Ticket
from dsr.policy.gates.checklist import checklist, open_gates
from dsr.policy.gates.questions import GROUND_OF
from dsr.policy.refusal import PolicyError
from dsr.rights.grounds import OF_SINGLE_DATA
from dsr.vocabulary import Actor, Gate, GateAnswerCode, Outcome

Code = GateAnswerCode


def checklist_is_whole(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Decide only what was assessed gate by gate. GDPR Arts. 5(2) and 12."""
    still = open_gates(checklist(ticket))
    if still:
        raise PolicyError(
            _("Not answered yet: %(gates)s. Answer these checks first.")
            % {
                "gates": ", ".join(
                    f"{one.gate} {one.asked.gate.label}" for one in still
                )
            }
        )


def checklist_agrees(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Decide nothing that the checklist contradicts."""
    for sentence in disagreements(ticket, ticket.proposed_outcome, ticket.grounds):
        raise PolicyError(sentence)


def disagreements(
    ticket: Ticket, outcome: str, grounds: Sequence[str]
) -> Iterator[str]:
    """Yield where the checklist and an outcome with its grounds say two things."""
    said = {line.gate: line.answer for line in checklist(ticket)}
    chosen = frozenset(grounds)
    yield from _controller(said)
    yield from _identity(said, outcome)
    yield from _abuse(ticket, said, outcome, chosen)
    yield from _restriction(said, chosen)
    if chosen & OF_SINGLE_DATA and said[Gate.G7] in (Code.NONE, Code.GIVEN):
        yield _(
            "The proposal withholds for the rights of others, but G7 says that "
            "nothing is to be kept back. Correct one of the two."
        )


def _controller(said: Mapping[str, str]) -> Iterator[str]:
    if said[Gate.G2] in (Code.PROCESSOR, Code.OTHER):
        yield _(
            "G2 says that another controller has to answer: return the proposal and "
            "pass the request on (GDPR Arts. 4(7), 26 and 28)."
        )


def _identity(said: Mapping[str, str], outcome: str) -> Iterator[str]:
    failed = said[Gate.G3] == Code.FAILED
    if failed and outcome != Outcome.NOT_IDENTIFIED:
        yield _(
            "G3 says that it cannot be established who is asking: accept a proof, or "
            "propose that the person is not identified."
        )
    if outcome == Outcome.NOT_IDENTIFIED and said[Gate.G3] and not failed:
        yield _(
            "The proposal says that the person is not identified, but G3 says that "
            "they are. Correct one of the two."
        )


def _fee_is_paid(ticket: Ticket) -> bool:
    """Whether the sign at G5 is settled: the fee came, so we answer. Art. 12(5)(a)."""
    return FeeNotice.objects.filter(ticket=ticket, paid_at__isnull=False).exists()


def _abuse(
    ticket: Ticket, said: Mapping[str, str], outcome: str, chosen: frozenset[str]
) -> Iterator[str]:
    sign = GROUND_OF.get(said[Gate.G5])
    unused = sign and sign not in chosen and outcome != Outcome.FEE
    if unused and not _fee_is_paid(ticket):
        yield _(
            "G5 shows a sign of %(sign)s, but the proposal does not rest on it: choose "
            "that ground, or answer G5 anew (GDPR Art. 12(5))."
        ) % {"sign": dict(Code.choices)[said[Gate.G5]]}
    unsaid = {ground for ground in GROUND_OF.values() if ground in chosen} - {sign}
    if unsaid and said[Gate.G5]:
        yield _(
            "The proposal rests on Article 12(5), but G5 does not say so: answer G5 "
            "anew with the facts, or choose another ground."
        )


def _restriction(said: Mapping[str, str], chosen: frozenset[str]) -> Iterator[str]:
    restricted = "legal_restriction" in chosen
    if restricted and said[Gate.G6] == Code.NONE:
        yield _(
            "The proposal rests on a law that restricts the right, but G6 names none. "
            "Correct one of the two."
        )
    if said[Gate.G6] == Code.NAMED and not restricted:
        yield _(
            "G6 names a law that restricts the right, but the proposal does not rest "
            "on it: choose that ground, or answer G6 anew."
        )
