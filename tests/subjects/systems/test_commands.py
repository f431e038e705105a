"""The commands `collect`, `dataset` and `demo_company`, as anyone may script them."""

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


def test_dataset_check_prints_what_differs_and_fails(
    arguments: dict[str, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--dataset", *arguments["dataset"], "--url", *arguments["url"]]

    call_command("dataset", "check", *given)
    fine = json.loads(capsys.readouterr().out)
    Path(arguments["dataset"][0]).write_text(YAML.replace("lost", "gone"), "utf-8")
    with pytest.raises(SystemExit) as failed:
        call_command("dataset", "check", *given)

    assert fine["errors"] == []
    assert {"system": "shop", "dataset": "shop", "collection": "lost"}.items() <= (
        fine["warnings"][-1].items()
    )
    assert failed.value.code == 1
    assert (
        "no such table" in json.loads(capsys.readouterr().out)["errors"][0]["sentence"]
    )


def test_dataset_drafts_and_draws(
    arguments: dict[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("dataset", "draft", "--url", *arguments["url"])
    (tmp_path / "draft.yml").write_text(capsys.readouterr().out, "utf-8")
    file = tmp_path / "graph.svg"
    call_command(
        "dataset", "graph", "--dataset", f"{tmp_path}/draft.yml", f"--svg={file}"
    )

    assert "email → shop:people.email" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["check", "--dataset", "/no.yml"], "/no.yml: the file cannot be read"),
        (["check", "--url", "shop=sqlite:///x"], "which no --dataset describes"),
        (["draft", "--url", "shop"], "--url is not KEY=VALUE"),
        (["draft", "--url", "shop=sqlite:////no/such.db"], "cannot be reached"),
        (["graph", "--dataset", "{yml}", "--identity", "nose"], "known: email"),
        (["graph", "--dataset", "{yml}", "--svg", "/no/x.svg"], "name another file"),
    ],
)
def test_dataset_refuses_bad_input_in_one_line(
    arguments: dict[str, list[str]], words: list[str], sentence: str
) -> None:
    yml = arguments["dataset"][0]

    with pytest.raises(CommandError) as failed:
        call_command("dataset", *(word.format(yml=yml) for word in words))

    assert failed.value.returncode == 2
    assert sentence in str(failed.value)
    assert "\n" not in str(failed.value)
