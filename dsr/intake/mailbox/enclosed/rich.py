"""The words of an RTF file, as WordPad, Word and Outlook write them."""

import re

from striprtf.striprtf import rtf_to_text

LONGEST = 2_000_000  # bytes; pictures take more, and stand behind the words
# Outlook keeps HTML in RTF: what only an RTF reader is to show stands between these.
RTF_ONLY = re.compile(r"\\htmlrtf\b(?!0).*?\\htmlrtf0 ?", re.DOTALL)


def rtf_words(content: bytes) -> str:
    """Give the words of an RTF file."""
    text = content[:LONGEST].decode("cp1252", "replace")
    text = RTF_ONLY.sub("", text)
    return str(rtf_to_text(text, errors="replace"))  # type: ignore[no-untyped-call]
