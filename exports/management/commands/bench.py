"""How fast the desk is on this machine, beside a bare program: a ratio, and a floor."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection

from exports.bench import collect, erase, intake, processing, request
from exports.bench.measure import Measured, Timed

Figure = Measured | Timed
BENCHES: dict[str, Callable[[], Figure | tuple[Figure, ...]]] = {
    "collect": collect.measure,
    "erase": erase.measure,
    "intake": intake.measure,
    "processing": processing.measure,
    "request": request.measure,
}
# What would lead it to real people's files and mails; the database is a scratch one.
LEFT_OUT = ("EMAIL_HOST", "SYSTEMS_FILE", "POLICY_FILE", "MAILBOXES")


class Command(BaseCommand):
    """Measure in a scratch database beside the configured one, then drop it."""

    help = "Measure ours against a bare program; exit 1 if one does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to measure."""
        parser.add_argument(
            "names", nargs="*", metavar="NAME", help=f"of: {', '.join(BENCHES)}"
        )
        parser.add_argument("--json", action="store_true", help="one JSON line each")
        parser.add_argument("--folder", type=Path, help="used by itself")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure in a process of its own, whose files lie in a temporary folder."""
        unknown = [name for name in options["names"] if name not in BENCHES]
        if unknown:
            self.stderr.write(
                f"There is no bench {unknown[0]!r}; there are: {', '.join(BENCHES)}"
            )
            sys.exit(2)
        if options["folder"]:
            self._measure(options)
            return
        with TemporaryDirectory(prefix="rightsdesk-bench-") as folder:
            environment = {k: v for k, v in os.environ.items() if k not in LEFT_OUT}
            environment |= {"DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench"]
            command += [*options["names"], "--folder", folder]
            command += ["--json"] if options["json"] else []
            done = subprocess.run(command, env=environment, check=False)
        sys.exit(done.returncode)

    def _measure(self, options: dict[str, Any]) -> None:
        connection.settings_dict["TEST"]["NAME"] = _scratch(options["folder"])
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            names = options["names"] or list(BENCHES)
            found = [BENCHES[name]() for name in names]
        finally:
            connection.creation.destroy_test_db("", verbosity=0)
        measured = [
            one
            for some in found
            for one in (some if isinstance(some, tuple) else [some])
        ]
        for one in measured:
            self.stdout.write(_line(one) if options["json"] else _sentence(one))
        if not all(one.holds for one in measured):
            sys.exit(1)


def _scratch(folder: Path) -> str | None:
    """Return the scratch database: a file here; in PostgreSQL one beside ours."""
    return str(folder / "bench.sqlite3") if connection.vendor == "sqlite" else None


def _line(one: Figure) -> str:
    return json.dumps(asdict(one) | {"ratio": one.ratio, "holds": one.holds})


def _sentence(one: Figure) -> str:
    end = "holds" if one.holds else one.unkept
    load = os.getloadavg()[0]
    return f"{one.name}: {one.what}: {one.figures}: {end} (load {load:.1f})"
