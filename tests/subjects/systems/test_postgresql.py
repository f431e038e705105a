"""The same search on a real PostgreSQL, with its own kinds of columns."""

import json

import pytest
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from subjects.systems.base import Question, ReadError
from subjects.systems.collect import collected
from subjects.systems.shape import Address
from subjects.systems.sql.system import SQLSystem
from subjects.systems.values import plain
from tests.subjects.systems.conftest import MakeSystem
from tests.subjects.systems.test_collect import EMAIL, ID, ME, described, refers

SQL = """
CREATE TYPE mood AS ENUM ('glad', 'sad');
CREATE TABLE people (
    id INTEGER PRIMARY KEY, email TEXT, number UUID, feels mood, born DATE,
    seen TIMESTAMPTZ, money NUMERIC(12, 2), photo BYTEA, tags TEXT[], info JSONB
);
INSERT INTO people VALUES (
    1, 'a@x.example', '6f0a0a0e-32a5-4ad6-9e0f-2a6f4b1f6b5d', 'glad', '1984-03-07',
    '2026-01-02 03:04:05+01', 10.50, '\\x00ff', '{vip,new}',
    '{"card": {"nr": 41, "codes": ["x", "y"]}, "big": 5000000000}'
), (2, 'b@x.example', NULL, 'sad', NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE by_uuid (id SERIAL PRIMARY KEY, number UUID);
INSERT INTO by_uuid (number) SELECT number FROM people;
CREATE TABLE by_text (id SERIAL PRIMARY KEY, number TEXT);
INSERT INTO by_text (number) SELECT number::text FROM people;
CREATE TABLE by_small (id SERIAL PRIMARY KEY, number SMALLINT);
INSERT INTO by_small (number) VALUES (41), (42), (1);
CREATE TABLE by_enum (id SERIAL PRIMARY KEY, feels mood);
INSERT INTO by_enum (feels) VALUES ('glad'), ('sad');
CREATE TABLE by_tag (id SERIAL PRIMARY KEY, tags TEXT[]);
INSERT INTO by_tag (tags) VALUES ('{vip,old}'), ('{old}'), (NULL);
CREATE TABLE by_json (id SERIAL PRIMARY KEY, doc JSON);
INSERT INTO by_json (doc) VALUES ('{"card": {"nr": "41"}}'), ('{"card": {"nr": 42}}');
"""
PERSON = [
    ID,
    EMAIL,
    "{name: number}",
    "{name: feels}",
    "{name: born}",
    "{name: seen}",
    "{name: money}",
    "{name: photo}",
    "{name: tags, fides_meta: {data_type: 'string[]'}}",
    "{name: info, fields: [{name: card, fields: [{name: nr}]}, {name: big}]}",
]


@pytest.fixture
def person(postgres_system: MakeSystem) -> MakeSystem:
    """Return a function that describes more tables beside the person's own."""

    def make(**collections: list[str]) -> SQLSystem:
        return postgres_system(SQL, described(people=PERSON, **collections))

    return make


def test_every_kind_of_value_is_written_for_json(person: MakeSystem) -> None:
    found = collected([person()], ME)["shop:people"]

    assert [{**row, "seen": row["seen"][:4]} for row in found] == [
        {
            "id": 1,
            "email": "a@x.example",
            "number": "6f0a0a0e-32a5-4ad6-9e0f-2a6f4b1f6b5d",
            "feels": "glad",
            "born": "1984-03-07",
            "seen": "2026",
            "money": 10.5,
            "photo": "data:;base64,AP8=",
            "tags": ["vip", "new"],
            "info": {"card": {"nr": 41, "codes": ["x", "y"]}, "big": 5000000000},
        }
    ]


@pytest.mark.parametrize(
    ("name", "field", "source"),
    [
        ("by_uuid", "number", "people.number"),
        ("by_text", "number", "people.number"),
        ("by_small", "number", "people.info.card.nr"),
        ("by_enum", "feels", "people.feels"),
        ("by_tag", "tags", "people.tags"),
    ],
)
def test_a_value_is_compared_as_the_column_wants(
    person: MakeSystem, name: str, field: str, source: str
) -> None:
    system = person(**{name: [ID, refers(field, source)]})

    found = collected([system], ME)[f"shop:{name}"]

    assert [row["id"] for row in found] == [1]


@pytest.mark.parametrize(
    ("name", "field", "source"),
    [
        ("by_uuid", "number", "people.email"),
        ("by_small", "number", "people.email"),
        ("by_small", "number", "people.info.big"),
        ("by_enum", "feels", "people.email"),
    ],
)
def test_a_value_the_column_cannot_hold_finds_nothing(
    person: MakeSystem, name: str, field: str, source: str
) -> None:
    system = person(**{name: [ID, refers(field, source)]})

    assert collected([system], ME)[f"shop:{name}"] == []


def test_a_value_inside_json_is_compared_in_the_database(person: MakeSystem) -> None:
    inner = refers("nr", "people.info.card.nr")
    card = f"{{name: card, fields: [{inner}]}}"
    system = person(by_json=[ID, f"{{name: doc, fields: [{card}]}}"])

    found = collected([system], ME)["shop:by_json"]

    assert found == [{"id": 1, "doc": {"card": {"nr": "41"}}}]


def test_only_the_matching_elements_of_an_array_stay(person: MakeSystem) -> None:
    tags = refers("tags", "people.tags", "from", ", data_type: 'string[]'")
    system = person(by_tag=[ID, tags])

    assert collected([system], ME)["shop:by_tag"] == [{"id": 1, "tags": ["vip"]}]


@pytest.mark.parametrize(
    "nasty", ["x'; DROP TABLE people; --", "\0", "\ud800", "%(x)s"]
)
def test_a_value_is_never_read_as_sql(person: MakeSystem, nasty: str) -> None:
    system = person()

    assert collected([system], {"email": [nasty]}) == {"shop:people": []}
    assert len(collected([system], ME)["shop:people"]) == 1


def test_the_connection_can_only_read(person: MakeSystem) -> None:
    with (
        person()._connect() as connection,
        pytest.raises(DBAPIError, match="read-only transaction"),
    ):
        connection.exec_driver_sql("DELETE FROM people")


def test_a_schema_is_taken_from_the_namespace(postgres_system: MakeSystem) -> None:
    sql = """
    DROP SCHEMA IF EXISTS sales CASCADE; CREATE SCHEMA sales;
    CREATE TABLE sales.people (id INT PRIMARY KEY, email TEXT);
    INSERT INTO sales.people VALUES (1, 'a@x.example');
    """
    namespace = "fides_meta: {namespace: {schema: sales}}, collections"
    yaml = described(people=[ID, EMAIL]).replace("collections", namespace)

    found = collected([postgres_system(sql, yaml)], ME)

    assert found == {"shop:people": [{"id": 1, "email": "a@x.example"}]}


def test_options_of_the_address_are_kept(
    postgres_system: MakeSystem, postgres_url: URL
) -> None:
    sql = """
    DROP SCHEMA IF EXISTS sales CASCADE; CREATE SCHEMA sales;
    CREATE TABLE sales.people (id INT PRIMARY KEY, email TEXT);
    """
    datasets = postgres_system(sql, described(people=[ID, EMAIL])).datasets
    options = {"options": "-c search_path=sales"}
    url = postgres_url.update_query_dict(options)
    system = SQLSystem("shop", url, datasets)

    assert collected([system], ME) == {"shop:people": []}
    system.close()


def test_a_refused_read_is_told_without_the_value(
    person: MakeSystem, postgres_url: URL
) -> None:
    sql = "CREATE VIEW broken AS SELECT id, (1 / (id - id))::text AS email FROM people"
    system = person(broken=[ID, EMAIL])
    writer = SQLSystem("writer", postgres_url, ())
    with writer._connect() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        connection.exec_driver_sql(sql)
        connection.commit()
    writer.close()

    with pytest.raises(ReadError, match="reading shop:broken failed") as failed:
        list(system.find(Question(Address("shop", "broken"), {("email",): ["secret"]})))

    assert "secret" not in str(failed.value)


def test_what_the_server_writes_itself_is_what_we_would_write(
    postgres_system: MakeSystem,
) -> None:
    columns = {
        "id": "INT PRIMARY KEY", "email": "TEXT", "born": "DATE", "feels": "BOOLEAN",
        "number": "UUID", "photo": "BYTEA", "tags": "TEXT[]", "small": "NUMERIC(12, 2)",
        "any": "NUMERIC", "ratio": "FLOAT", "seen": "TIMESTAMPTZ", "info": "JSONB",
    }  # fmt: skip
    created = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    table = f"CREATE TABLE people ({created});"
    rows = """
    INSERT INTO people VALUES
    (1, 'a@x.example', '1984-03-07', TRUE, '6f0a0a0e-32a5-4ad6-9e0f-2a6f4b1f6b5d',
     decode(repeat('00ff', 60), 'hex'), '{vip,"a \\"b\\" é"}', 10.50,
     123456789012345678901234567890.5, 0.1, '2026-01-02 03:04:05.678901+01',
     '{"a": [1, null, "x\\ny"]}'),
    (2, 'a@x.example', NULL, NULL, NULL, NULL, NULL, NULL, 0.30, NULL, NULL, NULL),
    (3, 'b@x.example', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    """
    fields = [EMAIL, *(f"{{name: {one}}}" for one in columns if one != "email")]
    system = postgres_system(table + rows, described(people=fields))
    question = Question(Address("shop", "people"), {("email",): ["a@x.example"]})

    written = system.find_written(question)

    assert written is not None
    ours = [plain(row) for row in system.find(question)]
    assert [json.loads(line) for line in written] == ours
    assert ours[0]["any"] == "123456789012345678901234567890.5"
    assert ours[1]["any"] == 0.3


@pytest.mark.parametrize("name", ["people", "by_json"])
def test_what_the_server_would_write_otherwise_we_write(
    person: MakeSystem, name: str
) -> None:
    system = person(by_json=[ID, "{name: doc}"])  # JSON as it was typed, and an object

    assert system.find_written(Question(Address("shop", name), {("id",): [1]})) is None
