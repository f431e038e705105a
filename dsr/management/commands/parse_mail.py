"""Say what each mail in a file is, without a database: one JSON line a file."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.parsed import DEFAULT_LIMITS
from dsr.intake.mailbox.reading import read


class Command(BaseCommand):
    """Parse and classify; reads and writes no database."""

    help = "Print what each mail is: kind, rights with evidence, language, for whom."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files."""
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a mail as raw bytes (RFC 5322)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for every file that can be read; exit 2 if one could not."""
        unread = False
        for name in options["files"]:
            try:
                self.stdout.write(describe(name))
            except OSError as error:
                unread = True
                self.stderr.write(
                    f"{name} cannot be read ({error.strerror}); give the path of a"
                    " file that holds one mail."
                )
        if unread:
            sys.exit(2)  # each file was named on its own line


def describe(name: str) -> str:
    """Give one line of JSON for one file.

    Raises OSError when the file cannot be read. No more than one byte beyond the
    limit is read, so that the size of a file is no burden.
    """
    with Path(name).open("rb") as file:
        mail = read(file.read(DEFAULT_LIMITS.message + 1), settings.PGP_KEY)
    found = classify(mail)
    problems = list(mail.problems)
    if found.kind == "review":
        problems.append(found.reason)
    return json.dumps(
        {
            "file": name,
            "kind": found.kind,
            "rights": found.rights,
            "language": found.language,
            "subject_email": found.subject_email,
            "requester_is_agent": found.requester_is_agent,
            "case_reference": found.case_reference,
            "evidence": [asdict(evidence) for evidence in found.evidence],
            "problems": problems,
            "identifiers": dict(found.identifiers),
            "scope": found.scope,
            "deadline": found.deadline,
            "own_reference": found.own_reference,
        },
        ensure_ascii=False,
    )
