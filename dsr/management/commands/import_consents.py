"""Fills the list of given consents from another system's: proof for Art. 7(1)."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from dsr.controller import current
from dsr.policy.at_once import CONSENTS
from dsr.vocabulary import IdentifierKind
from subjects.consent_rows import ConsentRow, RowError, Wanted, keep, read_rows


class Command(BaseCommand):
    """The command `import_consents`."""

    help = (
        "Import given consents from a CSV file with the columns "
        "kind,value,purpose,given_at,basis,source. One line of complaint a bad row; "
        "then nothing is imported, and the exit code is 2."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="from where")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import all rows or none, and print as JSON how many are new."""
        rows, errors = self._read(options["file"])
        for error in errors:
            self.stderr.write(str(error))
        if errors:
            sys.exit(2)  # each bad row was named on its own line
        language, now = current().identity.languages[0], timezone.now()
        with transaction.atomic():
            new = sum(keep(row, language=language, at=now) for row in rows)
        self.stdout.write(json.dumps({"rows": len(rows), "new": new}))

    def _read(self, path: Path) -> tuple[list[ConsentRow], list[RowError]]:
        """Return what can be used of the file, and what cannot."""
        rows: list[ConsentRow] = []
        errors: list[RowError] = []
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for one in read_rows(file, wanted(), at=timezone.now()):
                    if isinstance(one, RowError):
                        errors.append(one)
                    else:
                        rows.append(one)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be read ({error.strerror}); name another file.",
                returncode=2,
            ) from error
        except UnicodeDecodeError as error:
            raise CommandError(
                f"{path} is not UTF-8 text; save it as UTF-8.", returncode=2
            ) from error
        except RowError as error:
            raise CommandError(f"{path}: {error}.", returncode=2) from error
        return rows, errors


def wanted() -> Wanted:
    """Return what a row may say under this controller's policy."""
    bases = {
        code: frozenset(purpose.basis) & frozenset(CONSENTS)
        for code, purpose in current().purposes.items()
    }
    return Wanted(
        kinds=frozenset(IdentifierKind.values),
        bases={code: found for code, found in bases.items() if found},
    )
