"""The commands `suppressed` and `export_suppressions`, as anyone may script them."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from subjects.models import suppress

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
JEANNE = "jeanne.peeters@demo.example"
PHONE = "+32 470 12 34 56"


@pytest.fixture(autouse=True)
def _listed() -> None:
    suppress("email", JEANNE, reference="a ticket", at=NOW)
    suppress("phone_number", PHONE, reference="a ticket", at=NOW)


@pytest.mark.parametrize(
    "asked", [("--email", JEANNE.upper()), ("--phone", "0032 470/12.34.56")]
)
def test_a_suppressed_address_is_told_without_repeating_it(
    asked: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("suppressed", *asked)
    said = capsys.readouterr().out
    assert json.loads(said) == {
        "suppressed": True,
        "entries": [
            {
                "channel": "all",
                "scope": "direct_marketing",
                "since": "2026-03-05T10:00:00+00:00",
            }
        ],
    }
    assert asked[1].lower() not in said.lower()


def test_an_address_that_is_not_suppressed_exits_with_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("suppressed", "--email", "luc@demo.example")
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out) == {"suppressed": False, "entries": []}


@pytest.mark.parametrize("asked", [("--email", "jeanne"), ("--post", " ")])
def test_what_is_no_address_exits_with_2(asked: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="holds no address") as caught:
        call_command("suppressed", *asked)
    assert caught.value.returncode == 2


def test_the_list_is_exported_as_digests(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    call_command("export_suppressions", str(path))
    text = path.read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [sorted(row) for row in rows] == [
        ["channel", "digest", "scope", "since"]
    ] * 2
    assert all(len(row["digest"]) == 64 for row in rows)
    assert "jeanne" not in text
    assert json.loads(capsys.readouterr().out) == {"entries": 2}


def test_a_file_that_cannot_be_written_exits_with_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="name another file") as caught:
        call_command("export_suppressions", str(tmp_path))
    assert caught.value.returncode == 2
