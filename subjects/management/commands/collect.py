"""Shows what an access request would gather, without a ticket.

Reads the described databases and prints JSON: `{"dataset:collection": [records]}`.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from subjects.management.arguments import (
    ArgumentsError,
    add_categories,
    add_identities,
    add_systems,
    identities_of,
    systems_of,
)
from subjects.systems.base import ReadError
from subjects.systems.collect import collected, plan
from subjects.systems.shape import DatasetError
from subjects.systems.sql.system import SQLSystem


class Command(BaseCommand):
    """The command `collect`."""

    help = "Print as JSON what the described databases hold about a person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare files, databases, identities and categories."""
        add_systems(parser)
        add_identities(parser)
        add_categories(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather and print; one line and exit 2 where that is impossible."""
        systems: list[SQLSystem] = []
        try:
            identities = identities_of(options["identity"])
            systems += systems_of(options["dataset"], options["url"])
            found = collected(systems, identities, options["category"])
            unreachable = plan(systems, identities).unreachable
        except (DatasetError, ReadError, ArgumentsError) as error:
            raise CommandError(str(error), returncode=2) from error
        finally:
            for system in systems:
                system.close()
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        for address, reason in unreachable.items():
            self.stderr.write(f"{address} was not searched: {reason}")
