"""The commands `collect` and `demo_company`, as anyone may script them."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.subjects.systems.conftest import MakeSystem
from tests.subjects.systems.test_collect import EMAIL, HOUSEHOLD, ID, described, refers

YAML = described(
    homes=[ID, "{name: street, data_categories: [user.contact.address]}"],
    people=[ID, EMAIL, refers("home", "homes.id", "to")],
    lost=[ID],
)


@pytest.fixture
def arguments(sqlite_system: MakeSystem, tmp_path: Path) -> dict[str, list[str]]:
    sqlite_system(HOUSEHOLD + "CREATE TABLE lost (id INT);", YAML)
    return {
        "dataset": [str(tmp_path / "shop.yml")],
        "url": [f"shop=sqlite:///{tmp_path / 'shop.sqlite3'}"],
        "identity": ["email=a@x.example"],
    }


def run(arguments: dict[str, list[str]]) -> None:
    words = [[f"--{option}", *values] for option, values in arguments.items()]
    call_command("collect", *(word for part in words for word in part))


def test_collect_prints_what_is_found_as_json(
    arguments: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    run(arguments)

    told = capsys.readouterr()
    assert json.loads(told.out) == {
        "shop:people": [{"id": 1, "email": "a@x.example", "home": 1}],
        "shop:homes": [{"id": 1, "street": "Kerkstraat"}],
    }
    assert told.err.startswith("shop:lost was not searched: ")


def test_collect_cuts_down_to_categories(
    arguments: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    run({**arguments, "category": ["user.contact.address", "user.name"]})

    found = json.loads(capsys.readouterr().out)
    assert found == {"shop:homes": [{"street": "Kerkstraat"}]}


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("url", "sqlite:///x", "--url is not KEY=VALUE; write --url crm="),
        ("url", "crm=sqlite:///x", "--url names crm, which no --dataset describes"),
        ("url", "shop=nonsense", "--url shop: this is no database URL"),
        ("url", "shop=sqlite:////no/such.db", "cannot be reached"),
        ("identity", "a@x.example", "--identity is not KEY=VALUE; write --identity"),
        ("identity", "email=", "--identity is not KEY=VALUE"),
        ("dataset", "/no/such.yml", "/no/such.yml: the file cannot be read"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(
    arguments: dict[str, list[str]], option: str, value: str, sentence: str
) -> None:
    with pytest.raises(CommandError) as failed:
        run({**arguments, option: [value]})

    assert failed.value.returncode == 2
    assert sentence in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_dataset_without_database_is_told(
    arguments: dict[str, list[str]], tmp_path: Path
) -> None:
    more = tmp_path / "post.yml"
    more.write_text("dataset: [{fides_key: post, collections: []}]", "utf-8")
    arguments["dataset"].append(str(more))

    with pytest.raises(CommandError, match="dataset post has no database; add --url"):
        run(arguments)


def test_demo_company_names_its_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo_company", tmp_path / "demo")

    assert "Jeanne Peeters <jeanne.peeters@demo.example>" in capsys.readouterr().out
    assert (tmp_path / "demo" / "systems.toml").exists()


def test_demo_company_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match=r"cannot be written .*name another folder"):
        call_command("demo_company", tmp_path / "file" / "demo")
