"""`manage.py deadline`: what it prints, and how it refuses."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

VECTORS = Path(__file__).parents[2] / "vectors" / "deadline.csv"
HEADER = "id,received_at,jurisdiction,events,expected_due_date,why"
RECEIVED = "2026-03-05T10:00:00+01:00"


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("deadline", *map(str, arguments), stdout=out)
    return out.getvalue()


def ask(*arguments: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments))
    return answer


def check(folder: Path, *lines: str) -> tuple[str, CommandError]:
    """Check a file that must fail; return what was printed and how it failed."""
    file = folder / "deadlines.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("deadline", "--check", str(file), stdout=out)
    return out.getvalue(), caught.value


def test_the_days_and_their_derivation_are_printed() -> None:
    answer = ask("--received", RECEIVED)

    assert answer.pop("steps")[0] == {
        "text": "Received on Thursday 5 March 2026, Brussels time; that day is not "
        "counted.",
        "source": "Regulation 1182/71 Art. 3(1)",
    }
    assert answer == {
        "due": "2026-04-07",
        "due_strict": "2026-04-07",
        "extension_notice": "2026-04-07",
        "refusal_notice": "2026-04-07",
        "result": "2026-04-07",
    }


def test_the_derivation_speaks_the_language_asked_for() -> None:
    answer = ask("--received", RECEIVED, "--language", "nl", "--jurisdiction", "NL")

    assert answer["steps"][0] == {
        "text": "Ontvangen op donderdag 5 maart 2026 (plaatselijke tijd in Amsterdam); "
        "die dag telt niet mee.",
        "source": "Verordening 1182/71, art. 3, lid 1",
    }


def test_the_result_is_the_day_the_target_asks_for() -> None:
    answer = ask("--received", RECEIVED, "--events", "target=marketing_stop")

    assert answer["result"] == "2026-03-09"
    assert answer["steps"][-1]["source"] == "GDPR Art. 21(3)"


def test_an_open_suspension_has_no_result() -> None:
    answer = ask(
        "--received", RECEIVED, "--events", "identity_asked@2026-03-06T10:00:00+01:00"
    )

    assert answer["due"] is None
    assert answer["result"] is None
    assert answer["due_strict"] == "2026-04-07"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "give either --received or --check"),
        (("--received", RECEIVED, "--check", VECTORS), "give either --received or"),
        (("--received", "yesterday"), "'yesterday' is no ISO instant; write it as"),
        (("--received", "2026-03-05T10:00:00"), "has no time zone; add one, as in"),
        (("--received", RECEIVED, "--jurisdiction", "XX"), "known: BE, DE, FR, IE,"),
        (("--received", RECEIVED, "--language", "it"), "known: en, fr, nl, de"),
        (("--received", RECEIVED, "--events", "hm"), "'hm' is neither event@instant"),
        (
            ("--received", RECEIVED, "--events", "extension_months=3"),
            "GDPR Art. 12(3) allows 1 or 2 further months",
        ),
        (("--check", "no/such.csv"), "no/such.csv cannot be read: No such file"),
    ],
)
def test_bad_input_ends_with_2_and_one_sentence(
    arguments: tuple[object, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)

    assert caught.value.returncode == 2
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_differences_passes() -> None:
    assert run("--check", VECTORS) == "71/71\n"


def test_a_difference_is_printed_and_ends_with_1(tmp_path: Path) -> None:
    printed, error = check(
        tmp_path,
        HEADER,
        f"A1,{RECEIVED},BE,,2026-04-07,right",
        f"A2,{RECEIVED},BE,,2026-04-06,Easter Monday forgotten",
        f"A3,{RECEIVED},BE,,,a date is computable",
        f"A4,{RECEIVED},BE,identity_asked@{RECEIVED},2026-04-07,none is",
    )

    assert printed.splitlines() == [
        "A2: expected 2026-04-06, got 2026-04-07",
        "A3: expected no date, got 2026-04-07",
        "A4: expected 2026-04-07, got no date",
        "1/4",
    ]
    assert error.returncode == 1
    assert "3 of 4 dates of" in str(error)


def test_a_row_that_cannot_be_read_ends_with_2_after_the_others(tmp_path: Path) -> None:
    printed, error = check(
        tmp_path,
        HEADER,
        f"A1,{RECEIVED},BE,,2026-04-07,right",
        "A2,tomorrow,BE,,2026-04-07,no instant",
        f"A3,{RECEIVED},BE,,2026-04-08,wrong",
    )

    assert printed.splitlines() == ["A3: expected 2026-04-08, got 2026-04-07", "1/3"]
    assert error.returncode == 2
    assert "line 3: 'tomorrow' is no ISO instant" in str(error)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([""], "lacks the column 'id'"),
        (
            ["id,received_at,jurisdiction,events"],
            "lacks the column 'expected_due_date'",
        ),
        ([HEADER], "has no rows to check"),
        ([HEADER, f"A1,{RECEIVED}"], "line 2: a column is missing"),
    ],
)
def test_a_file_that_is_no_vector_file_is_refused(
    tmp_path: Path, lines: list[str], sentence: str
) -> None:
    printed, error = check(tmp_path, *lines)

    assert printed == ""
    assert error.returncode == 2
    assert sentence in str(error)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00id", b"\x00\r\n\x00"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError) as caught:
        run("--check", file)

    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
