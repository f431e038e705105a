"""Who may do what, in which state: every right, act, role and state, exactly.

The tables are written by hand; each state is reached by the desk's own verbs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from dsr.models import Ticket, find_faults
from dsr.policy import ACTS, PolicyError, check
from dsr.rights import TICKETS
from dsr.rights.drawing import states
from dsr.vocabulary import Role
from tests.dsr.conftest import Open
from tests.dsr.policy.tables import ACTORS, TABLES, Also, Table
from tests.dsr.policy.tables.table import BY_PHONE

Allowed = set[tuple[str, str, str]]  # in which situation, who, may do what


def situations(table: Table) -> list[Also]:
    """Return every state, reached on the shortest way, and every fact besides."""
    plain = [
        Also("", state, path, opening=table.openings.get(state, BY_PHONE))
        for state, path in table.paths.items()
        if state not in table.unseen
    ]
    return [*plain, *table.also]


def owed(one: Also, table: Table) -> Allowed:
    """Return what the table allows in a situation."""
    usual = table.allows(one.state)
    more = {(role, act) for act, roles in one.more.items() for role in roles}
    less = {(role, act) for act, roles in one.less.items() for role in roles}
    assert more.isdisjoint(usual), f"{one.fact}: allowed anyhow"
    assert less <= usual, f"{one.fact}: not allowed anyhow"
    return {(name(one), *pair) for pair in (usual | more) - less}


def name(one: Also) -> str:
    return f"{one.state}, {one.fact}" if one.fact else str(one.state)


def found(one: Also, ticket: Ticket) -> Allowed:
    """Ask for everybody and every act."""
    assert ticket.state == one.state, one.fact
    return {
        (name(one), role, act)
        for role in ACTORS
        for act in ACTS
        if may(role, act, ticket, one)
    }


def may(role: str, act: str, ticket: Ticket, one: Also) -> bool:
    try:
        check(act, ticket, by=ACTORS[role], at=one.at)
    except PolicyError:
        return False
    return True


def walk(ticket_id: int, left: Iterable[Also]) -> Iterator[tuple[Also, Ticket]]:
    """Go every way once, and come back to where ways part."""
    ways = list(left)
    for one in ways:
        if not one.path:
            yield one, Ticket.objects.get(pk=ticket_id)
    onward = [one for one in ways if one.path]
    for step in dict.fromkeys(one.path[0] for one in onward):
        with taken_back():
            step(ticket_id)
            behind = [
                replace(one, path=one.path[1:]) for one in onward if one.path[0] == step
            ]
            yield from walk(ticket_id, behind)
    if not onward:
        assert list(find_faults()) == []


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo what is done meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("plain_letters")
@pytest.mark.parametrize("right", TABLES)
def test_who_may_do_what(
    open_case: Open, settings: Settings, tmp_path: Path, right: str
) -> None:
    table, usable = TABLES[right], settings.SYSTEMS_FILE
    all_of_them = situations(table)
    allowed: Allowed = set()
    for opening in {str(one.opening): one.opening for one in all_of_them}.values():
        settings.SYSTEMS_FILE = usable if opening.systems else tmp_path / "none.toml"
        with taken_back():
            ticket = open_case(right, **opening.given).tickets.get()
            here = [one for one in all_of_them if one.opening == opening]
            for one, reached in walk(ticket.pk, here):
                allowed |= found(one, reached)
    assert allowed == set().union(*(owed(one, table) for one in all_of_them))


@pytest.mark.parametrize("right", TICKETS)
def test_the_table_names_every_act_and_every_state(right: str) -> None:
    table = TABLES[right]
    possible = {act for act, (_, seen) in table.acts.items() if seen}
    possible |= {act for one in table.also for act in one.more}
    assert possible | table.never == set(ACTS)
    assert possible & table.never == set()
    seen = {one.state for one in situations(table)}
    assert seen | table.unseen == states(TICKETS[right])
    assert seen & table.unseen == set()


def test_every_role_is_somebody() -> None:
    roles = {role for actor in ACTORS.values() for role in actor.roles}
    assert roles == set(Role.values)
