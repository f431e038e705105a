"""Letters drawn once: equal HTML is an equal PDF, whichever test asks for it.

To draw is half of what the tests of the desk's verbs would do, and they write the same
letters again and again. `tests/dsr/letters/test_pdf.py` draws anew each time.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

FOLDER = "DRAWN_LETTERS"  # `make test` names one that all its processes share


def once(draw: Callable[[str], bytes], folder: Path) -> Callable[[str], bytes]:
    """Return `draw`, with its results kept in a folder."""

    def drawn(html: str) -> bytes:
        kept = folder / hashlib.sha256(html.encode()).hexdigest()
        if not kept.exists():
            mine = kept.with_suffix(f".{os.getpid()}")
            mine.write_bytes(draw(html))
            mine.replace(kept)
        return kept.read_bytes()

    return drawn
