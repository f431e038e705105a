"""Prints the keys under which another program makes the digests that it asks by."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from subjects.models import key_id, keys


class Command(BaseCommand):
    """The command `processing_keys`."""

    help = (
        "Print as JSON, for a program that asks GET /api/v1/processing/ or reads the "
        "exported suppression list, the keys of its digests: private as passwords."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the key of today first, then the former ones."""
        found = [{"id": key_id(key), "key": key.hex()} for key in keys()]
        self.stdout.write(json.dumps({"keys": found}))
