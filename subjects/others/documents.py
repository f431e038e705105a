"""Documents in what was found: bytes of a database, as a data URL (RFC 2397)."""

import base64
import binascii
import re

_DATA_URL = re.compile(r"data:[^,]{0,100};base64,")


def is_document(text: str) -> bool:
    """Say whether a text is a document."""
    return _DATA_URL.match(text) is not None


def as_document(content: bytes) -> str:
    """Return bytes as a document."""
    return f"data:;base64,{base64.b64encode(content).decode('ascii')}"


def bytes_of(document: str) -> bytes:
    """Return the bytes of a document; none where they are damaged."""
    try:
        return base64.b64decode(document.partition(",")[2], validate=True)
    except binascii.Error:
        return b""
