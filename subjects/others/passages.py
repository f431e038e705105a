"""Passages in what was found: whether it has them, and what is left without them.

A passage is found whatever its case and its white space, as whole words. In a value
it may stand in a text, in a list or an object of texts, or in a document, which is a
data URL (RFC 2397): a plain text, or a PDF.
"""

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from subjects.others.documents import bytes_of, is_document
from subjects.others.pdfs import PDF, UnreadableError, blackened_pdf, text_of_pdf

BLACK = "█████"  # of one length, which tells nothing


class Passages:
    """What is looked for: some words, or more, in one pattern."""

    def __init__(self, texts: Iterable[str]) -> None:
        longest_first = sorted({" ".join(one.split()) for one in texts}, key=len)[::-1]
        found = "|".join(_flexible(one) for one in longest_first if one)
        # Without any text: a pattern that is found nowhere.
        searched = rf"(?<!\w)(?:{found})(?!\w)" if found else r"(?!)"
        self.pattern = re.compile(searched, re.IGNORECASE)

    def stand_in(self, value: Any) -> bool:
        """Say whether a value has one of them.

        Raises:
            UnreadableError: it is a document whose words cannot be read.

        """
        return any(self.pattern.search(text) for text in texts_of(value))

    def blackened(self, value: Any) -> Any:
        """Return a value with a black mark in place of each.

        Raises:
            UnreadableError: it is a document whose words cannot be read.

        """
        return _mapped(value, self._black)

    def _black(self, text: str) -> str:
        if not is_document(text):
            return self.pattern.sub(BLACK, text)
        head, content = text.partition(",")[0], bytes_of(text)
        if content.startswith(PDF):
            content = blackened_pdf(content, self.pattern)
        else:
            content = self.pattern.sub(BLACK, _decoded(content)).encode()
        return f"{head},{base64.b64encode(content).decode('ascii')}"


def texts_of(value: Any) -> Iterator[str]:
    """Yield every text in a value; numbers as text; of documents their words.

    Raises:
        UnreadableError: it is a document whose words cannot be read.

    """
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)
    elif isinstance(value, str):
        yield _words(value) if is_document(value) else value
    elif value is not None:
        yield str(value)


def _words(document: str) -> str:
    content = bytes_of(document)
    return text_of_pdf(content) if content.startswith(PDF) else _decoded(content)


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise UnreadableError("it is neither a text nor a PDF") from None


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _mapped(inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, change) for inner in value]
    if isinstance(value, str):
        return change(value)
    if value is None or isinstance(value, bool):
        return value
    changed = change(str(value))
    return value if changed == str(value) else changed


def _flexible(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())
