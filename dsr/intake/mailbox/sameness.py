"""Whether two mails are one message that travelled twice, such as to two mailboxes.

Each server on the way writes lines of its own above a message; what its sender wrote
stays the same. Pure.
"""

import hashlib

from dsr.intake.mailbox.headers import END_OF_HEADERS, read_headers
from dsr.intake.mailbox.parsed import DEFAULT_LIMITS

# What the sender's program writes, and no server changes.
WRITTEN = frozenset(
    {
        "cc",
        "content-transfer-encoding",
        "content-type",
        "date",
        "from",
        "in-reply-to",
        "message-id",
        "references",
        "reply-to",
        "subject",
        "to",
    }
)


def content_digest(raw: bytes) -> str:
    """Return a SHA-256 of what the sender wrote; "" of a mail without Message-ID.

    Without one, two short mails of the same words could be two requests.
    """
    end = END_OF_HEADERS.search(raw)
    if end is None:
        return ""
    headers = read_headers(raw[: end.start()], DEFAULT_LIMITS)
    if not headers.raw("message-id"):
        return ""
    digest = hashlib.sha256()
    for name, value in sorted(headers.lines):
        if name in WRITTEN:
            digest.update(b"%b:%b\n" % (name.encode(), b" ".join(value.split())))
    digest.update(raw[end.end() :].replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()
