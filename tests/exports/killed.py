"""A worker of its own process: prepares a proposed ticket, builds, dies where told.

Called through `RUN` with `prepare`, `look` or `build [EVENT PATTERN]`; the environment
names the database and the folder.
"""

import json
import os
import re
import signal
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from dsr.models import LedgerEntry, Ticket
from exports.building import build_packages
from exports.models import Package
from tests.company import make_two
from tests.exports.conftest import NOW, propose_one

RUN = "import django; django.setup(); from tests.exports.killed import main; main()"


def prepare() -> None:
    """Make the tables, the company's systems, and one proposed access request."""
    call_command("migrate", interactive=False, verbosity=0)
    make_two(Path(settings.SYSTEMS_FILE).parent)
    propose_one()


def build(event: str = "", pattern: str = "") -> None:
    """Build what is owed; the second time the lease of the first has run out."""

    def die(happens: str, about: tuple[object, ...]) -> None:
        if happens == event and re.search(pattern, str(about[0])):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    again = Package.objects.exists()
    build_packages(at=NOW + timedelta(hours=1) if again else NOW)


def look() -> None:
    """Print what there is now."""
    folder = Path(settings.MEDIA_ROOT) / "packages"
    events = LedgerEntry.objects.filter(event="package.built")
    there = {
        "states": list(Package.objects.values_list("state", flat=True)),
        "files": [str(one) for one in folder.rglob("*") if one.is_file()],
        "named": [one.file.path for one in Package.objects.all()],
        "built": events.count(),
        "tickets": list(Ticket.objects.values_list("state", flat=True)),
    }
    sys.stdout.write(json.dumps(there))


def main() -> None:
    """Do the step that is named."""
    {"prepare": prepare, "build": build, "look": look}[sys.argv[1]](*sys.argv[2:])
