"""Scans typed in at the desk: what a file is, its first bytes say, not its name."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from dsr.casework import NewFile

# The first bytes of what a scanner makes.
MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
SUFFIXES = {
    "application/pdf": ".pdf",
    "image/tiff": ".tiff",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "message/rfc822": ".eml",
    "text/plain": ".txt",
}


def type_of(content: bytes) -> str:
    """Return the content type that the first bytes say; empty when it is no scan."""
    for start, content_type in MAGIC:
        if content.startswith(start):
            return content_type
    return ""


def check_upload(upload: UploadedFile[Any] | None) -> None:
    """Refuse a file that is too large, empty, or nothing that a scanner makes.

    Raises:
        ValidationError: one sentence that says what would be accepted.

    """
    if upload is None:
        return
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        raise ValidationError(
            _("The file is larger than %(limit)s; scan it at a lower resolution.")
            % {"limit": limit}
        )
    start = upload.read(16)
    upload.seek(0)
    if not type_of(start):
        raise ValidationError(
            _("The file is no PDF, TIFF, JPEG or PNG; scan the letter as one of them.")
        )


def new_file(upload: UploadedFile[Any], kind: str) -> NewFile:
    """Return an upload as casework keeps it, under the type of its bytes."""
    content = upload.read()
    return NewFile(kind, upload.name or "scan", type_of(content), content)
