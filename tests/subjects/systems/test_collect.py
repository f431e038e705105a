"""What is collected about one person, and that it is nobody else's."""

import pytest

from subjects.systems.base import Record
from subjects.systems.collect import Finding, collect, collected
from subjects.systems.shape import DatasetError
from tests.subjects.systems.conftest import MakeSystem

ID = "{name: id, fides_meta: {primary_key: true, data_type: integer}}"
EMAIL = (
    "{name: email, data_categories: [user.contact.email],"
    " fides_meta: {identity: email, data_type: string}}"
)
ME = {"email": ["a@x.example"]}


def described(**collections: list[str]) -> str:
    """Return a description of the dataset `shop` from fields written as YAML."""
    listed = ", ".join(
        f"{{name: {name}, fields: [{', '.join(fields)}]}}"
        for name, fields in collections.items()
    )
    return f"dataset: [{{fides_key: shop, collections: [{listed}]}}]"


def refers(name: str, target: str, direction: str = "from", more: str = "") -> str:
    way = f", direction: {direction}" if direction else ""
    reference = f"{{dataset: shop, field: {target}{way}}}"
    return f"{{name: {name}, fides_meta: {{references: [{reference}]{more}}}}}"


def ids(found: dict[str, list[Record]]) -> dict[str, list[int]]:
    return {
        address.removeprefix("shop:"): [record["id"] for record in records]
        for address, records in found.items()
    }


HOUSEHOLD = """
CREATE TABLE homes (id INTEGER PRIMARY KEY, street TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, home INT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, person INT, home INT);
INSERT INTO homes VALUES (1, 'Kerkstraat'), (2, 'Rue Haute');
INSERT INTO people VALUES (1, 'a@x.example', 1), (2, 'b@x.example', 1), (3, NULL, 2);
INSERT INTO orders VALUES (10, 1, NULL), (11, 2, 1), (12, NULL, NULL);
"""


@pytest.mark.parametrize("direction", ["to", ""])
def test_who_lives_at_the_same_address_is_left_alone(
    sqlite_system: MakeSystem, direction: str
) -> None:
    yaml = described(
        homes=[ID, "{name: street}"],
        people=[ID, EMAIL, refers("home", "homes.id", direction)],
        orders=[ID, refers("person", "people.id", direction and "from")],
    )
    system = sqlite_system(HOUSEHOLD, yaml)

    found = collected([system], ME)

    assert ids(found) == {"people": [1], "homes": [1], "orders": [10]}


def test_several_fields_of_a_collection_are_searched_together(
    sqlite_system: MakeSystem,
) -> None:
    yaml = described(
        homes=[ID],
        people=[ID, EMAIL, refers("home", "homes.id", "to")],
        orders=[ID, refers("person", "people.id"), refers("home", "homes.id")],
    )
    system = sqlite_system(HOUSEHOLD, yaml)

    found = collected([system], ME)

    assert ids(found)["orders"] == [10, 11]


def test_a_search_in_vain_is_an_empty_list(sqlite_system: MakeSystem) -> None:
    yaml = described(people=[ID, EMAIL], orders=[ID, refers("person", "people.id")])
    system = sqlite_system(HOUSEHOLD, yaml)

    assert collected([system], {"email": ["no@x.example"]}) == {
        "shop:people": [],
        "shop:orders": [],
    }
    assert collected([system], {"email": ["no@x.example"]}, ["user.contact"]) == {}


def test_categories_cut_records_down(sqlite_system: MakeSystem) -> None:
    yaml = described(people=[ID, EMAIL], orders=[ID, refers("person", "people.id")])
    system = sqlite_system(HOUSEHOLD, yaml)

    assert list(collect([system], ME, ["user.contact"])) == [
        Finding("shop:people", {"email": "a@x.example"})
    ]


STAFF = """
CREATE TABLE staff (id INTEGER PRIMARY KEY, email TEXT, chief INT);
INSERT INTO staff VALUES (1, 'a@x.example', 4), (2, NULL, 1), (3, NULL, 2),
    (4, NULL, 3),
    (5, NULL, 6), (6, NULL, NULL);
"""


def test_a_reference_to_itself_is_followed_to_the_end(
    sqlite_system: MakeSystem,
) -> None:
    yaml = described(staff=[ID, EMAIL, refers("chief", "staff.id")])
    system = sqlite_system(STAFF, yaml)

    assert ids(collected([system], ME)) == {"staff": [1, 2, 3, 4]}


CIRCLE = """
CREATE TABLE a (id INTEGER PRIMARY KEY, email TEXT, c INT);
CREATE TABLE b (id INTEGER PRIMARY KEY, a INT);
CREATE TABLE c (id INTEGER PRIMARY KEY, b INT);
INSERT INTO a VALUES (1, 'a@x.example', 33), (2, NULL, 31), (3, NULL, 99);
INSERT INTO b VALUES (21, 1), (22, 2), (23, 3);
INSERT INTO c VALUES (31, 21), (32, 22), (33, 99);
"""


def test_a_circle_of_collections_is_followed_until_nothing_is_new(
    sqlite_system: MakeSystem,
) -> None:
    yaml = described(
        a=[ID, EMAIL, refers("c", "c.id")],
        b=[ID, refers("a", "a.id")],
        c=[ID, refers("b", "b.id")],
    )
    system = sqlite_system(CIRCLE, yaml)

    found = collected([system], ME)

    assert ids(found) == {"a": [1, 2], "b": [21, 22], "c": [31, 32]}


MANY = """
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, alias TEXT);
CREATE TABLE visits (person INT, page TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
INSERT INTO people SELECT i, 'a@x.example', 'a@x.example' FROM n;
INSERT INTO visits SELECT id, 'home' FROM people;
INSERT INTO visits VALUES (1, 'home'), (9999, 'home');
"""


def test_more_values_than_a_statement_takes_find_every_row_once(
    sqlite_system: MakeSystem,
) -> None:
    yaml = described(
        people=[ID, EMAIL],
        visits=[refers("person", "people.id"), "{name: page}"],
    )
    system = sqlite_system(MANY, yaml, row_limit=5000)

    found = collected([system], ME)

    # Person 1 made the same visit twice: two rows alike are still two rows.
    assert len(found["shop:visits"]) == 2501
    assert found["shop:visits"].count({"person": 1, "page": "home"}) == 2


def test_an_empty_text_leads_to_nobody(sqlite_system: MakeSystem) -> None:
    sql = """
    CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, card TEXT);
    CREATE TABLE cards (id INTEGER PRIMARY KEY, card TEXT);
    INSERT INTO people VALUES (1, 'a@x.example', '');
    INSERT INTO cards VALUES (7, ''), (8, NULL);
    """
    yaml = described(
        people=[ID, EMAIL, "{name: card}"],
        cards=[ID, refers("card", "people.card")],
    )

    found = collected([sqlite_system(sql, yaml)], ME)

    assert ids(found) == {"people": [1], "cards": []}


NASTY = "x'; DROP TABLE people; --"


@pytest.mark.parametrize(
    "nasty", [NASTY, '") OR 1=1 --', "%", "\0", "\ud800", ":id", "O'Brien\\"]
)
def test_a_value_is_never_read_as_sql(sqlite_system: MakeSystem, nasty: str) -> None:
    sql = """
    CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT);
    INSERT INTO people VALUES (1, 'a@x.example');
    """
    system = sqlite_system(sql, described(people=[ID, EMAIL]))

    assert ids(collected([system], {"email": [nasty]})) == {"people": []}
    assert ids(collected([system], ME)) == {"people": [1]}


def test_a_stored_value_that_looks_like_sql_is_followed_as_a_value(
    sqlite_system: MakeSystem,
) -> None:
    sql = """
    CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, "or""der by" TEXT);
    CREATE TABLE "select" (id INTEGER PRIMARY KEY, "where" TEXT);
    INSERT INTO people VALUES (1, 'a@x.example', 'NASTY');
    INSERT INTO "select" VALUES (5, 'NASTY'), (6, 'other');
    """.replace("NASTY", NASTY.replace("'", "''"))
    column = "'or\"der by'"
    yaml = described(
        people=[ID, EMAIL, f"{{name: {column}}}"],
        select=[ID, refers("where", "'people.or\"der by'")],
    )

    found = collected([sqlite_system(sql, yaml)], ME)

    assert ids(found) == {"people": [1], "select": [5]}


OBJECTS = "{data_type: 'object[]'}"
NESTED = """
CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, info TEXT);
CREATE TABLE teams (id INTEGER PRIMARY KEY, members TEXT, people TEXT);
INSERT INTO people VALUES
    (1, 'a@x.example', '{"home": {"id": 7}, "cards": ["k1", "k2"]}');
INSERT INTO teams VALUES (21, '["k2", "k9"]', '[{"card": "k1", "n": 1}, {"n": 2}]'),
    (22, '["k9"]', '[]'), (23, 'no json', NULL);
CREATE TABLE cards (id INTEGER PRIMARY KEY, card TEXT);
INSERT INTO cards VALUES (32, 'k2'), (39, 'k9');
"""


def test_values_inside_json_lead_on_and_only_matching_elements_stay(
    sqlite_system: MakeSystem,
) -> None:
    cards = "{name: cards, fides_meta: {data_type: 'string[]'}}"
    more = ", data_type: 'string[]'"
    inner = refers("card", "people.info.cards", "from", ", data_type: string")
    yaml = described(
        people=[ID, EMAIL, f"{{name: info, fields: [{cards}]}}"],
        teams=[
            ID,
            refers("members", "people.info.cards", "from", more),
            f"{{name: people, fides_meta: {OBJECTS}, fields: [{inner}, {{name: n}}]}}",
        ],
        cards=[ID, refers("card", "teams.members")],
    )

    found = collected([sqlite_system(NESTED, yaml)], ME)

    assert found["shop:people"][0]["info"]["home"] == {"id": 7}
    # k9 is somebody else's card: it is neither shown nor followed.
    assert found["shop:teams"] == [
        {"id": 21, "members": ["k2"], "people": [{"card": "k1", "n": 1}]}
    ]
    assert ids(found)["cards"] == [32]


def test_all_elements_stay_where_the_description_says_so(
    sqlite_system: MakeSystem,
) -> None:
    cards = "{name: cards, fides_meta: {data_type: 'string[]'}}"
    more = ", data_type: 'string[]', return_all_elements: true"
    yaml = described(
        people=[ID, EMAIL, f"{{name: info, fields: [{cards}]}}"],
        teams=[ID, refers("members", "people.info.cards", "from", more)],
    )

    found = collected([sqlite_system(NESTED, yaml)], ME)

    assert found["shop:teams"] == [{"id": 21, "members": ["k2", "k9"]}]


def test_systems_are_searched_as_one(sqlite_system: MakeSystem) -> None:
    people = sqlite_system(HOUSEHOLD, described(people=[ID, EMAIL]))
    yaml = described(letters=[ID, refers("person", "people.id")])
    letters = sqlite_system(
        "CREATE TABLE letters (id INTEGER, person TEXT);"
        "INSERT INTO letters VALUES (9, '1'), (8, '2');",
        yaml.replace("fides_key: shop", "fides_key: post"),
        key="post",
    )

    found = collected([letters, people], ME)

    assert list(found) == ["shop:people", "post:letters"]
    assert found["post:letters"] == [{"id": 9, "person": "1"}]


def test_a_reference_to_a_system_not_given_is_refused(
    sqlite_system: MakeSystem,
) -> None:
    yaml = described(people=[ID, EMAIL, refers("home", "homes.id", "to")])

    with pytest.raises(DatasetError, match=r"collection shop:homes, which cannot be"):
        collected([sqlite_system(HOUSEHOLD, yaml)], ME)
