"""A mail backend that writes each mail to a file which a newcomer can read.

The file is named after the Message-ID, so a mail sent twice leaves one file.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

UNSAFE = re.compile(r"[^A-Za-z0-9@._-]+")
LONGEST = 120  # characters of a file name


class EmailBackend(BaseEmailBackend):
    """Writes `<Message-ID>.eml` in `EMAIL_FILE_PATH`, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; return how many."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for email in email_messages:
            message = email.message()
            write(folder / file_name(message["Message-ID"]), message.as_bytes())
        return len(email_messages)


def file_name(message_id: str) -> str:
    """Return a safe name that two different ids do not share."""
    plain = message_id.strip().strip("<>")
    safe = UNSAFE.sub("_", plain).lstrip(".")[:LONGEST]
    if safe != plain:
        safe += "-" + hashlib.sha256(plain.encode()).hexdigest()[:12]
    return f"{safe}.eml"


def write(path: Path, content: bytes) -> None:
    """Write a file at once: a reader sees all of it or none."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
