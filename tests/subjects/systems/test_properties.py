"""What must hold for any description and any database."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from subjects.systems.collect import collected
from subjects.systems.datasets import read_datasets
from subjects.systems.shape import DatasetError
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import parse_url
from tests.subjects.systems.test_collect import EMAIL, ID, ME, described, ids, refers

KEYS = st.sampled_from(
    (
        "dataset",
        "fides_key",
        "collections",
        "fields",
        "name",
        "fides_meta",
        "fidesops_meta",
        "references",
        "field",
        "direction",
        "identity",
        "primary_key",
        "data_type",
        "length",
        "after",
        "namespace",
        "rightsdesk",
        "title",
        "codes",
        "fr",
        "redact",
        "skip_processing",
        "return_all_elements",
        "data_categories",
    )
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 2),
    st.sampled_from(["a", "a.b", "string", "string[]", "object", "from", "name", ""]),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=30,
)
FIELD = st.fixed_dictionaries(
    {"name": st.sampled_from("abc")},
    optional={"fides_meta": ANYTHING, "fields": ANYTHING, "rightsdesk": ANYTHING},
)
COLLECTION = st.fixed_dictionaries(
    {"name": st.sampled_from("abc"), "fields": st.lists(FIELD, max_size=2)},
    optional={"fides_meta": ANYTHING, "data_categories": ANYTHING},
)
DATASET = st.fixed_dictionaries(
    {"fides_key": st.sampled_from("ab"), "collections": st.lists(COLLECTION)}
)
FILE = ANYTHING | st.fixed_dictionaries({"dataset": st.lists(DATASET | ANYTHING)})


@settings(max_examples=60, deadline=None)
@given(content=FILE)
def test_any_yaml_is_read_or_refused_in_one_line(content: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.yml"
        path.write_text(yaml.safe_dump(content), "utf-8")

        read, refused = 0, ""
        try:
            read = len(read_datasets(path))
        except DatasetError as error:
            refused = str(error)

    assert refused.startswith(f"{path}: ") or read == len(content["dataset"])
    assert "\n" not in refused


MAYBE = st.none() | st.integers(1, 6)
TABLE = st.lists(st.tuples(MAYBE, MAYBE), max_size=8)
YAML = described(
    people=[ID, EMAIL, refers("home", "homes.id", "to")],
    homes=[ID],
    orders=[ID, refers("person", "people.id"), refers("parent", "orders.id")],
    items=[ID, refers("person", "people.id"), refers("order_no", "orders.id")],
)
SQL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, home INT);
CREATE TABLE homes (id INTEGER PRIMARY KEY);
CREATE TABLE orders (id INTEGER PRIMARY KEY, person INT, parent INT);
CREATE TABLE items (id INTEGER PRIMARY KEY, person INT, order_no INT);
INSERT INTO homes VALUES (1), (2), (3), (4), (5), (6);
"""


ORDERS = "INSERT INTO orders VALUES (?, ?, ?)"
ITEMS = "INSERT INTO items VALUES (?, ?, ?)"


class TwoAtOnce(SQLSystem):
    """A system that takes two values a question, so that there are many questions."""

    values_at_once = 2


Rows = list[tuple[int | None, int | None]]


def expected(people: Rows, orders: Rows, items: Rows) -> dict[str, list[int]]:
    """Say by brute force what belongs to whoever has our address."""
    mine = [n for n, (mail, _) in enumerate(people, 1) if mail == 1]
    homes = sorted({home for mail, home in people if mail == 1 and home})
    bought: list[int] = []
    for _ in range(len(orders) + 1):
        bought = [
            n
            for n, (person, parent) in enumerate(orders, 1)
            if person in mine or parent in bought
        ]
    got = [
        n for n, (who, order) in enumerate(items, 1) if who in mine or order in bought
    ]
    return {"people": mine, "homes": homes, "orders": bought, "items": got}


@settings(max_examples=30, deadline=None)
@given(people=TABLE, orders=TABLE, items=TABLE)
def test_in_any_database_exactly_the_persons_own_rows_are_found_once(
    people: Rows, orders: Rows, items: Rows
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, description = Path(folder) / "shop.sqlite3", Path(folder) / "shop.yml"
        description.write_text(YAML, "utf-8")
        with closing(sqlite3.connect(database)) as connection:
            connection.executescript(SQL)
            mails = {1: "a@x.example", 2: "b@x.example"}
            told = [(n, mails.get(m or 0), h) for n, (m, h) in enumerate(people, 1)]
            connection.executemany("INSERT INTO people VALUES (?, ?, ?)", told)
            for statement, rows in ((ORDERS, orders), (ITEMS, items)):
                numbered = [(n, *row) for n, row in enumerate(rows, 1)]
                connection.executemany(statement, numbered)
            connection.commit()
        url = parse_url(f"sqlite:///{database}")
        system = TwoAtOnce("shop", url, read_datasets(description))

        found = ids(collected([system], ME))
        system.close()

    ordered = {name: sorted(found[name]) for name in found}
    assert ordered == expected(people, orders, items)
