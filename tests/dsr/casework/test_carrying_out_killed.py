"""Whatever statement a worker dies at, the next one finishes the order exactly once."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from sqlalchemy import Engine, event

from dsr import casework
from dsr.models import LedgerEntry, SystemOrder, Ticket
from tests.dsr.casework.test_carrying_out import SOON, ordered, planned, say
from tests.dsr.conftest import RECEIVED

__all__ = ["ordered", "planned"]
WRITES = ("INSERT", "UPDATE", "DELETE")
ROWS = "SELECT id, channel, note FROM interactions WHERE id < 5 ORDER BY id"


class KilledError(BaseException):
    """The end of a process: nothing catches it."""


class Death:
    """Counts the steps of a worker, and ends it before one of them."""

    def __init__(self, at: int = -1) -> None:
        self.steps = 0
        self.at = at

    def step(self, *_args: object, **_given: object) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise KilledError

    def of_system(
        self, _connection: object, _cursor: object, sql: str, *_: object
    ) -> None:
        if "pragma" not in sql.lower():  # looks at the tables, before anything is done
            self.step()

    def of_desk(
        self,
        execute: Callable[..., Any],
        sql: str,
        params: Any,
        many: bool,
        context: Any,
    ) -> Any:
        if sql.startswith(WRITES):
            self.step()
        return execute(sql, params, many, context)


@contextmanager
def death(at: int = -1) -> Iterator[Death]:
    """Let what is done inside die before its step number `at`."""
    one = Death(at)
    event.listen(Engine, "before_cursor_execute", one.of_system)
    event.listen(Engine, "commit", one.step)
    try:
        with connection.execute_wrapper(one.of_desk):
            yield one
    finally:
        event.remove(Engine, "before_cursor_execute", one.of_system)
        event.remove(Engine, "commit", one.step)


@contextmanager
def forgotten(house: Path) -> Iterator[None]:
    """Undo afterwards what is done inside, in the desk and in the systems."""
    shutil.copytree(house / "company", house / "before")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    shutil.rmtree(house / "company")
    (house / "before").rename(house / "company")


def test_killed_at_every_step_and_begun_again_it_is_done_once(
    ordered: Ticket, house: Path
) -> None:
    with forgotten(house), death() as counted:
        casework.carry_out_orders(at=SOON)
        done = say(house, ROWS)
    assert done != say(house, ROWS)
    survived = 0

    for step in range(1, counted.steps + 1):
        with forgotten(house):
            with death(at=step), pytest.raises(KilledError):
                casework.carry_out_orders(at=SOON)
            survived += say(house, ROWS) == done
            casework.carry_out_orders(at=RECEIVED + timedelta(hours=1))

            orders = SystemOrder.objects.filter(ticket=ordered)
            assert {one.state for one in orders} == {"done"}, step
            assert not any(one.plan or one.next_attempt_at for one in orders)
            crm = orders.get(system="crm").receipt
            assert sum(sum(one.values()) for one in crm.values()) == 2
            assert say(house, ROWS) == done
            told = LedgerEntry.objects.filter(event="order.carried_out")
            assert told.filter(facts__system="crm").count() == 1
    assert counted.steps > 15
    assert 0 < survived < counted.steps  # it died before and after the system's commit
