"""Computes open tickets anew after the calendar data or the clock's policy changed."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from dsr import casework
from dsr.controller import PolicyFileError
from dsr.policy import PolicyError
from dsr.vocabulary import SYSTEM


class Command(BaseCommand):
    """Print one JSON line a ticket whose dates moved; done twice, nothing moves."""

    help = (
        "Compute open tickets anew that were computed with another calendar or policy."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Recompute, print what moved, and say on stderr how many were looked at."""
        try:
            done = casework.recompute(by=SYSTEM, at=timezone.now())
        except (PolicyError, PolicyFileError) as error:
            raise CommandError(str(error), returncode=2) from error
        for moved in done.moved:
            self.stdout.write(json.dumps(asdict(moved)))
        self.stderr.write(f"{done.computed} computed anew, {len(done.moved)} moved")
