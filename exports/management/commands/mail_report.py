"""How well mail is read: the reader's proposals against the officers' settlements."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from exports.reports.mail import as_text, mail_report
from exports.reports.making import zone
from exports.reports.period import BadPeriodError, read_period

GDPR_APPLIES = "2018-05-25"  # Art. 99(2): no mail is older


class Command(BaseCommand):
    """Print confusion tables a month, and precision and recall a right."""

    help = "Compare what the mail reader proposed with what officers made of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the period; without one everything that is still kept is counted."""
        parser.add_argument("--from", dest="first", default=GDPR_APPLIES, metavar="DAY")
        parser.add_argument("--to", dest="last", metavar="DAY")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the report; exit 2 on bad input."""
        today = timezone.now().astimezone(zone()).date().isoformat()
        try:
            period = read_period(options["first"], options["last"] or today, zone())
        except BadPeriodError as error:
            raise CommandError(str(error), returncode=2) from error
        report = mail_report(period)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for line in as_text(report):
            self.stdout.write(line)
