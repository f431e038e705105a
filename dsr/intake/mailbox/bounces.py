"""Reads the reports of mail servers that could not deliver what we sent. RFC 3464.

Pure and linear. Many servers write no such report, or a broken one: so the whole mail
is searched for what it must quote, the Message-ID of the mail or its recipient.
"""

import re
from dataclasses import dataclass

from dsr.intake.mailbox.language import fold
from dsr.intake.mailbox.machines import DAEMON
from dsr.intake.mailbox.parsed import ParsedMail

READ = 300_000  # bytes of a report that are searched
MOST = 50  # message ids and recipients that are looked at
REPORTS = ("message/delivery-status", "message/global-delivery-status")
ACTION = re.compile(rb"^Action:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
STATUS = re.compile(
    rb"^Status:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE
)
SAID = re.compile(rb"\b[45]\d\d[ -]{1,2}#?([45]\.\d{1,3}\.\d{1,3})\b")
RECIPIENT = re.compile(
    rb"^(?:(?:Final|Original)-Recipient:[ \t]*(?:rfc822|utf-8)[ \t]*;"
    rb"|X-Failed-Recipients:)[ \t]*<?([^\s<>,;]{1,254}@[^\s<>,;]{1,253})",
    re.IGNORECASE | re.MULTILINE,
)
MENTIONED = re.compile(rb"<([^<>\s@]{1,254}@[^<>\s@]{1,253})>")
DECISIVE = {b"failed", b"delayed"}
DELAYED = re.compile(
    r"delayed|warning|not yet been delivered|still being retried|retard|en attente"
    r"|vertraag|uitgesteld|verzoger"
)
FAILED = re.compile(
    r"undeliver|could not (?:be )?deliver|delivery (?:has )?fail|delivery status"
    r"|failure notice|returned mail|mail delivery failed|unable to deliver"
    r"|non[ -]remis|non distribu|echec|n'a pas pu etre"
    r"|onbestelbaar|niet (?:worden )?(?:bezorgd|afgeleverd)"
    r"|unzustellbar|nicht zugestellt"
)


@dataclass(frozen=True)
class Bounce:
    """What a report says: given up (`failed`), or still tried.

    `code` is the status of RFC 3463, such as 5.1.1, or empty; ids are in brackets.
    """

    failed: bool
    code: str
    message_ids: tuple[str, ...]
    recipients: tuple[str, ...]


def read_bounce(raw: bytes, mail: ParsedMail) -> Bounce | None:
    """Return what a mail reports of one that we sent; None if it is no such report."""
    parts = [one.content for one in mail.attachments if one.content_type in REPORTS]
    text = b"\n".join([raw[:READ].replace(b"\r\n", b"\n"), *parts, _words(mail)])
    failed = _is_given_up(mail, text)
    if failed is None:
        return None
    code = STATUS.search(text) or SAID.search(text)
    named = [match.decode("ascii", "replace") for match in MENTIONED.findall(text)]
    recipients = [one.decode("ascii", "replace") for one in RECIPIENT.findall(text)]
    return Bounce(
        failed=failed,
        code=code[1].decode() if code else "",
        message_ids=tuple(
            dict.fromkeys(
                f"<{one}>"
                for one in (*mail.in_reply_to, *mail.references, *named)
                if one != mail.message_id
            )
        )[:MOST],
        recipients=tuple(dict.fromkeys(one.casefold() for one in recipients or named))[
            :MOST
        ],
    )


def _is_given_up(mail: ParsedMail, text: bytes) -> bool | None:
    """Return whether it failed for good, False if it is late, None if neither."""
    actions = {action.lower() for action in ACTION.findall(text)}
    if actions:  # others than these two: delivered, relayed or expanded
        return b"failed" in actions if actions & DECISIVE else None
    if "x-failed-recipients" in mail.machine.marks:
        return not DELAYED.search(fold(mail.subject))
    if not DAEMON.fullmatch(mail.sender.address.partition("@")[0].lower()):
        return None
    words = fold(f"{mail.subject}\n{mail.text or mail.quoted}"[:2000])
    return False if DELAYED.search(words) else bool(FAILED.search(words)) or None


def _words(mail: ParsedMail) -> bytes:
    """Return the text as read: what is encoded in the bytes is plain here."""
    inner = mail.forwarded.text if mail.forwarded else ""
    return f"{mail.text}\n{mail.quoted}\n{inner}"[:READ].encode()
