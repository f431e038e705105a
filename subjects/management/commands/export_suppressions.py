"""Writes the suppression list to a file: digests, never an address."""

import csv
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from subjects.models import SuppressionEntry

COLUMNS = ("digest", "channel", "scope", "since")


class Command(BaseCommand):
    """The command `export_suppressions`."""

    help = "Write the suppression list as CSV: keyed digests, channels and instants."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="where to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line an entry, and print how many as JSON."""
        path: Path = options["file"]
        count = 0
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                for entry in SuppressionEntry.objects.iterator():
                    since = entry.since.isoformat()
                    writer.writerow((entry.digest, entry.channel, entry.scope, since))
                    count += 1
        except OSError as error:
            raise CommandError(
                f"{path} cannot be written ({error.strerror}); name another file.",
                returncode=2,
            ) from error
        self.stdout.write(json.dumps({"entries": count}))
