"""A message's header block, read without trust: bounded, linear, never raising."""

import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from dsr.intake.mailbox.charsets import clean_line, decode
from dsr.intake.mailbox.parsed import NOBODY, Address, Limits

FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:(.*)", re.DOTALL)
END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000})\?=")
BETWEEN_WORDS = re.compile(r"(\?=)[ \t]+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
ENCODED_WORDS = 500  # in one header; the rest stays as written
PARAMETER = re.compile(
    r";\s*([\w.-]{1,60})(?:\*(\d{1,3}))?(\*)?\s*="
    r'\s*(?:"([^"]{0,2000})"|([^\s;]{0,2000}))'
)
PARAMETERS = 8_000  # characters of a header that are searched for parameters
BASE64_PIECE = 1_000_000  # bytes decoded at a time
NOT_BASE64 = bytes(
    code for code in range(256) if not re.fullmatch(rb"[A-Za-z0-9+/]", bytes([code]))
)
MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]]{1,128}@[\w.-]{1,253}")
IDENTIFIER = re.compile(r"<([^<>\s]{1,500})>")


@dataclass
class Headers:
    """The header lines in order, names in lower case, values raw and unfolded."""

    lines: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def raw(self, name: str) -> str:
        """Give the first value of a header as text, "" when it is absent."""
        for known, value in self.lines:
            if known == name:
                return clean_line(decode(value, "utf-8")[0])
        return ""

    def has(self, name: str) -> bool:
        """Say whether the header is there at all."""
        return any(known == name for known, _ in self.lines)

    def text(self, name: str) -> str:
        """Give the first value with its encoded words decoded (RFC 2047)."""
        return decode_words(self.raw(name))


def read_headers(block: bytes, limits: Limits) -> Headers:
    """Read a header block; a line that is no header is skipped and noted."""
    headers = Headers()
    lines = block[: limits.header * 8].split(b"\n", limits.header_lines)
    if len(lines) > limits.header_lines or len(block) > limits.header * 8:
        headers.problems.append("too many header lines")
        del lines[limits.header_lines :]
    folded: list[list[bytes]] = []
    for line in (line.rstrip(b"\r") for line in lines):
        if line[:1] in (b" ", b"\t") and folded:
            folded[-1].append(line)
        elif line and not (not folded and line.startswith(b"From ")):
            folded.append([line])
    for pieces in folded:
        _read_field(b"".join(pieces), headers, limits)
    return headers


def _read_field(line: bytes, headers: Headers, limits: Limits) -> None:
    match = FIELD.fullmatch(line[: limits.header])
    if not match:
        headers.problems.append("a header line without a name")
        return
    if len(line) > limits.header:
        headers.problems.append("a header was cut")
    headers.lines.append((match[1].decode("ascii").lower(), match[2].strip()))


def decode_words(text: str) -> str:
    """Decode the encoded words of a header; what cannot be decoded stays as it is.

    Neighbouring words of one charset are joined before decoding, because programs
    cut words in the middle of a character.
    """
    if "=?" not in text:
        return text
    text = BETWEEN_WORDS.sub(r"\1", text)
    result, position, pending, charset = [], 0, b"", ""
    for match in list(ENCODED_WORD.finditer(text))[:ENCODED_WORDS]:
        content = _word_bytes(match[2], match[3])
        language_free = match[1].partition("*")[0].lower()
        if match.start() == position and language_free == charset:
            pending += content
        else:
            result += [decode(pending, charset)[0], text[position : match.start()]]
            pending, charset = content, language_free
        position = match.end()
    result += [decode(pending, charset)[0], text[position:]]
    return clean_line("".join(result))


def _word_bytes(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return decode_base64(raw)


def decode_base64(content: bytes | memoryview) -> bytes:
    """Decode base64 as far as it goes; foreign signs and missing padding are passed."""
    found, rest = [], b""
    for start in range(0, len(content), BASE64_PIECE):  # a file is not copied whole
        piece = bytes(content[start : start + BASE64_PIECE])
        kept = rest + piece.translate(None, NOT_BASE64)
        whole = len(kept) - len(kept) % 4
        rest = kept[whole:]
        found.append(binascii.a2b_base64(kept[:whole]))
    if len(rest) > 1:
        found.append(binascii.a2b_base64(rest + b"=" * (4 - len(rest))))
    return b"".join(found)


def value_and_parameters(value: str) -> tuple[str, dict[str, str]]:
    """Split `text/plain; charset="x"`; RFC 2231 continuations are put together."""
    value = value[:PARAMETERS]
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in PARAMETER.finditer(value):
        name, number, star, quoted, plain = match.groups()
        written = quoted if quoted is not None else plain
        pieces.setdefault(name.lower(), []).append(
            (int(number or 0), bool(star), written)
        )
    parameters = {name: _join_pieces(found) for name, found in pieces.items()}
    return value.partition(";")[0].strip().lower(), parameters


def _join_pieces(pieces: list[tuple[int, bool, str]]) -> str:
    pieces.sort(key=lambda piece: piece[0])
    if not any(star for _, star, _ in pieces):
        return decode_words("".join(text for _, _, text in pieces))
    joined = "".join(text for _, _, text in pieces)
    charset, mark, encoded = joined.partition("'")
    encoded = encoded.partition("'")[2] if mark else joined
    return clean_line(decode(unquote_to_bytes(encoded), charset if mark else "")[0])


def addresses(value: str, limits: Limits) -> tuple[Address, ...]:
    """Read an address list: what is no address is left out, never guessed."""
    found = []
    for piece in _split_list(value)[: limits.addresses]:
        before, angle, inside = piece.rpartition("<")
        match = MAILBOX.search(inside if angle else piece)
        if match:
            name = before if angle else piece.replace(match[0], "")
            name = decode_words(name.replace("\\", "").strip(" \t\"'<>"))
            if name.startswith("(") and name.endswith(")"):
                name = name[1:-1]
            found.append(Address(clean_line(name)[:200], match[0].strip(".'")))
    return tuple(found)


def first_address(value: str, limits: Limits) -> Address:
    """Give the first address of a list, or nobody."""
    found = addresses(value, limits)
    return found[0] if found else NOBODY


def _split_list(value: str) -> list[str]:
    """Split at commas that stand outside quotes and angle brackets."""
    pieces, start, quoted, angled = [], 0, False, False
    for position, sign in enumerate(value):
        if sign == '"':
            quoted = not quoted
        elif sign in "<>" and not quoted:
            angled = sign == "<"
        elif sign in ",;" and not quoted and not angled:
            pieces.append(value[start:position])
            start = position + 1
    return [*pieces, value[start:]]


def identifiers(value: str, limits: Limits) -> tuple[str, ...]:
    """Give the message ids of a header, without their angle brackets."""
    return tuple(IDENTIFIER.findall(value)[: limits.identifiers])


def instant(value: str) -> datetime | None:
    """Read a date header; None when it is absent or no date."""
    try:
        found = parsedate_to_datetime(value[:100])
        # A far zone can push the instant out of what a calendar holds.
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
