"""Whether the ledger, or an exported case file, is whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exports.reports.chains import read_chains
from exports.reports.verify import NoBundleError, bundle_faults, read_bundle


class Command(BaseCommand):
    """Read every chain from end to end; name the first broken line of each."""

    help = "Check that no line of the ledger was changed, added or taken away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a case file, instead of the database's ledger."""
        parser.add_argument(
            "--bundle", type=Path, metavar="FILE", help="JSON of `case_bundle`"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0 if all is whole, 1 if a line is broken, 2 on bad input."""
        if options["bundle"]:
            whole, faults = self._bundle(options["bundle"])
        else:
            chains = read_chains()
            whole = f"{chains.chains} chains, {chains.lines} lines: whole"
            faults = list(chains.faults)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults", returncode=1)
        self.stdout.write(whole)

    def _bundle(self, path: Path) -> tuple[str, list[str]]:
        try:
            data = read_bundle(path.read_bytes())
            faults = list(bundle_faults(data))
        except OSError as error:
            raise CommandError(
                f"{path} cannot be read ({error.strerror}); give the JSON of a "
                "case_bundle",
                returncode=2,
            ) from error
        except NoBundleError as error:
            raise CommandError(
                f"{path} is no case file: {error}; give the JSON of a case_bundle",
                returncode=2,
            ) from error
        return f"{data['reference']}, {len(data['ledger'])} lines: whole", faults
