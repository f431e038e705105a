"""The file of one case, as PDF and as JSON."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dsr.models import Case
from dsr.vocabulary import SYSTEM
from exports.reports.files import UnwritableError, keep, places
from exports.reports.making import make_bundle


class Command(BaseCommand):
    """Write the file of one case, with its letters inside."""

    help = "Write everything on record about one case as PDF and JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the reference, the files and the language."""
        parser.add_argument("reference", help="such as DSR-2026-000123-K7")
        parser.add_argument("--pdf", type=Path, required=True, metavar="FILE")
        parser.add_argument("--json", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--language", default="en", choices=[code for code, _ in settings.LANGUAGES]
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the file and write it whole; exit 2 on bad input."""
        reference = options["reference"].strip().upper()
        case = Case.objects.filter(reference=reference).first()
        if case is None:
            raise CommandError(
                f"there is no case {reference}; look it up on the desk", returncode=2
            )
        pdf, json = options["pdf"], options["json"]
        try:
            with places([pdf, json]) as beside:
                made = make_bundle(
                    case, language=options["language"], by=SYSTEM, at=timezone.now()
                )
                keep({pdf: made.pdf, json: made.json}, beside)
        except UnwritableError as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(f"{pdf}\n{json}")
