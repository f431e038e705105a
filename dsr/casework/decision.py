"""The decision: proposed with grounds and reasons, taken by who may take it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.asking import identity_checked
from dsr.casework.clockwork import set_timers
from dsr.casework.correspondence import draft_reply
from dsr.casework.fees import Fee, check_fee, keep_fee
from dsr.casework.gates import write_down_facts
from dsr.casework.objection import erase_what_stopped
from dsr.casework.proceeding import proceed
from dsr.casework.ticket_lock import lock_case, locked, record
from dsr.models import Ticket
from dsr.policy.at_once import proposal_fits_effect
from dsr.policy.checks import long_reason, proposal_is_lawful
from dsr.policy.erasing import items_bear_out
from dsr.policy.excess import excess_is_shown
from dsr.policy.health import health_is_cleared
from dsr.policy.human_review import review_bears_out
from dsr.policy.information import information_bears_out
from dsr.policy.objecting import objection_bears_out
from dsr.policy.rectifying import verdicts_bear_out
from dsr.policy.restricting import restriction_bears_out
from dsr.policy.searching import search_bears_out
from dsr.policy.transferring import provenance_bears_out, transfer_bears_out
from dsr.policy.withholding import restriction_names_its_law
from dsr.rights import WithCopy
from dsr.vocabulary import Actor, Event, Outcome, ProofResult, State


@transaction.atomic
def propose(
    ticket_id: int,
    *,
    outcome: str,
    grounds: Sequence[str] = (),
    reasons: str = "",
    law: str = "",
    fee: Fee | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Put a decision to the one who decides.

    `law` is the article of a national law that restricts the right, for the person.

    Raises:
        PolicyError: the right knows no such outcome or ground, reasons are
            missing, or a system is neither searched nor excused.

    Source: GDPR Art. 12(4) and (5); the grounds cite their own articles.

    """
    ticket = locked(ticket_id, "propose", by=by, at=at)
    chosen = list(dict.fromkeys(grounds))
    proposal_is_lawful(ticket, outcome=outcome, grounds=chosen, reasons=reasons)
    restriction_names_its_law(ticket, chosen, law)
    proposal_fits_effect(ticket, outcome)
    verdicts_bear_out(ticket, outcome, chosen)
    items_bear_out(ticket, outcome, chosen)
    search_bears_out(ticket, outcome, chosen)
    information_bears_out(ticket, outcome)
    provenance_bears_out(ticket, outcome)
    transfer_bears_out(ticket, chosen)
    health_is_cleared(ticket, outcome)
    restriction_bears_out(ticket, outcome, chosen)
    objection_bears_out(ticket, outcome, chosen)
    review_bears_out(ticket, outcome=outcome, grounds=chosen)
    excess_is_shown(ticket, chosen)
    check_fee(ticket, fee, outcome=outcome, grounds=chosen, at=at)
    ticket.law = law.strip()
    move = ticket.propose
    if isinstance(ticket, WithCopy) and outcome in Outcome.CARRIED_OUT:
        move = ticket.make_copy  # the copy first: it is part of what is decided
    move(outcome=outcome, grounds=chosen, reasons=reasons, by=by.name, at=at)
    ticket.save()
    keep_fee(ticket, fee, by=by, at=at)
    if outcome == Outcome.NOT_IDENTIFIED:
        identity_checked(ticket, ProofResult.UNANSWERED, by=by, at=at)
    record(ticket, Event.TICKET_PROPOSED, by=by, at=at, outcome=outcome, grounds=chosen)
    return ticket


@transaction.atomic
def return_proposal(ticket_id: int, *, why: str, by: Actor, at: datetime) -> Ticket:
    """Send a proposal back to the handler."""
    ticket = locked(ticket_id, "return_proposal", by=by, at=at)
    long_reason(why, _("The reason"))
    ticket.return_proposal()
    ticket.save()
    set_timers(ticket, at=at)
    record(ticket, Event.TICKET_RETURNED, by=by, at=at)
    proceed(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def decide(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Decide as proposed; what is not granted whole takes a second person.

    What is granted is carried out next; what is not goes straight to its letter.
    """
    ticket = locked(ticket_id, "decide", by=by, at=at)
    write_down_facts(ticket, at=at)
    carried_out = ticket.proposed_outcome in Outcome.CARRIED_OUT
    if carried_out:
        ticket.grant(by=by.name, at=at)
    else:
        ticket.decline(by=by.name, at=at)
    ticket.save()
    set_timers(ticket, at=at)
    record(
        ticket,
        Event.TICKET_DECIDED,
        by=by,
        at=at,
        outcome=ticket.outcome,
        grounds=ticket.grounds,
        proposed_by=ticket.proposed_by,
    )
    if ticket.state == State.REPLY_PENDING:
        draft_reply(ticket, by=by, at=at)
    else:
        proceed(ticket, by=by, at=at)
    return ticket


@transaction.atomic
def complete(
    ticket_id: int, *, done: str, erase: bool = False, by: Actor, at: datetime
) -> Ticket:
    """Note what was carried out, in words for the person, and draft the reply.

    After an objection that holds, `erase` opens a request for erasure as well.
    """
    if erase:  # it joins the case, so the case is locked first
        lock_case(Ticket.objects.values_list("case_id", flat=True).get(pk=ticket_id))
    ticket = locked(ticket_id, "complete", by=by, at=at)
    long_reason(done, _("What was done"))
    ticket.complete(done=done)
    ticket.save()
    set_timers(ticket, at=at)
    record(ticket, Event.TICKET_CARRIED_OUT, by=by, at=at)
    if erase:
        erase_what_stopped(ticket, by=by, at=at)
    draft_reply(ticket, by=by, at=at)
    return ticket
