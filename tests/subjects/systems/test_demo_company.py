"""The demo company is made alike every time, and its people are kept apart."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from subjects.demo.company import make_company
from subjects.demo.people import DEMO_PEOPLE, HOW_MANY, Person
from subjects.systems.base import Record, System
from subjects.systems.collect import collected, plan
from subjects.systems.datasets import read_datasets
from subjects.systems.register import load_systems
from subjects.systems.shape import LANGUAGES
from subjects.systems.sql.system import SQLSystem

PER_PERSON = {
    "crm:customers": 1,
    "crm:addresses": 1,
    "crm:interactions": 4,
    "crm:policies": 3,
    "crm:covers": 6,
    "crm:insured_persons": 2,
    "claims:claimants": 1,
    "claims:claims": 4,
    "claims:claim_events": 12,
    "claims:payments": 4,
    "claims:documents": 8,
    "claims:call_notes": 1,
    "claims:vehicles": 1,
    "claims:expert_reports": 2,
    "marketing:contacts": 1,
    "marketing:consents": 3,
    "marketing:mailings": 3,
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    make_company(folder)
    return folder


@pytest.fixture(scope="module")
def systems(company: Path) -> tuple[System, ...]:
    return load_systems(company / "systems.toml")


def about(systems: tuple[System, ...], person: Person) -> dict[str, list[Record]]:
    return collected(systems, {"email": [person.email]})


@pytest.mark.parametrize("person", DEMO_PEOPLE, ids=lambda person: person.name)
def test_a_well_known_person_has_rows_in_every_collection(
    systems: tuple[System, ...], person: Person
) -> None:
    found = about(systems, person)

    assert {address: len(rows) for address, rows in found.items()} == PER_PERSON
    assert plan(systems, {"email": [person.email]}).unreachable == {}


def test_nobody_elses_rows_are_found(systems: tuple[System, ...]) -> None:
    jeanne, *others = (about(systems, person) for person in DEMO_PEOPLE)
    told = json.dumps(jeanne, ensure_ascii=False)

    assert {row["customer_number"] for row in jeanne["crm:policies"]} == {"K-100001"}
    for person, found in zip(DEMO_PEOPLE[1:], others, strict=True):
        assert person.email not in told
        assert person.name not in told
        for address in jeanne.keys() - {"crm:addresses"}:
            for row in found[address]:
                assert row not in jeanne[address]


def test_who_lives_together_shares_the_address_and_nothing_else(
    systems: tuple[System, ...],
) -> None:
    jeanne = about(systems, DEMO_PEOPLE[0])
    marc = about(systems, DEMO_PEOPLE[-1])

    assert jeanne["crm:addresses"] == marc["crm:addresses"]
    assert [row["first_name"] for row in jeanne["crm:customers"]] == ["Jeanne"]
    assert [row["first_name"] for row in marc["claims:claimants"]] == ["Marc"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("customer_number", "K-100001"), ("phone_number", "+32 400 10 00 01")],
)
def test_other_identities_lead_to_the_same_data(
    systems: tuple[System, ...], kind: str, value: str
) -> None:
    assert collected(systems, {kind: [value]}) == about(systems, DEMO_PEOPLE[0])


def test_contact_data_can_be_asked_for_alone(systems: tuple[System, ...]) -> None:
    identities = {"email": ["jeanne.peeters@demo.example"]}

    found = collected(systems, identities, ["user.contact"])

    assert set(found) == {
        "crm:customers",
        "crm:addresses",
        "claims:claimants",
        "marketing:contacts",
        "marketing:mailings",
    }
    assert found["crm:customers"] == [
        {"email": "jeanne.peeters@demo.example", "phone": "+32 400 10 00 01"}
    ]


def test_every_database_is_as_described(systems: tuple[System, ...]) -> None:
    databases = [system for system in systems if system.kind == "sql"]
    described = [one for system in databases for one in system.datasets]
    for system in databases:
        system.check()

    assert sum(len(dataset.collections) for dataset in described) == len(PER_PERSON)


def test_the_archive_on_paper_is_for_its_owner(systems: tuple[System, ...]) -> None:
    archive = systems[-1]

    assert (archive.kind, archive.acts) == ("people", frozenset())
    assert archive.owner.endswith("-demo.example")


def test_every_title_and_code_is_told_in_every_language(company: Path) -> None:
    datasets = [
        dataset
        for name in ("crm.yml", "claims.yml", "marketing.yml")
        for dataset in read_datasets(company / name)
    ]
    collections = [one for dataset in datasets for one in dataset.collections]
    fields = [field for one in collections for _, field in one.each_field()]
    titles = [one.about.title for one in datasets]
    titles += [one.about.title for one in collections]
    titles += [one.about.title for one in fields]
    codes = [words for field in fields for words in field.about.codes.values()]

    assert len(codes) > 50
    for words in [*titles, *codes]:
        assert set(words) == set(LANGUAGES)
        assert all(words.values())


def test_every_stored_code_is_explained(systems: tuple[System, ...]) -> None:
    for system in systems:
        for dataset in system.datasets:
            for person in DEMO_PEOPLE:
                found = about(systems, person)
                for one in dataset.collections:
                    for row in found.get(f"{dataset.key}:{one.name}", ()):
                        for field in one.fields:
                            if field.about.codes:
                                meaning = field.about.meaning(row[field.name], "nl")
                                assert meaning, f"{one.name}.{field.name}"


def test_it_is_the_same_every_time_and_made_in_time(
    company: Path, tmp_path: Path
) -> None:
    make_company(tmp_path)
    began = time.process_time()
    make_company(tmp_path)

    assert time.process_time() - began < 3
    assert {path.name for path in tmp_path.iterdir()} == {
        "crm.sqlite3",
        "claims.sqlite3",
        "marketing.sqlite3",
        "crm.yml",
        "claims.yml",
        "marketing.yml",
        "systems.toml",
    }
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (company / path.name).read_bytes()


def test_thousands_of_people_none_of_them_real(systems: tuple[System, ...]) -> None:
    crm = systems[0]
    assert isinstance(crm, SQLSystem)
    with crm._connect() as connection:
        sql = "SELECT email, phone, language, address_id FROM customers"
        rows = connection.exec_driver_sql(sql).all()
        ibans = connection.exec_driver_sql("SELECT iban FROM policies").scalars().all()

    languages = Counter(row.language for row in rows)
    assert len(rows) == len({row.email for row in rows}) == HOW_MANY
    assert all(row.email.endswith(".example") for row in rows)
    assert all(row.phone.startswith("+32 400 ") for row in rows)
    assert all(iban.startswith("BE00 ") for iban in ibans)
    assert min(languages["fr"], languages["nl"], languages["de"]) > 100
    assert len({row.address_id for row in rows}) < HOW_MANY
