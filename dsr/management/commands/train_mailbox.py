"""Make the weights by which the mailbox reads letters, from the training letters."""

from typing import Any

from django.core.management.base import BaseCommand

from dsr.intake.mailbox.model import WEIGHTS
from dsr.intake.mailbox.training import trained


class Command(BaseCommand):
    """Train; reads and writes no database. The same data gives the same file."""

    help = "Train the model of the mailbox anew and write its weights."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the model file, and say how large it is."""
        text = trained()
        WEIGHTS.write_text(text, encoding="utf-8")
        self.stdout.write(f"{WEIGHTS.name}: {len(text):,} characters.")
