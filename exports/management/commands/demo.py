"""The whole main job on invented people, without a browser, in a folder of its own."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dsr.models import Case
from exports.demo.form import NoMailError
from exports.demo.run import prepare, run

# What would lead the demo out of its folder: to real people, systems and data.
LEFT_OUT = ("DATABASE_URL", "EMAIL_HOST", "SYSTEMS_FILE", "POLICY_FILE", "REDIS_URL")


class Command(BaseCommand):
    """Run the demo in a new folder, with a database and mails of its own."""

    help = "Show the main job: mails and a form in; letters, packages, reports out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument(
            "--folder", type=Path, help="a new folder (default: one in DATA_DIR)"
        )
        parser.add_argument(
            "--here",
            action="store_true",
            help="use the configured database, if it holds no case, and DATA_DIR",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run here if told so, else in a process that has nothing but a folder."""
        if options["here"]:
            self._run(Path(settings.DATA_DIR))
            return
        now = timezone.localtime()
        name = f"demo-run/{now:%Y%m%d-%H%M%S}"
        folder = (options["folder"] or Path(settings.DATA_DIR) / name).resolve()
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            raise CommandError(
                f"{folder} exists already; name a new folder", returncode=2
            ) from None
        except OSError as error:
            raise CommandError(
                f"{folder} cannot be made ({error.strerror}); name another",
                returncode=2,
            ) from error
        environment = {k: v for k, v in os.environ.items() if k not in LEFT_OUT}
        environment |= {"DATA_DIR": str(folder), "PYTHONUNBUFFERED": "1"}
        program = [sys.executable, str(settings.BASE_DIR / "manage.py"), "demo"]
        done = subprocess.run([*program, "--here"], env=environment, check=False)
        if done.returncode:
            raise CommandError("the demo stopped", returncode=done.returncode)

    def _run(self, folder: Path) -> None:
        prepare()
        if Case.objects.exists():
            raise CommandError(
                "this database holds cases; run the demo without --here",
                returncode=2,
            )
        try:
            for number, (done, result) in enumerate(run(folder), start=1):
                self.stdout.write(f"{number:2}. {done}\n    {result}")
        except NoMailError as error:
            raise CommandError(str(error), returncode=1) from error
        self.stdout.write(f"Everything is in {folder}")
