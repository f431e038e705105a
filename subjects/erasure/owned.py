"""The rows of one person, each with whether it is theirs alone.

For what is done to single rows without a plan of erasure: to correct, or to mark.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from subjects.erasure.links import links_of
from subjects.erasure.person import Held, Person
from subjects.erasure.standing import Order
from subjects.erasure.tables import Tables
from subjects.erasure.whose import Owners
from subjects.systems.base import System
from subjects.systems.collect import Search, plan
from subjects.systems.shape import Path
from subjects.systems.values import values_at


class Found(NamedTuple):
    """A row that was found: whether nobody else has a share in it, and names them.

    `is_named` says that it bears an identity of the person.
    """

    held: Held
    is_theirs: bool
    is_named: bool


def rows_of(
    systems: Sequence[System], identities: Mapping[str, Sequence[str]]
) -> Iterator[Found]:
    """Yield every row that the search finds.

    Raises:
        DatasetError: the descriptions do not fit together.
        ReadError: a system cannot answer.

    """
    everything = Order(rules={}, verdicts=None, under=(), today=date.max)
    tables = Tables(systems, everything)
    reached = plan(systems, identities).reached()
    search = Search(
        systems, identities, also={one: tables.at(one).key for one in reached}
    )
    person = Person(tables, search)
    links = links_of(tables.collections, search.plan)
    owners = Owners(person, tables.collections, links, identities)
    for held in person.each():
        yield Found(held, held in owners.theirs, held in owners.named)


def now_at(held: Held, path: Path) -> Any:
    """Return what a row says at a path: a value, or inside a column a list of them."""
    if len(path) == 1:
        return held.whole.get(path[0])
    return list(values_at(held.whole, path))
