"""A draft says what the database has, and marks as guessed what its names suggest."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from subjects.demo.company import DEMO_PEOPLE, make_company
from subjects.systems.base import Record
from subjects.systems.collect import collected
from subjects.systems.datasets import read_datasets
from subjects.systems.describing.check import check_system
from subjects.systems.describing.draft import draft
from subjects.systems.describing.guesses import category_of
from subjects.systems.register import load_systems
from subjects.systems.shape import DatasetError
from subjects.systems.sql.system import SQLSystem
from subjects.systems.sql.url import parse_url
from tests.subjects.systems.conftest import MakeSystem

SQL = """
DROP SCHEMA IF EXISTS stock CASCADE;
CREATE SCHEMA stock;
CREATE TABLE stock.items (id int PRIMARY KEY);
CREATE TABLE people (
    id bigint PRIMARY KEY, "E-Mail" varchar(80), tags text[], "DateNaissance" date,
    settings jsonb, "true" boolean, address inet, boss bigint REFERENCES people);
CREATE TABLE orders (
    person bigint REFERENCES people, no int, "PersonId" bigint,
    item int REFERENCES stock.items, PRIMARY KEY (person, no));
CREATE VIEW everybody AS SELECT * FROM people;
"""
NOTHING = "dataset: [{fides_key: shop, collections: []}]"

DRAFTED = """\
dataset:
  - fides_key: shop
    collections:
      - name: orders
        fields:
          - name: person
            data_categories: [system.operations]  # a key
            fides_meta:
              primary_key: true
              data_type: integer
              references:  # a foreign key; direction: from, to, or either way
                - {dataset: shop, field: people.id}
          - name: 'no'
            data_categories: [system.operations]  # a key
            fides_meta:
              primary_key: true
              data_type: integer
          - name: PersonId
            data_categories: [user.unique_id]  # guessed from its name
            fides_meta:
              data_type: integer
          - name: item
            data_categories: [user]  # unknown: say which, or remove the field
            fides_meta:
              data_type: integer
      - name: people
        fields:
          - name: id
            data_categories: [system.operations]  # a key
            fides_meta:
              primary_key: true
              data_type: integer
          - name: E-Mail
            data_categories: [user.contact.email]  # guessed from its name
            fides_meta:
              data_type: string
              length: 80
              identity: email  # guessed from its name
          - name: tags
            data_categories: [user]  # unknown: say which, or remove the field
            fides_meta:
              data_type: string[]
          - name: DateNaissance
            data_categories: [user.demographic.date_of_birth]  # guessed from its name
          - name: settings
            data_categories: [user]  # unknown: say which, or remove the field
            fides_meta:
              data_type: object
          - name: 'true'
            data_categories: [user]  # unknown: say which, or remove the field
            fides_meta:
              data_type: boolean
          - name: address
            data_categories: [user.contact.address]  # guessed from its name
          - name: boss
            data_categories: [system.operations]  # a key
            fides_meta:
              data_type: integer
              # a foreign key to another row of this table, maybe another person's
"""


def test_a_real_database_is_drafted_and_the_draft_can_be_used(
    postgres_system: MakeSystem, postgres_url: URL, tmp_path: Path
) -> None:
    system = postgres_system(SQL, NOTHING)

    text = draft("shop", system.tables())

    assert text.endswith(DRAFTED)
    (tmp_path / "draft.yml").write_text(text, "utf-8")
    again = SQLSystem("shop", postgres_url, read_datasets(tmp_path / "draft.yml"))
    remarks = check_system(again)
    again.close()
    assert [one for one in remarks if one.is_error] == []
    assert {one.field for one in remarks} == {"E-Mail"}  # searched, without an index


def test_a_schema_is_drafted_by_its_name(postgres_system: MakeSystem) -> None:
    own = "DROP SCHEMA IF EXISTS stock CASCADE; CREATE SCHEMA stock;"
    system = postgres_system(own + "CREATE TABLE stock.shelves (id int)", NOTHING)

    text = draft("shop", system.tables("stock"), "stock")

    assert "    fides_meta:\n      namespace: {schema: stock}\n" in text
    assert "- name: shelves" in text


def test_the_demo_companys_drafts_find_what_its_descriptions_find(
    tmp_path: Path,
) -> None:
    make_company(tmp_path)
    jeanne = {"email": [DEMO_PEOPLE[0].email]}
    systems = load_systems(tmp_path / "systems.toml")
    described = collected(systems, jeanne)

    found: dict[str, list[Record]] = {}
    for key in ("crm", "claims", "marketing"):
        url = parse_url(f"sqlite:///{tmp_path / key}.sqlite3")
        tables = SQLSystem(key, url, []).tables()
        (tmp_path / "draft.yml").write_text(draft(key, tables), "utf-8")
        drafted = SQLSystem(key, url, read_datasets(tmp_path / "draft.yml"))
        found |= collected([drafted], jeanne)

    assert {place: len(rows) for place, rows in found.items()} == {
        place: len(rows) for place, rows in described.items()
    }


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("EmailAddress", "user.contact.email"),
        ("email_opt_in", "user.privacy_preferences"),
        ("ip_address", "user.device.ip_address"),
        ("straße", "user.contact.address.street"),
        ("téléphone", "user.contact.phone_number"),
        ("Rijksregisternummer", "user.government_id.national_identification_number"),
        ("shipment", "user"),  # no part of it is a word we know
    ],
)
def test_a_name_is_read_in_four_languages(name: str, category: str) -> None:
    assert category_of(name) == category


def test_what_cannot_be_drafted_is_refused() -> None:
    with pytest.raises(DatasetError, match="no table is found there"):
        draft("shop", {})
    with pytest.raises(DatasetError, match="'a b' cannot be a fides_key"):
        draft("a b", {})
