"""Which transition leaves which state, for every right; and who may set a state."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django_fsm import ConcurrentTransition, TransitionNotAllowed, can_proceed

from dsr.models import Letter, Ticket, Timer
from dsr.rights import TICKETS
from dsr.rights.drawing import moves, states
from dsr.vocabulary import State
from tests.dsr.conftest import RECEIVED, Open
from tests.dsr.machines import TRANSITIONS_OF

ASKABLE = {"triage", "in_progress"}
TABLE = {
    "qualify": ({"received"}, "triage"),
    "take_in_hand": ({"received", "triage"}, "in_progress"),
    "ask_identity": (ASKABLE, "awaiting_identity"),
    "reject_proof": ({"awaiting_identity"}, "awaiting_identity"),
    "accept_proof": ({"awaiting_identity"}, "in_progress"),
    "establish_identity": (set(State.WORKABLE), None),
    "ask_clarification": (ASKABLE, "awaiting_clarification"),
    "clarify": ({"awaiting_clarification"}, "in_progress"),
    "answer_gates": (set(State.UNDECIDED), None),
    "propose_extension": (set(State.WORKABLE), None),
    "extend": (set(State.WORKABLE), None),
    "propose": (
        {"in_progress", "awaiting_identity"} | set(State.EXAMINING),
        "decision_pending",
    ),
    "advise": (
        {"awaiting_identity", "awaiting_clarification", "decision_pending"}
        | set(State.WORKABLE),
        None,
    ),
    "override_late_refusal": ({"decision_pending"}, None),
    "examine_excess": (set(State.WORKABLE), None),
    "fee_paid": ({"reply_pending"}, "in_progress"),
    "fee_lapsed": ({"reply_pending"}, "withdrawn"),
    "return_proposal": ({"decision_pending"}, "in_progress"),
    "grant": ({"decision_pending"}, "executing"),
    "decline": ({"decision_pending"}, "reply_pending"),
    "complete": ({"executing"}, "reply_pending"),
    "reply": ({"reply_pending"}, "replied"),
    "close": ({"replied"}, "closed"),
    "redirect": (set(State.WORKABLE), "redirected"),
    "merge": ({"triage"}, "merged"),
    "withdraw": (set(State.OPEN), "withdrawn"),
    "reopen": ({"replied", "closed"}, "in_progress"),
}
CALLS: dict[str, dict[str, Any]] = {
    "take_in_hand": {"owner": "officer"},
    "propose_extension": {"reason": "many", "by": "officer", "at": RECEIVED},
    "extend": {"by": "decider", "at": RECEIVED},
    "propose": {
        "outcome": "granted",
        "grounds": [],
        "reasons": "",
        "by": "officer",
        "at": RECEIVED,
    },
    "grant": {"by": "decider", "at": RECEIVED},
    "make_copy": {
        "outcome": "granted",
        "grounds": [],
        "reasons": "",
        "by": "officer",
        "at": RECEIVED,
    },
    "decline": {"by": "decider", "at": RECEIVED},
    "complete": {"done": "it is done"},
    "confirm": {"done": "it is done", "by": "officer", "at": RECEIVED},
    "reply": {"at": RECEIVED},
    "close": {"at": RECEIVED},
    "redirect": {"at": RECEIVED},
    "merge": {"at": RECEIVED},
    "withdraw": {"at": RECEIVED},
    "fee_lapsed": {"at": RECEIVED},
}
EVERYWHERE = [
    (right, state)
    for right, model in TICKETS.items()
    for state in sorted(states(model))
]


def table_of(right: str) -> dict[str, tuple[set[str], str | None]]:
    return TABLE | TRANSITIONS_OF.get(right, {})


EVERY_MOVE = [
    (right, name, state)
    for right in TICKETS
    for name, state in product(table_of(right), sorted(states(TICKETS[right])))
]


@pytest.mark.parametrize("right", TICKETS)
def test_the_table_names_every_transition_of_the_right(right: str) -> None:
    model = TICKETS[right]
    assert {move.name for move in moves(model)} == {
        name
        for name, (sources, _) in table_of(right).items()
        if sources & states(model)
    }


@pytest.mark.parametrize(("right", "state"), EVERYWHERE)
def test_a_transition_leaves_the_states_of_the_table_only(
    right: str, state: State
) -> None:
    ticket = TICKETS[right](right_code=right, state=state)
    table = table_of(right)
    possible = {name for name in table if can_proceed(getattr(ticket, name))}
    assert possible == {
        name for name, (sources, _) in table.items() if state in sources
    }


@pytest.mark.parametrize(("right", "name", "state"), EVERY_MOVE)
def test_a_transition_arrives_where_the_table_says_or_not_at_all(
    right: str, name: str, state: State
) -> None:
    sources, target = table_of(right)[name]
    ticket = TICKETS[right](right_code=right, state=state)
    if state in sources:
        getattr(ticket, name)(**CALLS.get(name, {}))
        assert ticket.state == (target or state)
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(ticket, name)(**CALLS.get(name, {}))
        assert ticket.state == state


@pytest.mark.parametrize("right", ["marketing_opt_out", "consent_withdrawal"])
@pytest.mark.parametrize("outcome", ["refused", "partial", "fee", "not_identified"])
def test_what_takes_effect_at_once_knows_no_refusal(right: str, outcome: str) -> None:
    ticket = TICKETS[right](right_code=right, state="in_progress")
    with pytest.raises(TransitionNotAllowed, match="cannot end"):
        ticket.propose(**CALLS["propose"] | {"outcome": outcome})
    assert (ticket.state, ticket.proposed_outcome) == ("in_progress", "")


@pytest.mark.parametrize("right", TICKETS)
def test_a_row_comes_as_the_ticket_of_its_right(open_case: Open, right: str) -> None:
    case = open_case(right)
    assert type(Ticket.objects.get()) is TICKETS[right]
    assert type(case.tickets.get()) is TICKETS[right]
    assert type(Timer.objects.select_related("ticket")[0].ticket) is TICKETS[right]
    assert type(Ticket.objects.defer("right_code").get()) is Ticket


@pytest.mark.parametrize("state", State)
def test_the_state_cannot_be_assigned(state: State) -> None:
    ticket = Ticket(right_code="access")
    with pytest.raises(AttributeError):
        ticket.state = state
    assert ticket.state == State.RECEIVED


def test_a_refreshed_ticket_stays_guarded(open_case: Open) -> None:
    ticket = open_case().tickets.get()
    ticket.refresh_from_db()
    assert ticket.state == State.TRIAGE
    ticket.refresh_from_db(fields=["state"])
    ticket.refresh_from_db(None, ["due"])
    with pytest.raises(AttributeError):
        ticket.state = State.CLOSED


def test_a_field_loaded_late_leaves_the_state_as_it_was(open_case: Open) -> None:
    open_case()
    ticket = Ticket.objects.defer("details").get()
    ticket.take_in_hand(owner="officer")
    assert ticket.details == {}
    assert ticket.state == State.IN_PROGRESS
    ticket.save()
    assert Ticket.objects.get().state == State.IN_PROGRESS


def test_a_vanished_row_leaves_the_guard_up(open_case: Open) -> None:
    ticket, other = Ticket(pk=99_999, right_code="access"), open_case().tickets.get()
    with pytest.raises(Ticket.DoesNotExist):
        ticket.refresh_from_db()
    for one in (other, Ticket(right_code="erasure")):
        with pytest.raises(AttributeError):
            one.state = State.CLOSED


def test_a_ticket_moved_by_another_is_not_overwritten(open_case: Open) -> None:
    mine = open_case().tickets.get()
    theirs = Ticket.objects.get(pk=mine.pk)
    theirs.take_in_hand(owner="colleague")
    theirs.save()
    mine.withdraw(at=RECEIVED)
    with pytest.raises(ConcurrentTransition), transaction.atomic():
        mine.save()
    assert Ticket.objects.get(pk=mine.pk).state == State.IN_PROGRESS


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        (
            {"state": "closed", "replied_at": RECEIVED},
            "ticket_outcome_iff_decided_or_ended",
        ),
        ({"outcome": "granted"}, "ticket_outcome_iff_decided_or_ended"),
        ({"replied_at": RECEIVED}, "ticket_replied_at_iff_replied"),
        ({"decided_at": RECEIVED}, "ticket_decided_at_iff_by"),
        ({"decided_by": "x"}, "ticket_decided_at_iff_by"),
    ],
)
def test_the_database_refuses_what_no_verb_writes(
    open_case: Open, wrong: dict[str, Any], constraint: str
) -> None:
    ticket = open_case().tickets.get()
    rows = Ticket.objects.filter(pk=ticket.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**wrong)


def pairs() -> list[tuple[type[models.Model], str]]:
    """Return every pair of `<name>_at` and `<name>_by` of our models."""
    return [
        (model, field.name.removesuffix("_at"))
        for app in ("subjects", "dsr", "exports")
        for model in apps.get_app_config(app).get_models()
        if not model._meta.proxy
        for field in model._meta.fields
        if field.name.endswith("_at")
        and field.name.removesuffix("_at") + "_by"
        in {other.name for other in model._meta.fields}
    ]


def test_there_are_pairs_to_look_at() -> None:
    found = pairs()
    assert (Ticket, "decided") in found
    assert (Letter, "approved") in found


@pytest.mark.parametrize(("model", "name"), pairs())
def test_an_instant_and_its_author_are_set_together(
    model: type[models.Model], name: str
) -> None:
    held = [
        str(one.condition)
        for one in model._meta.constraints
        if isinstance(one, models.CheckConstraint)
    ]
    assert any(f"{name}_at__isnull" in text and f"{name}_by" in text for text in held)


def test_nobody_sets_a_state_past_the_guard() -> None:
    past_the_guard = re.compile(r"\.update\(\s*state=|bulk_update\(|\.protected\s*=")
    root = Path(settings.BASE_DIR)
    found = [
        path.relative_to(root).as_posix()
        for room in ("dsr", "exports", "subjects", "config")
        for path in (root / room).rglob("*.py")
        if "migrations" not in path.parts
        and past_the_guard.search(path.read_text("utf-8"))
    ]
    assert found == []
