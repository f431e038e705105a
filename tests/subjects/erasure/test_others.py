"""Erasing one person changes no row of another, whatever the database holds."""

import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from subjects.erasure.plan import plan_erasure
from subjects.systems.datasets import read_datasets
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import parse_url

SQL = """
CREATE TABLE homes (id INTEGER PRIMARY KEY, street TEXT NOT NULL);
CREATE TABLE firms (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, phone TEXT,
  home INTEGER REFERENCES homes, firm INTEGER REFERENCES firms,
  boss INTEGER REFERENCES people, partner INTEGER REFERENCES people);
CREATE TABLE contracts (id INTEGER PRIMARY KEY, holder INTEGER REFERENCES people,
  second INTEGER REFERENCES people, place INTEGER REFERENCES homes);
CREATE TABLE parts (id INTEGER PRIMARY KEY,
  contract INTEGER NOT NULL REFERENCES contracts, follows INTEGER REFERENCES parts);
"""
REFERENCES = {
    "people": {"home": "homes", "firm": "firms", "boss": "people", "partner": "people"},
    "contracts": {"holder": "people", "second": "people", "place": "homes"},
    "parts": {"contract": "contracts", "follows": "parts"},
}
# Which way the search follows each, as a description may say it.
WAYS = {
    "home": ("", "to"),
    "firm": ("", "to"),
    "boss": ("", "to", "from"),
    "partner": ("", "to", "from"),
    "holder": ("", "from"),
    "second": ("", "from"),
    "place": ("", "to"),
    "contract": ("", "from"),
    "follows": ("", "from"),
}
COLUMNS = {
    "homes": ("id", "street"),
    "firms": ("id", "name"),
    "people": ("id", "email", "phone", "home", "firm", "boss", "partner"),
    "contracts": ("id", "holder", "second", "place"),
    "parts": ("id", "contract", "follows"),
}


def yaml(ways: dict[str, str]) -> str:
    lines = ["dataset:", "- fides_key: shop", "  collections:"]
    for table, columns in COLUMNS.items():
        lines += [f"  - name: {table}", "    fields:"]
        for name in columns:
            meta = {"id": "primary_key: true, ", "email": "identity: email, "}
            meta["phone"] = "identity: phone, "
            if table == "people":
                meta["id"] += "identity: number, "
            said = meta.get(name, "")
            if target := REFERENCES.get(table, {}).get(name):
                way = f", direction: {ways[name]}" if ways[name] else ""
                said += f"references: [{{dataset: shop, field: {target}.id{way}}}], "
            lines.append(
                f"    - {{name: {name}, data_categories: [user.x], "
                f"fides_meta: {{{said}}}}}"
            )
    return "\n".join(lines)


class World(NamedTuple):
    """Who lives, works and signs where; every number may name any row, or none."""

    people: list[tuple[int | None, ...]]  # mail, home, firm, boss, partner
    contracts: list[tuple[int | None, ...]]  # holder, second, place
    parts: list[tuple[int, int | None]]  # contract, follows

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows as they are written."""
        living, signed = len(self.people), len(self.contracts)
        said = [(n, *part) for n, part in enumerate(self.parts, 1)]
        return {
            "homes": [(1, "a"), (2, "b")],
            "firms": [(1, "x"), (2, "y")],
            "people": [
                (
                    n,
                    f"{mail or n}@x.example",
                    "555",  # they share a telephone
                    home,
                    firm,
                    _in(boss, living),
                    _in(mate, living),
                )
                for n, (mail, home, firm, boss, mate) in enumerate(self.people, 1)
            ],
            "contracts": [
                (n, _in(holder, living), _in(second, living), place)
                for n, (holder, second, place) in enumerate(self.contracts, 1)
            ],
            "parts": [
                (n, contract, _in(follows, len(said)))
                for n, contract, follows in said
                if contract <= signed
            ]
            if all(contract <= signed for _, contract, _ in said)
            else [],
        }


def _in(number: int | None, most: int) -> int | None:
    return number if number is not None and number <= most else None


FEW = st.none() | st.integers(1, 2)
ANYONE = st.none() | st.integers(1, 4)
WORLDS = st.builds(
    World,
    people=st.lists(
        st.tuples(st.none() | st.just(1), FEW, FEW, ANYONE, ANYONE),
        min_size=2, max_size=4,
    ),
    contracts=st.lists(st.tuples(ANYONE, ANYONE, FEW), max_size=4),
    parts=st.lists(st.tuples(st.integers(1, 4), ANYONE), max_size=5),
)  # fmt: skip


def of_others(rows: dict[str, list[tuple[Any, ...]]]) -> set[tuple[str, int]]:
    """Say by brute force which rows are, or hold, what is another's than person 1."""
    others = {("people", row[0]) for row in rows["people"] if row[0] != 1}
    for row in rows["people"]:
        if row[0] != 1:
            others |= {("homes", row[3]), ("firms", row[4])}
    for number, holder, second, place in rows["contracts"]:
        if {holder, second} - {None, 1}:
            others |= {("contracts", number), ("homes", place)}
    before = 0
    while before < len(others):
        before = len(others)
        for number, contract, follows in rows["parts"]:
            if ("contracts", contract) in others or ("parts", follows) in others:
                others.add(("parts", number))
    return others


def own_alone(rows: dict[str, list[tuple[Any, ...]]]) -> set[tuple[str, int]]:
    """Say by brute force which contracts are nobody's but person 1's."""
    others, contract_of = of_others(rows), {part[0]: part[1] for part in rows["parts"]}
    mixed = {
        contract
        for number, _contract, follows in rows["parts"]
        if follows and contract_of[number] != contract_of[follows]
        for contract in (contract_of[number], contract_of[follows])
    }
    return {
        ("contracts", number)
        for number, holder, second, _place in rows["contracts"]
        if 1 in {holder, second}
        and ("contracts", number) not in others
        and number not in mixed
    }


def everything(path: Path) -> dict[tuple[str, int], dict[str, Any]]:
    with closing(sqlite3.connect(path)) as database:
        return {
            (table, row[0]): dict(zip(columns, row, strict=True))
            for table, columns in COLUMNS.items()
            for row in database.execute(f"SELECT * FROM {table}")  # noqa: S608  # ours
        }


def fill(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.executescript(SQL)
        for table, columns in COLUMNS.items():
            marks = ", ".join("?" * len(columns))
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])  # noqa: S608  # ours
        database.commit()


@settings(max_examples=40, deadline=None)
@given(
    world=WORLDS,
    ways=st.fixed_dictionaries({one: st.sampled_from(WAYS[one]) for one in WAYS}),
)
def test_no_row_of_another_is_touched_but_for_the_reference_to_the_person(
    world: World, ways: dict[str, str]
) -> None:
    rows = world.rows()
    with tempfile.TemporaryDirectory() as folder:
        path, description = Path(folder) / "shop.sqlite3", Path(folder) / "shop.yml"
        description.write_text(yaml(ways), "utf-8")
        fill(path, rows)
        before = everything(path)
        system = SQLSystem(
            "shop", parse_url(f"sqlite:///{path}"), read_datasets(description)
        )
        identities = {"email": ["1@x.example"], "phone": ["555"]}
        if any(row[1] == "1@x.example" for row in rows["people"][1:]):
            identities["number"] = ["1"]  # nothing else tells them apart
        planned = plan_erasure(
            [system], identities, {}, today=date(2026, 11, 23), key=b"secret"
        )
        system.apply(planned.changes.get("shop", ()))
        after = everything(path)
        system.close()

    gone = before.keys() - after.keys()
    assert ("people", 1) in gone
    assert gone.isdisjoint(of_others(rows))
    assert own_alone(rows) <= gone
    for place in of_others(rows) - {(table, None) for table in COLUMNS}:
        targets = REFERENCES.get(place[0], {})
        for name, value in before[place].items():
            cut = (targets.get(name, ""), value) in gone
            assert after[place][name] == (None if cut else value), (place, name)
