"""A mail that is kept, read again from its bytes."""

from django.conf import settings

from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.reading import read
from dsr.intake.mailbox.scans import with_kept_scans
from dsr.models import Arrival


def mail_of(arrival: Arrival) -> ParsedMail:
    """Return the mail of an arrival; without bytes it is empty, as nothing was sent."""
    if not arrival.raw:
        return read(b"")
    with arrival.raw.open("rb") as raw:
        mail = read(raw.read(), settings.PGP_KEY)
    return with_kept_scans(mail, arrival.proposal)
