"""Random acts of random people on random cases: whatever happens, the law holds.

Once in a while, or after a change of a machine, let it run longer:
`RANDOM_EXAMPLES=2000 pytest tests/dsr/machines/at_random`.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from dsr import casework
from dsr.letters import transport
from dsr.models import Ticket
from dsr.policy import ACTS, PolicyError, check
from dsr.policy import acts as statuses
from dsr.rights import TICKETS
from dsr.rights.drawing import moves
from dsr.vocabulary import Actor
from tests.dsr.machines.at_random.chores import CHORES, WORKERS, no_server
from tests.dsr.machines.at_random.invariants import INVARIANTS
from tests.dsr.machines.at_random.months import months_pass
from tests.dsr.machines.at_random.people import (
    EVERYBODY,
    REVIEWER,
    STAFF,
    Pick,
    open_at_random,
)
from tests.dsr.machines.at_random.said import SAID
from tests.dsr.steps import everything

EXAMPLES = int(os.environ.get("RANDOM_EXAMPLES", "10"))
STEPS = int(os.environ.get("RANDOM_STEPS", "125"))
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# They end a ticket, or send it back: too often, and the rest is never seen. Each is
# possible when a die of that many sides shows nought.
SELDOM = {
    "withdraw": 60,
    "redirect": 60,
    "merge": 5,
    "ask_identity": 5,
    "ask_clarification": 5,
    "return_proposal": 5,
}
FEW = 3  # tickets to work on
# Hypothesis throws the dice for each step; so it can leave out steps to find the
# shortest way to a fault, and does not try the same few things again and again.
CHANCE = st.integers(0, 2**64 - 1)


class Desk(RuleBasedStateMachine):
    """A desk where anybody tries anything; each example is rolled back at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = transaction.atomic()
        self.rows.__enter__()
        mail.outbox = []
        self.now: datetime | None = None
        self.changed = False  # since the invariants were looked at

    def teardown(self) -> None:
        """Forget the example."""
        transaction.set_rollback(True)
        self.rows.__exit__(None, None, None)

    @initialize(chance=CHANCE)
    def somebody_asks(self, chance: int) -> None:
        """Open the first case."""
        self.now = open_at_random(_dice(str(chance)).choice).received_at
        self.changed = True

    @rule(chance=CHANCE)
    def something_happens(self, chance: int) -> None:
        """Let one of many things happen."""
        pick = _dice(f"{chance} at {self.now}").choice
        happens = pick(
            (
                *[self._an_allowed_act] * 12,
                *[self._a_chore] * 5,
                *[self._workers] * 3,
                self._any_act,
                self._an_act_said_wrongly,
                self._time_passes,
                pick((self._months_pass, self._workers)),  # or all ends too early
                self._another_case,
            )
        )
        if not Ticket.objects.exists():  # all that there was is deleted
            happens = self._another_case
        happens(pick)

    def _an_allowed_act(self, pick: Pick) -> None:
        """Let somebody do what the policy says they may."""
        ticket, at = self._ticket(pick), self._later()
        left_out = {name for name, sides in SELDOM.items() if pick(range(sides))}
        allowed = {
            one.name: by
            for by in _dice(str(at)).sample(STAFF, len(STAFF))
            for one in statuses(ticket, by=by, at=at)
            if one.allowed and one.name not in left_out
        }
        further = {name: by for name, by in allowed.items() if _moves(name, ticket)}
        if allowed:
            stays = not pick(range(4))
            often = allowed if stays or not further else further
            name, by = pick(list(often.items()))
            self._try(name, ticket, SAID[name].may(ticket, pick), by=by, at=at)

    def _any_act(self, pick: Pick) -> None:
        """Let anybody try anything; what the policy refuses changes nothing."""
        ticket, by, name = self._ticket(pick), pick(EVERYBODY), pick(list(ACTS))
        said, at = SAID[name].may(ticket, pick), self._later()
        note(f"{by.name}: {name} {ticket}, {ticket.state}: {said}")
        try:
            check(name, ticket, by=by, at=at)
        except PolicyError:
            with self._refusal():
                _do(name)(ticket.pk, **said, by=by, at=at)
        else:
            self._try(name, ticket, said, by=by, at=at)

    def _an_act_said_wrongly(self, pick: Pick) -> None:
        """Let somebody leave out what an act needs; that is always refused."""
        ticket, by = self._ticket(pick), pick(STAFF)
        name = pick([name for name, said in SAID.items() if said.never])
        said = pick(SAID[name].never)(ticket, pick)
        note(f"{by.name}: {name} {ticket}, {ticket.state}: {said}")
        with self._refusal():
            _do(name)(ticket.pk, **said, by=by, at=self._later())

    def _a_chore(self, pick: Pick) -> None:
        """Let somebody do one of the desk's other works, now and then anybody."""
        by = pick(STAFF if pick(range(5)) else EVERYBODY)
        found = [(one.do, list(one.on())) for one in CHORES.values()]
        do, rows = pick([(do, rows) for do, rows in found if rows])
        row, at = pick(rows), self._later()
        note(f"{at:%d %b %Y} {by.name}: {do.__name__} {row}")
        with self._no_half_measures():
            do(row, pick, by, at)

    def _workers(self, pick: Pick) -> None:
        """Let the workers do what is due; now and then no mail can be sent."""
        note("the workers work")
        with pytest.MonkeyPatch.context() as patch:
            if not pick(range(10)):
                patch.setattr(transport, "send", no_server)
            for work in WORKERS.values():
                work(at=self._later())
        self.changed = True

    def _another_case(self, pick: Pick) -> None:
        """Let the same person, or another, write again."""
        if Ticket.objects.open().count() < FEW:
            case = open_at_random(pick, self.now)
            note(f"a new case: {case}")
            self.now = max(self._later(), case.received_at)
            self.changed = True

    def _time_passes(self, pick: Pick) -> None:
        """Wait, and let the alarms ring that came due."""
        self.now = self._later() + pick((1, 2, 3, 7, 14, 30, 60)) * DAY
        note(f"it is {self.now:%d %b %Y}")
        casework.fire_timers(at=self.now)
        self.changed = True

    def _months_pass(self, pick: Pick) -> None:
        """Let the desk come to rest now and then; what it keeps comes to its end."""
        self.now = months_pass(pick, self._later())
        note(f"months passed, it is {self.now:%d %b %Y}")
        self.changed = True

    @invariant()
    def the_law_holds(self) -> None:
        """Look at everything that must always be so."""
        if self.changed:
            self.changed = False
            tickets = list(Ticket.objects.select_related("case__subject"))
            for holds in INVARIANTS:
                holds(tickets)

    def _later(self) -> datetime:
        """Return the next instant: no two things happen at the same."""
        assert self.now is not None
        self.now += MINUTE
        return self.now

    def _ticket(self, pick: Pick) -> Ticket:
        """Return a ticket, an open one if there is any; new ones keep coming."""
        tickets = Ticket.objects.select_related("case").order_by("pk")
        still = list(tickets.open())
        if not still or not pick(range(5)):
            still = list(tickets)
        return pick(still)

    def _try(
        self,
        name: str,
        ticket: Ticket,
        said: dict[str, Any],
        *,
        by: Actor,
        at: datetime,
    ) -> None:
        """Do what the policy allows; the facts may still speak against it."""
        note(f"{at:%d %b %Y} {by.name}: {name} {ticket}, {ticket.state}: {said}")
        with self._no_half_measures():
            _do(name)(ticket.pk, **said, by=by, at=at)

    @contextmanager
    def _no_half_measures(self) -> Iterator[None]:
        """Let an act succeed, or be refused by a sentence and change nothing."""
        before = everything()
        try:
            yield
        except PolicyError as error:
            refusal = str(error)
            note(f"  refused: {refusal}")
        else:
            self.changed = True
            return
        assert refusal.endswith((".", "…")), refusal
        assert everything() == before

    @contextmanager
    def _refusal(self) -> Iterator[None]:
        """Expect a sentence, and nothing changed."""
        before = everything()
        with pytest.raises(PolicyError, match=r"\.$"):
            yield
        assert everything() == before


def _moves(name: str, ticket: Ticket) -> bool:
    """Whether an act takes the ticket to another state, or a decision needs it."""
    known = moves(TICKETS[ticket.right_code])
    leave = {(one.name, one.source) for one in known if one.source != one.target}
    return name == "answer_gates" or (ACTS[name].transition, ticket.state) in leave


def _dice(chance: str) -> random.Random:
    return random.Random(chance)  # noqa: S311 - nothing secret is thrown


def _do(name: str) -> Callable[..., object]:
    verb: Callable[..., object] = getattr(casework, name)
    return verb


@pytest.fixture
def fast(house: Path, plain_letters: None) -> None:
    """Draw no letters, and have a reviewer."""
    reviewer = User.objects.create_user(REVIEWER.name)
    reviewer.groups.add(Group.objects.get(name="reviewer"))


def test_it_is_known_what_is_said_with_each_act() -> None:
    assert set(SAID) == set(ACTS)


@pytest.mark.timeout(24 * 3600 if EXAMPLES * STEPS > 2000 else 300)
def test_the_law_holds_whatever_anybody_does(fast: None) -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # The story is told step by step; to shorten it would take minutes.
            phases=[Phase.reuse, Phase.generate],
            print_blob=True,
        ),
    )
