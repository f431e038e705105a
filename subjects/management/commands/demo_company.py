"""Makes the demo company's databases, so that there is something to search."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from subjects.demo.company import DEMO_PEOPLE, make_company


class Command(BaseCommand):
    """The command `demo_company`."""

    help = "Make three databases of an invented insurer, with their descriptions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folder."""
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=Path(settings.DATA_DIR) / "demo",
            help="where to; default: DATA_DIR/demo",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the company and say where it is and whom to ask for."""
        folder: Path = options["folder"]
        try:
            make_company(folder)
        except OSError as error:
            raise CommandError(
                f"{folder} cannot be written ({error.strerror}); name another folder",
                returncode=2,
            ) from error
        self.stdout.write(f"The demo company is in {folder}; its best-known people:")
        for person in DEMO_PEOPLE:
            self.stdout.write(f"  {person.name} <{person.email}>")
