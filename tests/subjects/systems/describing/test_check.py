"""What a description and its database do not agree on is named, all at once."""

from pathlib import Path

from subjects.demo.company import make_company
from subjects.systems.describing.check import check_systems
from subjects.systems.register import load_systems
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import parse_url
from tests.subjects.systems.conftest import MakeSystem

SQL = """
CREATE TABLE people (id int PRIMARY KEY, email text, phone bigint, secret text,
    settings json, tags text, born date);
CREATE TABLE orders (person int, no int);
CREATE TABLE diary (day date);
CREATE VIEW seen AS SELECT id, email FROM people;
"""
YAML = """
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields:
          - {name: id}
          - {name: email, fides_meta: {identity: email}}
          - {name: phone, fides_meta: {data_type: string}}
          - {name: settings, fides_meta: {data_type: object}}
          - {name: tags, fides_meta: {data_type: "string[]"}}
          - {name: born, fides_meta: {data_type: string}}
          - {name: age}
      - name: orders
        fields:
          - {name: 'no'}
          - name: person
            fides_meta:
              references: [{dataset: shop, field: people.id, direction: from}]
      - name: seen
        fields:
          - {name: email, fides_meta: {identity: email}}
      - {name: lost, fields: []}
      - {name: gone, fides_meta: {skip_processing: true}, fields: []}
"""


def test_every_difference_is_named_with_its_place(
    postgres_system: MakeSystem, tmp_path: Path
) -> None:
    system = postgres_system(SQL, YAML)

    remarks = check_systems([system])

    assert [
        (one.is_error, one.collection, one.field, one.sentence.split(": ")[-1][:40])
        for one in remarks
    ] == [
        (True, "lost", "", "the database has no such table; correct "),
        (False, "orders", "", "it has no primary key, so that its rows "),
        (False, "orders", "person", "it is searched by but no index begins wi"),
        (False, "people", "phone", "data_type is string but the column holds"),
        (True, "people", "age", "the table has no such column; correct th"),
        (False, "people", "secret", "the column is not described, so it is ne"),
        (False, "people", "id", "true}"),
        (False, "people", "email", "it is searched by but no index begins wi"),
        (False, "seen", "id", "the column is not described, so it is ne"),
        (False, "diary", "", "the table is not described, so it is nei"),
        (False, "gone", "", "its description says skip_processing; ma"),
        (False, "lost", "", "no identity given and no reference leads"),
    ]
    assert {
        one.sentence.startswith(f"{tmp_path / 'shop.yml'}: ") for one in remarks[:8]
    }


def test_the_demo_companys_descriptions_are_right(tmp_path: Path) -> None:
    make_company(tmp_path)

    assert check_systems(load_systems(tmp_path / "systems.toml")) == []


def test_a_system_that_does_not_answer_and_a_graph_that_does_not_fit_are_told(
    sqlite_system: MakeSystem,
) -> None:
    refers = "{references: [{dataset: y, field: z.id, direction: from}]}"
    fields = f"[{{name: id, fides_meta: {refers}}}]"
    described = (
        f"dataset: [{{fides_key: x, collections: [{{name: a, fields: {fields}}}]}}]"
    )
    there = sqlite_system("CREATE TABLE a (id INT);", described)
    gone = SQLSystem("gone", parse_url("sqlite:////no/such.db"), there.datasets)

    remarks = check_systems([gone])

    assert [one.is_error for one in remarks] == [True, True]
    assert "cannot be reached" in remarks[0].sentence
    assert (
        "it refers to collection y:z, which cannot be searched" in remarks[1].sentence
    )
