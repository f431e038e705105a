"""Compares a log of advertising with the suppression list: the tripwire."""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dsr.casework.tripwire import compare_sendings
from subjects.sending_rows import KINDS, Columns, SendingError, Sent, read_sendings

FOUND = 1
BAD_INPUT = 2
MOST_COMPLAINTS = 20  # bad rows named before it gives up


class Command(BaseCommand):
    """The command `check_sendings`."""

    help = (
        "Compare a CSV log of advertising that was sent with the suppression list. "
        "Each message after the objection is an incident at the desk; exit 1 if "
        "there is one. One line of complaint a bad row; then nothing is raised."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file, and what its columns are called."""
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="the log")
        parser.add_argument("--kind", choices=KINDS, default="email")
        parser.add_argument("--address", default="address", metavar="COLUMN")
        parser.add_argument("--sent-at", default="sent_at", metavar="COLUMN")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print as JSON how many messages there are, and how many incidents."""
        path: Path = options["file"]
        columns = Columns(options["kind"], options["address"], options["sent_at"])
        try:
            self._all_readable(path, columns)
            rows = (row for row in _read(path, columns) if isinstance(row, Sent))
            done = compare_sendings(rows, source=path.name, at=timezone.now())
        except OSError as error:
            raise CommandError(
                f"{path} cannot be read ({error.strerror}); name another file.",
                returncode=BAD_INPUT,
            ) from error
        except UnicodeDecodeError as error:
            raise CommandError(
                f"{path} is not UTF-8 text; save it as UTF-8.", returncode=BAD_INPUT
            ) from error
        except SendingError as error:
            raise CommandError(f"{path}: {error}.", returncode=BAD_INPUT) from error
        counts = {"messages": done.messages, "incidents": done.incidents}
        self.stdout.write(json.dumps(counts | {"new": done.new}))
        if done.incidents:
            sys.exit(FOUND)

    def _all_readable(self, path: Path, columns: Columns) -> None:
        """Name what cannot be read before anything is raised."""
        bad = (row for row in _read(path, columns) if isinstance(row, SendingError))
        errors = list(islice(bad, MOST_COMPLAINTS))
        for error in errors:
            self.stderr.write(f"{path.name}: {error}")
        if errors:
            sys.exit(BAD_INPUT)  # each bad row was named on its own line


def _read(path: Path, columns: Columns) -> Iterator[Sent | SendingError]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        zone = timezone.get_default_timezone()
        yield from read_sendings(file, columns, zone=zone)
