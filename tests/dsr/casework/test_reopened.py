"""A request that is opened again is taken up where it stood, and answered again.

GDPR Arts. 12 and 58(2)(c); access, rectification and erasure are told elsewhere.
"""

from collections.abc import Callable
from datetime import date

import pytest

from dsr import casework
from dsr.models import Ticket, find_faults
from dsr.vocabulary import State
from tests.dsr.conftest import (
    DAY,
    DPO,
    JEANNE,
    RECEIVED,
    WHY,
    Walk,
    answer_for_everyone,
    carry_out,
    close,
    close_orders,
    confirm,
    decide,
    events,
    excuse_notices,
    letters,
    propose,
    send_reply,
)
from tests.dsr.steps import make_copy

AGAIN = RECEIVED + 30 * DAY  # Saturday 4 April; its month ends on Monday 4 May
JOURNEYS: dict[str, tuple[str, tuple[Callable[..., object], ...]]] = {
    "portability": ("filtering", (propose, make_copy, decide, send_reply, close)),
    "restriction": (
        "applying",
        (propose, decide, close_orders, excuse_notices, carry_out, send_reply),
    ),
    "objection": ("balancing", (propose, decide, close_orders, carry_out, send_reply)),
    "automated_decision_review": (
        "reviewing_human",
        (propose, decide, carry_out, send_reply),
    ),
    "marketing_opt_out": ("propagating", (answer_for_everyone, send_reply)),
    "consent_withdrawal": ("stopping", (answer_for_everyone, confirm, send_reply)),
}


@pytest.mark.usefixtures("plain_letters")
@pytest.mark.parametrize("right", JOURNEYS)
def test_it_is_taken_up_where_it_stood_and_answered_again(
    walk: Walk, right: str
) -> None:
    stood, steps = JOURNEYS[right]
    closed = walk(State.CLOSED, right, email=JEANNE)

    again = casework.reopen(closed.pk, why=WHY, by=DPO, at=AGAIN)
    assert (again.state, again.due_strict) == (stood, date(2026, 5, 4))
    assert (again.outcome, again.replied_at, again.clock_frozen) == ("", None, None)
    for step in steps:
        step(again.pk, at=AGAIN)

    ended = Ticket.objects.get(pk=again.pk)
    assert (ended.state, ended.outcome) == (State.CLOSED, "granted")
    assert ended.replied_at
    assert ended.replied_at.date() == AGAIN.date()
    assert letters(ended.case).count(("reply", "sent")) == 2
    told = [one for one in events(ended.case) if one.startswith("ticket.")]
    assert told.count("ticket.replied") == 2
    assert told[-2:] == ["ticket.replied", "ticket.closed"]
    assert list(find_faults()) == []
