"""What must hold after every step, whoever did what."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from django.core import mail

from dsr.casework.alarms import instants
from dsr.letters.contents import find_contents
from dsr.models import (
    FeeNotice,
    HumanReview,
    LedgerEntry,
    Letter,
    RecipientNotice,
    RestrictionMeasure,
    SearchTask,
    SystemOrder,
    Ticket,
    Timer,
    deadline_of,
    find_faults,
)
from dsr.policy.checks import SHORTEST_REASON
from dsr.rights import TICKETS, right_of
from dsr.rights.drawing import moves
from dsr.vocabulary import LetterKind, LetterState, Outcome, State, TimerKind
from exports.models import Package
from subjects.models import SuppressionEntry
from tests.dsr.machines.at_random.deletion import message_id, rows_that_say
from tests.dsr.machines.at_random.people import PERSONAL

Tickets = list[Ticket]
# Passed through within one act, which leaves one line.
MOMENTS = {State.SUPPRESSING, State.REVOKING}
# Alarms that ring after the reply.
OUTLIVE = (
    TimerKind.RESTRICTION_LIFT,
    TimerKind.NOTICE_DUE,
    TimerKind.KEEP_UNTIL,
    TimerKind.HOLD_REVIEW,
    TimerKind.LETTER_RETURNED,
)


def the_ledger_is_whole(tickets: Tickets) -> None:
    """No chain has a fault."""
    assert list(find_faults()) == []


def every_move_is_in_the_ledger(tickets: Tickets) -> None:
    """Follow the states in the ledger, move by move, to where each ticket stands."""
    rights = {ticket.pk: ticket.right_code for ticket in tickets}
    stood = dict.fromkeys(rights, State.RECEIVED.value)
    lines = LedgerEntry.objects.filter(facts__has_key="ticket").order_by("pk")
    for facts in lines.values_list("facts", flat=True):
        if "state" in facts and facts["ticket"] in stood:  # it may be deleted
            pk, state = facts["ticket"], facts["state"]
            assert state in _next(rights[pk])[stood[pk]], f"{stood[pk]} to {state}"
            stood[pk] = state
    for ticket in tickets:
        assert stood[ticket.pk] == ticket.state, f"{ticket}: {stood[ticket.pk]}"


@cache
def _next(right: str) -> dict[str, set[str]]:
    """Return which states the next line of a ticket may name, by where it stood.

    The same, one a move away, or one that is two away through a moment.
    """
    known = moves(TICKETS[right])
    after: dict[str, set[str]] = {state: {state} for state in State.values}
    for move in known:
        after[move.source].add(move.target)
        if move.target in MOMENTS:
            after[move.source] |= {
                one.target for one in known if one.source == move.target
            }
    return after


def nothing_personal_is_in_the_ledger(tickets: Tickets) -> None:
    """Codes, ids, dates and digests only."""
    for by, facts in LedgerEntry.objects.values_list("by", "facts"):
        text = f"{by} {json.dumps(facts, ensure_ascii=False)}"
        assert not [one for one in PERSONAL if one in text], text


def the_dates_follow_from_the_log(tickets: Tickets) -> None:
    """Compare what stands on a ticket with what the log of its clock says."""
    for ticket in tickets:
        if ticket.is_open:
            found = deadline_of(ticket)
            assert _dates(ticket) == (
                found.received_on,
                found.due_strict,
                found.due,
                found.extension_notice,
                found.refusal_notice,
            ), ticket
            assert ticket.due is None or ticket.due >= ticket.due_strict, ticket


def _dates(ticket: Ticket) -> tuple[date | None, ...]:
    return (
        ticket.received_on,
        ticket.due_strict,
        ticket.due,
        ticket.extension_notice_due,
        ticket.refusal_notice_due,
    )


def an_ended_clock_stands_still(tickets: Tickets) -> None:
    """Keep the dates in force at the end, and only then."""
    for ticket in tickets:
        assert (ticket.clock_frozen is None) == ticket.is_open, ticket


def timers_run_for_what_is_open(tickets: Tickets) -> None:
    """Each alarm that the dates call for is set, none is to come for what has ended."""
    timers = Timer.objects.values_list("ticket", "kind", "due_at", "fired_at")
    known = {(pk, kind): due_at for pk, kind, due_at, _ in timers}
    for ticket in tickets:
        wanted = instants(ticket)
        assert ticket.is_open <= bool(wanted), ticket
        assert {kind: known.get((ticket.pk, kind)) for kind in wanted} == wanted, ticket
    ended = {ticket.pk for ticket in tickets if not ticket.is_open}
    pending = {(pk, kind) for pk, kind, _, fired_at in timers if fired_at is None}
    assert [kind for pk, kind in pending if pk in ended and kind not in OUTLIVE] == []


def no_is_said_by_two_with_reasons(tickets: Tickets) -> None:
    """Refuse with ground, reasons, a second person, and a letter with remedies."""
    for ticket in tickets:
        if ticket.case.forgotten_at:
            continue  # the reasons went with the person
        if ticket.decided_at and ticket.outcome in Outcome.NEEDS_GROUND:
            assert ticket.grounds, ticket
            assert len(ticket.reasons) >= SHORTEST_REASON, ticket
        if ticket.decided_at and ticket.outcome in Outcome.FOUR_EYES:
            assert ticket.proposed_by, ticket
            assert ticket.proposed_by != ticket.decided_by, ticket
        if ticket.replied_at:
            _reply_says_it(ticket)


def _reply_says_it(ticket: Ticket) -> None:
    replies = ticket.letters.filter(kind=LetterKind.REPLY, state="sent", again_of=None)
    letter = replies.filter(sent_at=ticket.replied_at).get()
    with letter.pdf.open("rb") as file:
        contents = find_contents(file.read().decode().removeprefix("%PDF-"))
    assert contents.get("remedies"), letter
    if ticket.outcome in (*Outcome.NEEDS_GROUND, Outcome.FEE):
        assert contents.get("reasons"), letter


def no_extension_without_two(tickets: Tickets) -> None:
    """Who proposes an extension does not agree to it; it is asked in month one."""
    for ticket in tickets:
        if ticket.extended_at:
            assert ticket.extended_by != ticket.extension_proposed_by, ticket


def what_takes_effect_at_once_is_never_held_up(tickets: Tickets) -> None:
    """Marketing and consent are not refused, extended, or asked for an ID."""
    for ticket in tickets:
        right = right_of(ticket)
        if not right.effect_at_once:
            continue
        assert ticket.outcome not in Outcome.FOUR_EYES, ticket
        assert ticket.extension_proposed_at is ticket.extended_at is None, ticket
        if not right.asks_identity:
            assert ticket.state != State.AWAITING_IDENTITY, ticket
            assert not ticket.letters.filter(kind=LetterKind.IDENTITY_REQUEST), ticket


def nothing_is_lifted_untold(tickets: Tickets) -> None:
    """Lift a restriction after its notice went out, and two people agreed."""
    for measure in RestrictionMeasure.objects.exclude(lifted_at=None):
        letter = measure.notice
        assert letter is not None, measure
        assert letter.sent_at is not None, measure
        assert measure.lifted_at is not None, measure
        assert letter.sent_at < measure.lifted_at, measure
        assert measure.lift_proposed_by != measure.lift_approved_by, measure


def the_forgotten_are_forgotten(tickets: Tickets) -> None:
    """Of a person whose years are over, nothing is left but a row of the register."""
    assert list(rows_that_say(PERSONAL)) == []


def nobody_reviews_what_they_made(tickets: Tickets) -> None:
    """Let a decision be reviewed by a person who had no part in it."""
    for review in HumanReview.objects.select_related("ticket__automated_decision"):
        decision = review.ticket.automated_decision
        assert review.reviewer not in (decision.maker, review.assigned_by), review
        assert review.recorded_by in ("", review.reviewer), review


def no_fee_is_taken_untold(tickets: Tickets) -> None:
    """Take, or miss, a fee only after its notice went out; for advertising never."""
    for fee in FeeNotice.objects.select_related("ticket", "letter"):
        assert not right_of(fee.ticket).effect_at_once, fee
        assert fee.noticed_at or not (fee.paid_at or fee.lapsed_at), fee
        assert fee.letter is None or fee.letter.sent_at == fee.noticed_at, fee


def nothing_happens_twice(tickets: Tickets) -> None:
    """One mail a letter, one search a system, one copy a decision, one entry."""
    mails = Counter(message_id(message) for message in mail.outbox)
    assert [key for key, times in mails.items() if times > 1] == []
    sent = Letter.objects.filter(state=LetterState.SENT).exclude(to_email="")
    assert {letter.message_id for letter in sent} == set(mails)
    _once(SearchTask.objects.values_list("ticket", "system"))
    _once(Package.objects.values_list("ticket", "proposed_at"))
    _once(SuppressionEntry.objects.values_list("digest", "channel", "scope"))
    _once(SystemOrder.objects.values_list("ticket", "system", "act", "turn"))
    _once(_notices())
    open_replies = Letter.objects.filter(kind=LetterKind.REPLY, again_of=None)
    over = (LetterState.SENT, LetterState.CANCELLED)
    _once(open_replies.exclude(state__in=over).values_list("ticket"))


def _notices() -> Iterable[tuple[object, ...]]:
    return RecipientNotice.objects.values_list(
        "ticket", "recipient", "operation", "turn"
    )


def _once(rows: Iterable[tuple[object, ...]]) -> None:
    twice = [row for row, times in Counter(rows).items() if times > 1]
    assert not twice, twice


INVARIANTS: tuple[Callable[[Tickets], None], ...] = (
    the_ledger_is_whole,
    every_move_is_in_the_ledger,
    nothing_personal_is_in_the_ledger,
    the_dates_follow_from_the_log,
    an_ended_clock_stands_still,
    timers_run_for_what_is_open,
    no_is_said_by_two_with_reasons,
    no_extension_without_two,
    what_takes_effect_at_once_is_never_held_up,
    nothing_is_lifted_untold,
    the_forgotten_are_forgotten,
    nobody_reviews_what_they_made,
    no_fee_is_taken_untold,
    nothing_happens_twice,
)
