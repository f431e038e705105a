"""What becomes of each record, and that applying the plan does just that."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from subjects.erasure.fates import ErasurePlan, Kind, Reason
from subjects.erasure.limits import Term
from subjects.erasure.plan import plan_erasure
from subjects.erasure.rules import Rule
from subjects.systems.shape import DatasetError
from subjects.systems.sql.system import SQLSystem
from tests.subjects.systems.conftest import MakeSystem

TODAY = date(2026, 11, 23)
RULES = {
    "contract": Rule("legal_claims", "Art. 88", Term(3, 5, spares_minors=True)),
    "books": Rule("legal_obligation", "Art. 60", Term(10, from_year_end=True)),
    "proof": Rule("legal_claims", "Art. 7", Term(3), while_open="today"),
}
ME = {"email": ["ann@x.example"]}

SQL = """
CREATE TABLE homes (id INTEGER PRIMARY KEY, street TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, born DATE,
  score INTEGER, partner INTEGER REFERENCES people, home INTEGER REFERENCES homes);
CREATE TABLE contracts (id INTEGER PRIMARY KEY, holder INTEGER REFERENCES people,
  second INTEGER REFERENCES people, ended DATE, name TEXT);
CREATE TABLE parts (id INTEGER PRIMARY KEY, contract INTEGER NOT NULL
  REFERENCES contracts, follows INTEGER REFERENCES parts, what TEXT);
CREATE TABLE bills (id INTEGER PRIMARY KEY, contract INTEGER REFERENCES contracts,
  paid DATE, iban TEXT);
CREATE TABLE consents (id INTEGER PRIMARY KEY, person INTEGER REFERENCES people,
  ended DATE);
INSERT INTO homes VALUES (1, 'Kerkstraat'), (2, 'Rue Haute');
INSERT INTO people VALUES (1, 'ann@x.example', '2001-05-06', 7, NULL, 1),
  (2, 'bob@x.example', '1990-01-02', 9, 1, 1);
UPDATE people SET partner = 2 WHERE id = 1;
"""
YAML = """
dataset:
- fides_key: shop
  collections:
  - name: homes
    rightsdesk: {category: who}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: street, data_categories: [user.contact.address]}
  - name: people
    rightsdesk: {category: who, retention: {rule: contract, event: contracts.ended}}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: email, data_categories: [user.contact.email],
       fides_meta: {identity: email}}
    - {name: born, data_categories: [user.demographic]}
    - {name: score, data_categories: [user.behavior], rightsdesk: {category: ads}}
    - {name: partner, fides_meta: {references: [{dataset: shop, field: people.id}]}}
    - {name: home, fides_meta: {references: [
       {dataset: shop, field: homes.id, direction: to}]}}
  - name: contracts
    rightsdesk: {category: files,
      retention: {rule: contract, event: ended, birth: people.born}}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: holder, fides_meta: {references: [
       {dataset: shop, field: people.id, direction: from}]}}
    - {name: second, fides_meta: {references: [
       {dataset: shop, field: people.id, direction: from}]}}
    - {name: ended}
    - {name: name, data_categories: [user.name]}
  - name: parts
    rightsdesk: {category: files}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: contract, fides_meta: {references: [
       {dataset: shop, field: contracts.id, direction: from}]}}
    - {name: follows, fides_meta: {references: [
       {dataset: shop, field: parts.id, direction: from}]}}
    - {name: what, data_categories: [user.content]}
  - name: bills
    rightsdesk: {category: books, retention: {rule: books, event: paid}}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: contract, fides_meta: {references: [
       {dataset: shop, field: contracts.id, direction: from}]}}
    - {name: paid}
    - {name: iban, data_categories: [user.financial]}
  - name: consents
    rightsdesk: {category: ads, retention: {rule: proof, event: ended}}
    fields:
    - {name: id, fides_meta: {primary_key: true}}
    - {name: person, fides_meta: {references: [
       {dataset: shop, field: people.id, direction: from}]}}
    - {name: ended, data_categories: [user.privacy_preferences]}
"""


def with_rows(more: str) -> str:
    return f"{SQL}\n{more}"


def plan(system: SQLSystem, **more: Any) -> ErasurePlan:
    return plan_erasure([system], ME, RULES, today=TODAY, key=b"secret", **more)


def kinds(planned: ErasurePlan) -> dict[str, str]:
    return {
        f"{fate.address.collection} {fate.key['id']}": fate.kind.value
        for fate in planned.fates
    }


def untils(planned: ErasurePlan) -> dict[str, str]:
    return {
        f"{fate.address.collection} {fate.key['id']}": str(fate.reason.until)
        for fate in planned.fates
        if fate.reason and fate.kind != Kind.SHARED
    }


def rows(system: SQLSystem, table: str) -> list[tuple[Any, ...]]:
    engine = create_engine(system.url)
    with engine.connect() as connection:
        query = text(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608  # our own
        found = [tuple(row) for row in connection.execute(query)]
    engine.dispose()
    return found


@pytest.mark.parametrize("make", ["sqlite_system", "postgres_system"])
def test_a_person_nothing_keeps_goes_and_those_around_stay(
    request: pytest.FixtureRequest, make: str
) -> None:
    make_system: MakeSystem = request.getfixturevalue(make)
    system = make_system(
        with_rows("""INSERT INTO contracts VALUES (1, 1, NULL, '2019-01-01', 'ann'),
          (2, 1, 2, '2019-01-01', 'both');
        INSERT INTO parts VALUES (1, 1, 3, 'a'), (2, 1, NULL, 'b'), (3, 1, 1, 'c');
        """),
        YAML,
    )
    planned = plan(system)

    receipt = system.apply(planned.changes["shop"])

    assert kinds(planned) == {
        "people 1": "erase",
        "people 2": "shared",
        "homes 1": "shared",
        "contracts 1": "erase",
        "contracts 2": "shared",
        "parts 1": "erase",
        "parts 2": "erase",
        "parts 3": "erase",
    }
    assert receipt.verified
    (bob,), (contract,) = rows(system, "people"), rows(system, "contracts")
    assert (*bob[:2], str(bob[2]), *bob[3:]) == (
        2, "bob@x.example", "1990-01-02", 9, None, 1,
    )  # fmt: skip
    assert (*contract[:3], contract[4]) == (2, None, 2, "both")
    assert rows(system, "parts") == []
    assert len(rows(system, "homes")) == 2


def test_rules_keep_single_records_and_what_these_refer_to(
    sqlite_system: MakeSystem,
) -> None:
    system = sqlite_system(
        with_rows("""INSERT INTO contracts VALUES (1, 1, NULL, '2016-01-01', 'old'),
          (2, 1, NULL, '2025-03-01', 'new'), (3, 1, NULL, NULL, 'open'),
          (4, 1, NULL, '2018-01-01', 'as a minor');
        INSERT INTO bills VALUES (1, 1, '2016-11-30', 'BE1'), (2, 1, '2014-01-01', '');
        INSERT INTO consents VALUES (1, 1, NULL), (2, 1, '2020-01-01');
        """),
        YAML,
    )
    planned = plan(system)

    system.apply(planned.changes["shop"])

    fates = kinds(planned)
    assert fates["people 1"] == "mask"  # only what was there for advertising
    assert [fates[f"contracts {n}"] for n in (1, 2, 3, 4)] == [
        "mask", "keep", "keep", "erase",
    ]  # fmt: skip
    assert [fates[one] for one in ("bills 1", "bills 2")] == ["keep", "erase"]
    assert [fates[one] for one in ("consents 1", "consents 2")] == ["keep", "erase"]
    assert untils(planned) == {
        "people 1": "None",
        "contracts 1": "2026-12-31",
        "contracts 2": "2028-03-01",
        "contracts 3": "None",
        "bills 1": "2026-12-31",
        "consents 1": "2029-11-23",
    }
    assert rows(system, "people")[0] == (1, "ann@x.example", "2001-05-06", None, 2, 1)
    assert rows(system, "contracts")[0] == (1, 1, None, "2016-01-01", None)


def test_a_minors_time_begins_when_they_come_of_age(sqlite_system: MakeSystem) -> None:
    system = sqlite_system(
        with_rows("""UPDATE people SET born = '2008-06-01' WHERE id = 1;
        INSERT INTO contracts VALUES (1, 1, NULL, '2018-01-01', 'x');"""),
        YAML,
    )

    assert untils(plan(system))["contracts 1"] == "2029-06-01"


def test_verdicts_decide_by_category_before_any_rule(sqlite_system: MakeSystem) -> None:
    system = sqlite_system(
        with_rows("""INSERT INTO contracts VALUES (1, 1, NULL, '2019-01-01', 'x');
        INSERT INTO consents VALUES (1, 1, '2020-01-01');"""),
        YAML,
    )
    stays = Reason("legal_claims", "the officer's word", date(2030, 1, 1))
    planned = plan(system, verdicts={"files": stays, "ads": None})

    fates = dict(zip(kinds(planned), planned.fates, strict=True))
    assert kinds(planned)["contracts 1"] == "keep"
    assert fates["contracts 1"].reason == stays
    assert kinds(planned)["consents 1"] == "erase"
    assert list(fates["people 1"].fields) == [("score",)]
    assert fates["people 1"].kept[("email",)].ground == "not_ordered"


def test_only_the_categories_of_data_asked_for_go(sqlite_system: MakeSystem) -> None:
    planned = plan(sqlite_system(SQL, YAML), categories=["user.contact"])

    (change,) = planned.changes["shop"]
    assert change.key == {"id": 1}
    assert change.values is not None
    assert set(change.values) == {("email",)}
    assert change.values[("email",)] not in {None, "ann@x.example"}  # NOT NULL


def test_a_rule_that_the_policy_does_not_have_is_named(
    sqlite_system: MakeSystem,
) -> None:
    yaml = YAML.replace("rule: proof", "rule: prof")
    system = sqlite_system(with_rows("INSERT INTO consents VALUES (1, 1, NULL);"), yaml)
    with pytest.raises(DatasetError, match=r"the rule 'prof', which .*known: contract"):
        plan(system)


def test_what_a_rule_keeps_is_found_again_when_its_day_comes(
    sqlite_system: MakeSystem,
) -> None:
    system = sqlite_system(
        with_rows("""INSERT INTO contracts VALUES (1, 1, NULL, '2016-01-01', 'old');
        INSERT INTO bills VALUES (1, 1, '2016-11-30', 'BE1');"""),
        YAML,
    )
    now = plan(system)
    system.apply(now.changes["shop"])
    again = plan(system)
    later = plan_erasure([system], ME, RULES, today=date(2027, 1, 1), key=b"other")
    system.apply(later.changes["shop"])

    assert kinds(now)["people 1"] == "mask"
    person = next(fate for fate in now.fates if fate.address.collection == "people")
    assert person.kept[("email",)].until == date(2026, 12, 31)
    assert again.changes == {}
    assert {kinds(later)[one] for one in ("people 1", "bills 1")} == {"erase"}
    assert [row[0] for row in rows(system, "people")] == [2]
    assert rows(system, "bills") == rows(system, "contracts") == []
