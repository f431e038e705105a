"""`manage.py deadline`: one deadline with its derivation, or a file of them checked."""

import csv
import json
from argparse import ArgumentParser
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dsr.clock.deadline import DEFAULT_POLICY, Deadline, compute
from dsr.clock.events import Target, parse_events
from dsr.clock.languages import LANGUAGES, check_language

COLUMNS = ("id", "received_at", "jurisdiction", "events", "expected_due_date")
BAD_INPUT, CHECK_FAILED = 2, 1


class Command(BaseCommand):
    """Compute the legal days of a request; read and write no database."""

    help = (
        "Print the legal days of a request and how they follow from the law, as JSON."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a receipt, or a file to check."""
        parser.add_argument("--received", help="instant of receipt, ISO with time zone")
        parser.add_argument("--jurisdiction", default="BE", help="BE, NL, …, DE-BY")
        parser.add_argument("--events", default="", help="name@ISO or key=value; …")
        parser.add_argument("--language", default="en", help=", ".join(LANGUAGES))
        parser.add_argument("--check", type=Path, metavar="FILE.csv")

    def handle(self, **options: Any) -> None:
        """Answer on stdout; bad input ends with 2, a failed check with 1."""
        received, file = options["received"], options["check"]
        if (received is None) == (file is None):
            raise CommandError(
                "give either --received or --check", returncode=BAD_INPUT
            )
        try:
            if file is None:
                self._print_deadline(received, options)
            else:
                self._check(file)
        except ValueError as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error

    def _print_deadline(self, received: str, options: dict[str, Any]) -> None:
        language = check_language(options["language"])
        deadline, target = answer(received, options["jurisdiction"], options["events"])
        self.stdout.write(
            json.dumps(
                as_json(deadline, target, language), ensure_ascii=False, indent=2
            )
        )

    def _check(self, file: Path) -> None:
        rows = read_rows(file)
        unreadable: list[str] = []
        differing = 0
        for number, row in rows:
            expected = row["expected_due_date"].strip() or None
            try:
                got = result_of(row)
            except ValueError as error:
                unreadable.append(f"line {number}: {error}")
                continue
            if got != expected:
                differing += 1
                self.stdout.write(
                    f"{row['id']}: expected {expected or 'no date'}, "
                    f"got {got or 'no date'}"
                )
        right = len(rows) - differing - len(unreadable)
        self.stdout.write(f"{right}/{len(rows)}")
        if unreadable:
            raise ValueError(f"{file}, {unreadable[0]}")
        if differing:
            raise CommandError(
                f"{differing} of {len(rows)} dates of {file} differ",
                returncode=CHECK_FAILED,
            )


def answer(received: str, jurisdiction: str, events: str) -> tuple[Deadline, Target]:
    """Compute what the texts describe; raise ValueError with one clear sentence."""
    try:
        received_at = datetime.fromisoformat(received.strip())
    except ValueError:
        raise ValueError(
            f"{received!r} is no ISO instant; write it as 2026-03-05T10:00:00+01:00"
        ) from None
    parsed = parse_events(events)
    policy = replace(DEFAULT_POLICY, **parsed.changes)
    deadline = compute(received_at, jurisdiction, parsed.events, policy)
    return deadline, parsed.target


def as_json(deadline: Deadline, target: Target, language: str) -> dict[str, Any]:
    """Return the fields that scripts may rely on."""
    return {
        "due": iso(deadline.due),
        "due_strict": iso(deadline.due_strict),
        "extension_notice": iso(deadline.extension_notice),
        "refusal_notice": iso(deadline.refusal_notice),
        "result": iso(deadline.day(target)),
        "steps": [
            {"text": step.text(language), "source": step.source.text(language)}
            for step in deadline.steps_to(target)
        ],
    }


def iso(day: date | None) -> str | None:
    """Write a day as JSON wants it."""
    return None if day is None else day.isoformat()


def read_rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Read a vector file, with the number of the line each row ends on.

    Raises:
        ValueError: the file is no such file; the sentence says what is wrong with it.

    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            columns = reader.fieldnames or ()
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise ValueError(f"{file} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} is no CSV file in UTF-8") from error
    missing = [name for name in COLUMNS if name not in columns]
    if missing:
        raise ValueError(f"{file} lacks the column {missing[0]!r}")
    short = [number for number, row in rows if None in row.values()]
    if short:
        raise ValueError(f"{file}, line {short[0]}: a column is missing")
    if not rows:
        raise ValueError(f"{file} has no rows to check")
    return rows


def result_of(row: dict[str, str]) -> str | None:
    """Return the computed day of a row as its events' target asks."""
    deadline, target = answer(row["received_at"], row["jurisdiction"], row["events"])
    return iso(deadline.day(target))
