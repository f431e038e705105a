"""The list of systems is read, or refused with a sentence that names file and key."""

from pathlib import Path

import pytest

from subjects.systems.register import RegisterError, load_systems
from subjects.systems.sql.system import SQLSystem

SYSTEM = '[[system]]\nkey = "crm"\ndataset = "crm.yml"\n'
URL = 'url = "sqlite:///crm.sqlite3"\n'


@pytest.fixture
def register(tmp_path: Path) -> Path:
    described = "dataset: [{fides_key: crm, collections: []}]"
    (tmp_path / "empty").touch()
    (tmp_path / "crm.yml").write_text(described, "utf-8")
    return tmp_path / "systems.toml"


def test_a_system_is_read_with_paths_beside_the_file(register: Path) -> None:
    more = 'name = { fr = "Clients" }\nowner = "crm@x.example"\nrow_limit = 7\n'
    more += 'acts = ["erase", "restrict"]\n'
    register.write_text(SYSTEM + URL + more, "utf-8")

    (system,) = load_systems(register)

    assert isinstance(system, SQLSystem)
    assert (system.key, system.owner, system.row_limit) == ("crm", "crm@x.example", 7)
    assert system.name == {"fr": "Clients"}
    assert (system.kind, system.acts) == ("sql", frozenset({"erase", "restrict"}))
    assert system.url.database == str(register.parent / "crm.sqlite3")
    assert [dataset.key for dataset in system.datasets] == ["crm"]


def test_one_name_serves_every_language(register: Path) -> None:
    register.write_text(SYSTEM + URL + 'name = "CRM"\n', "utf-8")

    (system,) = load_systems(register)

    assert system.name == {"fr": "CRM", "nl": "CRM", "de": "CRM", "en": "CRM"}


def test_an_address_may_come_from_the_environment(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.write_text(SYSTEM + 'url_env = "CRM_URL"\n', "utf-8")
    monkeypatch.setenv("CRM_URL", "postgresql://host/crm")

    (system,) = load_systems(register)

    assert isinstance(system, SQLSystem)
    assert system.url.drivername == "postgresql+psycopg"


def test_an_address_may_come_from_a_mounted_file(register: Path) -> None:
    (register.parent / "secret").write_text("postgresql://host/crm\n", "utf-8")
    register.write_text(SYSTEM + 'kind = "sql"\nurl_file = "secret"\n', "utf-8")

    (system,) = load_systems(register)

    assert isinstance(system, SQLSystem)
    assert (system.url.host, system.url.database) == ("host", "crm")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[[system", "this is not TOML"),
        ("", "system is missing; add a [[system]]"),
        ("[system]", "system is missing; add a [[system]]"),
        ("system = [1]", "system 1 is no table; write [[system]]"),
        ("[[system]]", "system 1: key is missing; add it"),
        ('[[system]]\nkey = "crm"', "system 1: dataset is missing; add it"),
        (SYSTEM, "system crm: no url; give url, or url_env"),
        (SYSTEM + 'url_env = "NOT_SET"', "the variable NOT_SET is not set"),
        (SYSTEM + "url = ['secret']", "url is no text; write text"),
        (SYSTEM + 'url_file = "no_file"', "no_file cannot be read (No such file"),
        (SYSTEM + 'url_file = "empty"', "empty is empty; write into it what"),
        (SYSTEM + URL + 'url_env = "U"', "url and url_env are both given; keep one"),
        (SYSTEM + URL + "kind = [1]", "system 1: kind is [1]; write one of sql"),
        (SYSTEM + URL + "acts = ['lose']", "system crm: acts has 'lose'; write only"),
        (SYSTEM + URL + "acts = 'erase'", "acts is 'erase'; write a list of acts"),
        (SYSTEM + 'url = "secret"', "system crm: url: this is no database URL"),
        (
            SYSTEM + URL + "colour = 1",
            "system 1: colour is unknown; use key, kind, dataset",
        ),
        (SYSTEM + URL + "owner = 1", "system 1: owner is 1; write text"),
        (SYSTEM + URL + "row_limit = 0", "row_limit is 0; write a number above 0"),
        (SYSTEM + URL + "row_limit = true", "row_limit is True; write a whole number"),
        (SYSTEM + URL + "name = { it = 'x' }", "system crm: name has 'it'"),
        (SYSTEM + URL + SYSTEM + URL, "key 'crm' is used twice; rename one"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(
    register: Path, content: str, sentence: str
) -> None:
    register.write_text(content, "utf-8")

    with pytest.raises(RegisterError) as refused:
        load_systems(register)

    assert str(refused.value).startswith(f"{register}: ")
    assert sentence in str(refused.value)
    assert "secret" not in str(refused.value)


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"cannot be read .*; check SYSTEMS_FILE"):
        load_systems(tmp_path / "systems.toml")


def test_two_systems_cannot_describe_the_same_dataset(register: Path) -> None:
    other = SYSTEM.replace('key = "crm"', 'key = "crm2"')
    register.write_text(SYSTEM + URL + other + URL, "utf-8")

    with pytest.raises(ValueError, match="dataset crm is already described in"):
        load_systems(register)
