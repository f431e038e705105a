"""The digest of a report's data: the same data, the same digest."""

import hashlib
import json
from typing import Any


def canonical(data: Any) -> bytes:
    """Return data as JSON in its one form: sorted keys, no spaces, UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def data_digest(data: Any) -> str:
    """Return the SHA-256 digest of data in its canonical form."""
    return hashlib.sha256(canonical(data)).hexdigest()
