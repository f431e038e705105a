"""A ticket's card on the case page: where it stands, its dates, what may be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dsr import casework
from dsr.casework.unreached import unreached
from dsr.clock.derivation import day_in_words
from dsr.desk.acts import ACTS
from dsr.desk.days import Left, Today, time_left
from dsr.desk.effects import effects_of
from dsr.desk.envelope import HealthPart, health_part
from dsr.desk.erasures import ErasureRow, erasure_rows
from dsr.desk.errands import ErrandRow, errand_rows
from dsr.desk.languages import reader_language
from dsr.desk.linked import (
    MeasureView,
    ObjectedView,
    facts_of_others,
    measures_of,
    objected_of,
)
from dsr.desk.words import flags_of, next_step
from dsr.models import (
    Letter,
    PurposeCheck,
    RecipientNotice,
    SearchTask,
    SystemOrder,
    Ticket,
)
from dsr.policy import ActStatus, acts
from dsr.policy.advice import is_late_refusal
from dsr.policy.gates import GateLine, checklist, disagreements
from dsr.rights import Right, right_of
from dsr.vocabulary import Actor, NoticeState, OrderState, SearchState, State


@dataclass(frozen=True, slots=True)
class Line:
    """A step of the derivation: a sentence, and where it stands in the law."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the ticket with what it is."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person answered to a question of the form."""

    question: str | Promise
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that the case page shows of one ticket."""

    ticket: Ticket
    right: Right
    left: Left | None
    next_step: Promise | str
    flags: list[Promise]
    days: list[Day]
    effects: list[Day]
    derivation: list[Line]
    answers: list[Answer]
    allowed: list[ActStatus]
    others: list[ActStatus]
    searches: list[SearchTask]
    unreached: dict[str, str]
    health: HealthPart | None
    letters: list[Letter]
    orders: list[SystemOrder]
    notices: list[RecipientNotice]
    purposes: list[PurposeCheck]
    grounds: list[str]
    erasures: list[ErasureRow]
    errands: list[ErrandRow]
    gates: list[GateLine]
    disagreements: list[str]
    late_refusal: bool
    measures: list[MeasureView]
    objected: list[ObjectedView]
    facts_of_others: list[str]

    @property
    def open_gates(self) -> int:
        """How many checks are not answered yet."""
        return sum(line.is_open for line in self.gates)

    @property
    def usual(self) -> list[ActStatus]:
        """The acts that most tickets in this state need."""
        return [act for act in self.allowed if not ACTS[act.name].rare]

    @property
    def rare(self) -> list[ActStatus]:
        """The acts that few tickets ever need."""
        return [act for act in self.allowed if ACTS[act.name].rare]

    @property
    def lacks_proof(self) -> bool:
        """Whether no search can run because nothing of the person is proven."""
        working = self.ticket.state in (State.IN_PROGRESS, *State.EXAMINING)
        return working and self.right.searches and not self.searches

    @property
    def is_examined(self) -> bool:
        """Whether there is a record of what the right itself asks to examine."""
        one = self.ticket
        examined = ("automated_decision", "balancing", "examination")
        return bool(
            self.erasures
            or self.objected
            or one.corrections.all()
            or any(getattr(one, name, None) for name in examined)
        )

    @property
    def may_be_late(self) -> bool:
        """Whether the legal day is so near that a delay may have to be announced."""
        return self.left is not None and self.left.urgency != "far"

    @property
    def may_search_again(self) -> bool:
        """Whether a system could not be searched, or nothing was found there."""
        again = (SearchState.UNREACHABLE, SearchState.NOTHING, SearchState.FOUND)
        return self.ticket.is_open and any(s.state in again for s in self.searches)

    @property
    def may_close_orders(self) -> bool:
        """Whether a system has not answered yet."""
        return any(order.state == OrderState.WAITING for order in self.orders)

    @property
    def may_retry_orders(self) -> bool:
        """Whether a machine tried to carry out an order, and stopped trying."""
        return any(
            order.state == OrderState.WAITING
            and order.last_error
            and order.next_attempt_at is None
            for order in self.orders
        )

    @property
    def may_tell(self) -> bool:
        """Whether a recipient is neither told nor excused."""
        return any(notice.state == NoticeState.OPEN for notice in self.notices)

    @property
    def may_note_confirmations(self) -> bool:
        """Whether somebody who was told has not confirmed."""
        return any(notice.state == NoticeState.SENT for notice in self.notices)


def card(
    ticket: Ticket, *, by: Actor, now: Today, tickets: list[Ticket] | None = None
) -> Card:
    """Gather the card; `ticket` comes with its case, searches and letters.

    `tickets` are all of the case, for what of the others matters here.
    """
    status = acts(ticket, by=by, at=now.at)
    right = right_of(ticket)
    return Card(
        ticket=ticket,
        right=right,
        left=time_left(ticket.due_strict, now) if ticket.is_open else None,
        next_step=next_step(ticket),
        flags=list(flags_of(ticket)),
        days=list(_days(ticket)),
        effects=list(_effects(ticket)),
        derivation=_derivation(ticket),
        answers=_answers(ticket, right),
        allowed=[act for act in status if act.allowed],
        others=[act for act in status if not act.allowed],
        searches=list(ticket.searches.all()),
        unreached=_unreached(ticket),
        health=health_part(ticket, list(ticket.searches.all())),
        letters=list(ticket.letters.all()),
        orders=list(ticket.orders.all()),
        notices=list(ticket.notices.all()),
        purposes=list(ticket.purpose_checks.all()),
        grounds=_grounds(ticket, right),
        erasures=erasure_rows(ticket, reader_language(), now),
        errands=errand_rows(ticket),
        gates=checklist(ticket),
        disagreements=_disagreements(ticket),
        late_refusal=ticket.is_open and is_late_refusal(ticket, now.at),
        measures=measures_of(ticket, by=by, now=now),
        objected=objected_of(ticket),
        facts_of_others=facts_of_others(ticket, tickets or []),
    )


def _unreached(ticket: Ticket) -> dict[str, str]:
    """Return the collections that the searches of an open ticket cannot reach."""
    if not ticket.is_open or not ticket.searches.all():
        return {}
    return dict(unreached(casework.identities_of(ticket)))


def _days(ticket: Ticket) -> Iterator[Day]:
    language = reader_language()

    def day(label: str, value: date | None, otherwise: str = "") -> Day:
        return Day(label, day_in_words(value, language) if value else otherwise)

    yield day(_("Received"), ticket.received_on)
    yield day(_("Legal day, strict"), ticket.due_strict)
    if ticket.due != ticket.due_strict:
        yield day(_("Legal day with pauses"), ticket.due, _("open while suspended"))
    if ticket.is_open and not ticket.extended_at:
        yield day(_("Announce an extension by"), ticket.extension_notice_due)
    if ticket.is_open:
        yield day(_("Refuse by"), ticket.refusal_notice_due, _("open while suspended"))


def _effects(ticket: Ticket) -> Iterator[Day]:
    """Yield what took effect at once, and since when."""
    language = reader_language()
    for label, since in effects_of(ticket, language):
        yield Day(label, day_in_words(since, language))


def _derivation(ticket: Ticket) -> list[Line]:
    language = reader_language()
    steps = casework.deadline_of(ticket).steps
    return [Line(step.text(language), step.source.text(language)) for step in steps]


def _answers(ticket: Ticket, right: Right) -> list[Answer]:
    labels = {question.code: question.label for question in right.questions}
    return [
        Answer(labels.get(code, code), text)
        for code, text in ticket.details.items()
        if text
    ]


def _disagreements(ticket: Ticket) -> list[str]:
    """Return where the checklist speaks against what is proposed."""
    if not ticket.proposed_outcome or ticket.state not in State.UNDECIDED:
        return []
    return list(disagreements(ticket, ticket.proposed_outcome, ticket.grounds))


def _grounds(ticket: Ticket, right: Right) -> list[str]:
    known = {
        ground.code: f"{ground.label} ({ground.source})" for ground in right.grounds
    }
    return [known.get(code, code) for code in ticket.grounds]
