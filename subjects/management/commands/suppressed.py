"""Says whether an address is on the suppression list: ask before you advertise."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from subjects.models import SuppressionEntry

# What is asked by each option: the kind of the identifier that it holds.
KINDS = {"email": "email", "phone": "phone_number", "post": "post"}
NOT_SUPPRESSED = 1


class Command(BaseCommand):
    """The command `suppressed`."""

    help = "Print as JSON whether an address is suppressed; exit 0 if so, 1 if not."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address, of one of three kinds."""
        one = parser.add_mutually_exclusive_group(required=True)
        one.add_argument("--email", help="an e-mail address")
        one.add_argument("--phone", help="a telephone number, with its country")
        one.add_argument("--post", help="a postal address, as it was given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look the address up; it is not repeated, nor kept."""
        name = next(name for name in KINDS if options[name] is not None)
        value = str(options[name])
        if not value.strip() or (name == "email" and "@" not in value):
            raise CommandError(
                f"--{name} holds no address; write it as people do.", returncode=2
            )
        found = list(SuppressionEntry.objects.of(KINDS[name], value))
        entries = [
            {
                "channel": entry.channel,
                "scope": entry.scope,
                "since": entry.since.isoformat(),
            }
            for entry in found
        ]
        self.stdout.write(json.dumps({"suppressed": bool(found), "entries": entries}))
        if not found:
            sys.exit(NOT_SUPPRESSED)
