"""Review of an automated decision: qualified, then reviewed by a human."""

from datetime import timedelta

from django.contrib.auth.models import Group, User

from dsr import casework
from dsr.casework import Qualification, Reviewed
from dsr.models import Ticket
from dsr.vocabulary import Actor, State
from tests.dsr.steps import (
    DPO,
    OFFICER,
    RECEIVED,
    WHY,
    Paths,
    ask_identity,
    carry_out,
    close,
    decide,
    merge,
    propose,
    redirect,
    send_reply,
    take,
    withdraw,
)

RITA = Actor("rita", frozenset({"reviewer"}))
VIEW_BY = (RECEIVED + timedelta(days=10)).date()
SCORED = Qualification(
    what="The letter of 3 February 2026 that ended the travel contract.",
    maker="system",
    rules="payment score 4.2",
    effect="The contract ends, and no other is offered.",
    is_automated=True,
    is_significant=True,
    basis="contract",
)
CHANGED = Reviewed(
    inputs="The contract, the payments, and the record of the score.",
    view="I paid in time.",
    view_considered="The payment of January was found, and counts.",
    result="changed",
    reasons="The payments were in time; the contract goes on.",
    explanation="The score counts late payments of the last twelve months.",
    minutes=45,
)


def reviewer(name: str = RITA.name) -> Actor:
    """Make a member of staff who may review."""
    user, _made = User.objects.get_or_create(username=name)
    user.groups.add(Group.objects.get(name="reviewer"))
    return Actor(name, frozenset({"reviewer"}))


def qualify(ticket_id: int, qualification: Qualification = SCORED) -> Ticket:
    """Say which decision it is."""
    return casework.qualify_decision(
        ticket_id, qualification=qualification, by=OFFICER, at=RECEIVED
    )


def assign(ticket_id: int) -> Ticket:
    """Give it to the reviewer; the invitation needs an address."""
    return casework.assign_reviewer(
        ticket_id,
        reviewer=reviewer().name,
        authority=WHY,
        view_by=VIEW_BY,
        by=DPO,
        at=RECEIVED,
    )


def review(ticket_id: int, reviewed: Reviewed = CHANGED) -> Ticket:
    """Record the review."""
    return casework.record_review(ticket_id, reviewed=reviewed, by=RITA, at=RECEIVED)


_REVIEWED = (take, qualify, assign, review, propose)
_DECIDED = (*_REVIEWED, decide)
PATHS: Paths = {
    State.TRIAGE: (),
    State.AWAITING_IDENTITY: (ask_identity,),
    State.IN_PROGRESS: (take,),
    State.QUALIFYING: (take, qualify),
    State.REVIEWING_HUMAN: (take, qualify, assign),
    State.DECISION_PENDING: _REVIEWED,
    State.EXECUTING: _DECIDED,
    State.REPLY_PENDING: (*_DECIDED, carry_out),
    State.REPLIED: (*_DECIDED, carry_out, send_reply),
    State.CLOSED: (*_DECIDED, carry_out, send_reply, close),
    State.REDIRECTED: (redirect,),
    State.MERGED: (merge,),
    State.WITHDRAWN: (withdraw,),
}
TRANSITIONS: dict[str, tuple[set[str], str | None]] = {
    "qualify_decision": ({"in_progress", "qualifying"}, "qualifying"),
    "assign_reviewer": ({"qualifying", "reviewing_human"}, "reviewing_human"),
    "record_review": ({"reviewing_human"}, None),
    "stop_special_use": ({"executing"}, None),
}
