"""The commands: what they write, and one clear line on bad input."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dsr.models import LedgerEntry
from exports.building import build_packages
from tests.exports.conftest import NOW, Decided, answer

PERIOD = ("--from", "2026-11-01", "--to", "2026-11-30")


def said(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def refused(*words: str) -> str:
    """Return the line of a refusal, which must be one and leave with 2."""
    with pytest.raises(CommandError) as refusal:
        call_command(*words, stdout=io.StringIO())
    assert refusal.value.returncode == 2
    line = str(refusal.value)
    assert "\n" not in line
    return line


def test_the_period_report_is_written_twice_over(desk: None, tmp_path: Path) -> None:
    pdf, data = tmp_path / "a.pdf", tmp_path / "a.json"

    said("audit_report", *PERIOD, "--pdf", str(pdf), "--json", str(data))

    assert pdf.read_bytes().startswith(b"%PDF")
    assert json.loads(data.read_bytes())["figures"]["received"] == 0
    assert {one.name for one in tmp_path.iterdir() if one.is_file()} == {
        "a.pdf",
        "a.json",
    }


def test_the_file_of_a_case_can_be_checked(decided: Decided, tmp_path: Path) -> None:
    ticket = decided()
    build_packages(at=NOW)
    answer(ticket)
    pdf, data = tmp_path / "c.pdf", tmp_path / "c.json"
    reference = ticket.case.reference

    said("case_bundle", reference.lower(), "--pdf", str(pdf), "--json", str(data))

    lines = len(json.loads(data.read_bytes())["ledger"])
    checked = said("check_ledger", "--bundle", str(data))
    assert checked == f"{reference}, {lines} lines: whole\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ("--from", "2026-11-31", "--to", "2026-12-01", "--pdf", "{}/a.pdf"),
            "the first day is '2026-11-31'; give a day like 2026-01-31",
        ),
        (
            ("--from", "soon", "--to", "2026-12-01", "--pdf", "{}/a.pdf"),
            "the first day is 'soon'",
        ),
        (
            ("--from", "2026-12-02", "--to", "2026-12-01", "--pdf", "{}/a.pdf"),
            "lies before the first",
        ),
        ((*PERIOD, "--pdf", "{}"), "is a folder; give the name of a file"),
        ((*PERIOD, "--pdf", "{}/nowhere/a.pdf"), "cannot be written"),
        (
            (*PERIOD, "--pdf", "{}/a.pdf", "--json", "{}/nowhere/a.json"),
            "cannot be written",
        ),
    ],
)
def test_a_report_refused_writes_nothing(
    desk: None, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    line = refused("audit_report", *(word.format(tmp_path) for word in words))

    assert says in line
    assert not list(tmp_path.glob("*.pdf"))
    assert not LedgerEntry.objects.exists()


def test_an_unknown_case_is_refused(desk: None, tmp_path: Path) -> None:
    words = ("--pdf", str(tmp_path / "a.pdf"), "--json", str(tmp_path / "a.json"))

    line = refused("case_bundle", "DSR-2026-000009-XX", *words)

    assert line == "there is no case DSR-2026-000009-XX; look it up on the desk"


def test_a_whole_ledger_is_said_to_be_whole(decided: Decided) -> None:
    decided()

    lines = LedgerEntry.objects.count()

    assert said("check_ledger") == f"1 chains, {lines} lines: whole\n"


def test_a_changed_bundle_leaves_with_one(decided: Decided, tmp_path: Path) -> None:
    reference = decided().case.reference
    data = tmp_path / "c.json"
    words = ("--pdf", str(tmp_path / "c.pdf"), "--json", str(data))
    said("case_bundle", reference, *words)
    data.write_text(data.read_text().replace("olivia", "nobody"))
    out = io.StringIO()

    with pytest.raises(CommandError) as found:
        call_command("check_ledger", "--bundle", str(data), stdout=out)

    assert found.value.returncode == 1
    assert f"{reference}: line 1 was changed" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        ("hello", "is no case file: it is not JSON"),
        ("[]", "is no case file: its format is not"),
        ('{"format": "rightsdesk-case-1"}', "something is missing in it"),
    ],
)
def test_what_is_no_bundle_is_refused(
    tmp_path: Path, content: str | None, says: str
) -> None:
    path = tmp_path / "c.json"
    if content is not None:
        path.write_text(content)

    assert says in refused("check_ledger", "--bundle", str(path))
