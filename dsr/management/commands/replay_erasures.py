"""Erases again, in a system restored from a backup, what was erased since.

Prints one JSON line per erasure. Exit 1 if one failed or is left to people.
"""

import json
import sys
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from dsr.casework import replay_erasures
from subjects.systems.register import load_systems


class Command(BaseCommand):
    """The command `replay_erasures`."""

    help = "Erase again in the systems what was erased since a backup was taken."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the instant of the backup, and the systems that were restored."""
        parser.add_argument(
            "--since",
            required=True,
            metavar="ISO",
            help="when the backup was taken, e.g. 2026-11-20T02:00",
        )
        parser.add_argument(
            "--system",
            action="append",
            metavar="KEY",
            help="only this restored system; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase again, and say of each what became of it."""
        since = _instant(options["since"])
        _check_systems(options["system"])
        left = 0
        for one in replay_erasures(since, options["system"], at=timezone.now()):
            left += one.result != "done"
            self.stdout.write(json.dumps(one.as_json(), ensure_ascii=False))
        if left:
            sys.exit(1)


def _instant(text: str) -> datetime:
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        sentence = "--since is no instant; write --since 2026-11-20T02:00"
        raise CommandError(sentence, returncode=2) from error
    return given if timezone.is_aware(given) else timezone.make_aware(given)


def _check_systems(keys: list[str] | None) -> None:
    try:
        known = [system.key for system in load_systems(settings.SYSTEMS_FILE)]
    except ValueError as error:
        raise CommandError(str(error), returncode=2) from error
    for key in keys or ():
        if key not in known:
            sentence = f"there is no system {key!r}; known: {', '.join(known)}"
            raise CommandError(sentence, returncode=2)
