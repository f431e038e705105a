"""The intake of mail: opens cases, threads follow-ups, acknowledges."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dsr.intake.mailbox.parsed import DEFAULT_LIMITS
from dsr.intake.mailbox.receive import receive


class Command(BaseCommand):
    """Read mails, and print one JSON line a mail with what became of it."""

    help = "Take in mails: open cases, thread follow-ups, acknowledge."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files."""
        parser.add_argument(
            "--eml", nargs="+", required=True, metavar="FILE", help="mails as raw bytes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in every file that can be read; exit 2 if one could not."""
        unread = False
        for name in options["eml"]:
            try:
                with Path(name).open("rb") as file:
                    raw = file.read(DEFAULT_LIMITS.message + 1)
            except OSError as error:
                unread = True
                self.stderr.write(
                    f"{name} cannot be read ({error.strerror}); give the path of a "
                    "file that holds one mail."
                )
            else:
                self.stdout.write(line(name, raw, at=timezone.now()))
        if unread:
            sys.exit(2)  # each file was named on its own line


def line(name: str, raw: bytes, *, at: datetime) -> str:
    """Take in one mail, and say in JSON what became of it."""
    arrival, repeated = receive(raw, received_at=None, source="file", at=at)
    case = arrival.case
    said = {
        "file": name,
        "result": str(arrival.result),
        "reason": arrival.reason,
        "repeated": repeated,
        "case": case.reference if case else None,
        "tickets": sorted(case.tickets.values_list("right_code", flat=True))
        if case
        else [],
        "received_at": arrival.received_at.isoformat(),
    }
    return json.dumps(said, ensure_ascii=False)
