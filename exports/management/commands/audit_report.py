"""The period report, as PDF and as JSON."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dsr.vocabulary import SYSTEM
from exports.reports.files import UnwritableError, keep, places
from exports.reports.making import make_audit, zone
from exports.reports.period import BadPeriodError, read_period


class Command(BaseCommand):
    """Write the report on a period; it names no person."""

    help = "Write the period report as PDF (and JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the period, the files and the language."""
        parser.add_argument("--from", dest="first", required=True, metavar="DAY")
        parser.add_argument("--to", dest="last", required=True, metavar="DAY")
        parser.add_argument("--pdf", type=Path, required=True, metavar="FILE")
        parser.add_argument("--json", type=Path, metavar="FILE")
        parser.add_argument(
            "--language", default="en", choices=[code for code, _ in settings.LANGUAGES]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the report and write it whole; exit 2 on bad input."""
        wanted = [path for path in (options["pdf"], options["json"]) if path]
        try:
            period = read_period(options["first"], options["last"], zone())
            with places(wanted) as beside:
                made = make_audit(
                    period,
                    language=options["language"],
                    by=SYSTEM,
                    at=timezone.now(),
                )
                contents = {options["pdf"]: made.pdf, options["json"]: made.json}
                keep({path: contents[path] for path in wanted}, beside)
        except (BadPeriodError, UnwritableError) as error:
            raise CommandError(str(error), returncode=2) from error
        for path in wanted:
            self.stdout.write(str(path))
