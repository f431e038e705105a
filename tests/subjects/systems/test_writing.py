"""Changes to rows: all of a list or nothing, read back, and repeatable."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from subjects.systems.changes import Change, Changeable, ChangeError, StaleError
from subjects.systems.shape import Address
from subjects.systems.sql import together, writing
from subjects.systems.sql.system import SQLSystem
from tests.subjects.systems.conftest import MakeSystem

SQL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR(40), born DATE,
  balance NUMERIC(10, 2), active BOOLEAN, note TEXT, boss INTEGER REFERENCES people);
CREATE TABLE orders (person INTEGER REFERENCES people, number CHAR(6), what TEXT,
  PRIMARY KEY (person, number));
CREATE TABLE visits (id INTEGER PRIMARY KEY,
  person INTEGER REFERENCES people ON DELETE CASCADE);
INSERT INTO people VALUES
  (1, 'ann@home.example', '1980-02-03', 12.50, TRUE, '{"a": {"b": 1}}', NULL),
  (2, 'bob@home.example', '1990-12-31', 0.10, FALSE, NULL, 1),
  (3, 'eve@home.example', '2000-01-01', 99, TRUE, 'x', NULL);
INSERT INTO orders VALUES (1, 'A1', 'book'), (1, 'A2', 'pen'), (2, 'A1', 'ink');
INSERT INTO visits VALUES (7, 3);
"""
YAML = """
dataset:
- fides_key: shop
  collections:
  - name: people
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: email, fides_meta: {identity: email}}
    - {name: born}
    - {name: balance}
    - {name: active}
    - {name: note}
    - {name: boss}
  - name: orders
    fields: [{name: person}, {name: number}, {name: what}]
"""
PEOPLE, ORDERS = Address("shop", "people"), Address("shop", "orders")


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest) -> SQLSystem:
    """Return the same shop in each make of database."""
    make: MakeSystem = request.getfixturevalue(f"{request.param}_system")
    return make(SQL, YAML)


def rows(shop: SQLSystem, table: str) -> list[tuple[Any, ...]]:
    """Return what a table holds, as the database says it to anybody."""
    engine = create_engine(shop.url)
    with engine.connect() as connection:
        query = text(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608  # ours
        found = [tuple(map(str, row)) for row in connection.execute(query)]
    engine.dispose()
    return found


def person(number: int, values: Mapping[str, Any] | None, **expected: Any) -> Change:
    """Return a change of one person, by plain names of columns."""
    return Change(
        PEOPLE,
        {"id": number},
        {(name,): value for name, value in expected.items()},
        None if values is None else {(name,): new for name, new in values.items()},
    )


def order(who: int, number: str, what: str) -> Change:
    return Change(ORDERS, {"person": who, "number": number}, {("what",): what})


MASKED = {
    "email": "gone-1",
    "born": "1980-01-01",
    "balance": 13.25,
    "active": False,
    "note": {"a": None},
    "boss": None,
}


def test_rows_go_or_say_something_else_and_once_more_nothing_is_to_be_done(
    shop: SQLSystem,
) -> None:
    assert isinstance(shop, Changeable)
    before = rows(shop, "people")
    whole = {"born": "1980-02-03", "balance": 12.5, "active": True}
    changes = [
        order(1, "A1", "book"),
        order(1, "A2", "pen"),
        person(2, {"boss": None}, boss=1),
        person(1, MASKED, **whole),
    ]

    receipt, again = shop.apply(changes), shop.apply(changes)

    assert receipt.deleted == {"shop:orders": 2}
    assert receipt.changed == {"shop:people": 2}
    assert receipt.verified
    assert again.done_before == {"shop:orders": 2, "shop:people": 2}
    assert not again.deleted
    assert not again.changed
    assert again.verified
    assert [row[0] for row in rows(shop, "orders")] == ["2"]
    first, second, third = rows(shop, "people")
    assert first[1:3] == ("gone-1", "1980-01-01")
    assert (float(first[3]), first[5]) == (13.25, '{"a": null}')
    assert second[:6] == before[1][:6]
    assert (second[6], third) == ("None", before[2])


def test_a_row_that_changed_since_is_refused_and_nothing_is_done(
    shop: SQLSystem,
) -> None:
    before = rows(shop, "orders"), rows(shop, "people")
    changes = [order(1, "A1", "book"), person(2, None, email="someone else")]

    with pytest.raises(
        StaleError, match="1 rows of shop:people are no longer"
    ) as stale:
        shop.apply(changes)

    assert "someone" not in str(stale.value)
    assert (rows(shop, "orders"), rows(shop, "people")) == before


def test_what_the_database_refuses_leaves_nothing_done(shop: SQLSystem) -> None:
    before = rows(shop, "orders"), rows(shop, "people")
    changes = [order(1, "A1", "book"), person(1, None, email="ann@home.example")]

    with pytest.raises(ChangeError, match=r"refused the change .*nothing is changed"):
        shop.apply(changes)

    assert (rows(shop, "orders"), rows(shop, "people")) == before


def test_a_cascade_that_reaches_a_row_outside_the_list_is_refused(
    shop: SQLSystem,
) -> None:
    with pytest.raises(ChangeError, match="delete or empty 1 rows of visits"):
        shop.apply([person(3, None, email="eve@home.example")])
    assert rows(shop, "visits") == [("7", "3")]
    assert len(rows(shop, "people")) == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(PEOPLE, {}, {}), "shop:people has no primary key"),
        (Change(PEOPLE, {"id": 1}, {("gone",): 1}), "has no column gone"),
        (Change(ORDERS, {"person": 1}, {("what",): "book"}), "does not tell the rows"),
    ],
)
def test_a_list_that_cannot_be_carried_out_says_why(
    shop: SQLSystem, change: Change, sentence: str
) -> None:
    before = rows(shop, "orders"), rows(shop, "people")
    with pytest.raises(Exception, match=sentence):
        shop.apply([change])
    assert (rows(shop, "orders"), rows(shop, "people")) == before


def test_a_row_may_be_let_go_of_before_it_is_deleted(shop: SQLSystem) -> None:
    """Two rows that refer to each other are first parted, then deleted."""
    shop.apply([person(1, {"boss": 2}, boss=None)])
    changes = [
        person(1, {"boss": None}, boss=2),
        *(
            order(*key)
            for key in ((1, "A1", "book"), (1, "A2", "pen"), (2, "A1", "ink"))
        ),
        person(2, None, boss=1),
        person(1, None, boss=2),
    ]
    with pytest.raises(StaleError):  # what it expects is what the first change ended
        shop.apply(changes)
    changes[-1] = person(1, None, boss=None)

    assert shop.apply(changes).deleted == {"shop:orders": 3, "shop:people": 2}
    assert [row[0] for row in rows(shop, "people")] == ["3"]


def test_a_long_list_is_carried_out_in_parts_that_lock_for_a_moment(
    shop: SQLSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(shop.url)
    with engine.begin() as connection:
        query = text("INSERT INTO people (id, email) VALUES (:id, 'x@home.example')")
        connection.execute(query, [{"id": number} for number in range(10, 60)])
    engine.dispose()
    monkeypatch.setattr(together, "WORTH", 5)
    monkeypatch.setattr(writing, "AT_ONCE", 10)
    monkeypatch.setattr(writing, "LEAST", 10)
    monkeypatch.setattr(writing, "FIRST", 10)
    monkeypatch.setattr(writing, "MOST", 10)
    expected = {"email": "x@home.example"}
    changes = [
        person(n, {"email": f"m{n}" if n % 2 else "gone"}, **expected)
        for n in range(10, 60)
    ]
    writer = shop.writer()

    with pytest.raises(StaleError):  # seen before anything is done
        writer.apply([*changes, person(1, None, email="wrong")])
    assert not writer.locked
    receipt = writer.apply(changes)

    assert receipt.changed == {"shop:people": 50}
    assert receipt.verified
    assert len(writer.locked) >= 5
    assert {row[1] for row in rows(shop, "people")[3:]} == {"gone"} | {
        f"m{n}" for n in range(11, 60, 2)
    }


def test_what_the_database_keeps_otherwise_is_not_called_proven(
    shop: SQLSystem,
) -> None:
    engine = create_engine(shop.url)
    postgres = engine.dialect.name == "postgresql"
    with engine.begin() as connection:
        if postgres:
            connection.exec_driver_sql("""
                CREATE FUNCTION keep() RETURNS trigger AS
                'BEGIN NEW.email := OLD.email; RETURN NEW; END' LANGUAGE plpgsql;
                CREATE TRIGGER keep BEFORE UPDATE ON people
                FOR EACH ROW EXECUTE FUNCTION keep()""")
        else:
            connection.exec_driver_sql("""
                CREATE TRIGGER keep AFTER UPDATE ON people WHEN NEW.email = 'gone'
                BEGIN UPDATE people SET email = OLD.email WHERE id = OLD.id; END""")
    engine.dispose()
    change = person(3, {"email": "gone"}, email="eve@home.example")
    assert not shop.apply([change]).verified
