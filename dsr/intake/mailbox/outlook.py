"""Outlook's winmail.dat (TNEF, [MS-OXTNEF]): the letter and files that stand in it.

The one library for it has had no release since 2021. What is declared longer than it is
ends the reading; what was read before stays.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import compressed_rtf

from dsr.intake.mailbox.enclosed.rich import rtf_words

MESSAGE_PROPERTIES, FILE_PROPERTIES = 0x9003, 0x9005
NEXT_FILE, FILE_TITLE, FILE_DATA, BODY = 0x9002, 0x8010, 0x800F, 0x800C
PLAIN_BODY, HTML_BODY, RTF_BODY = 0x1000, 0x1013, 0x1009
LONG_NAME, MIME_TAG, DATA = 0x3707, 0x370E, 0x3701
OBJECT, TEXT8, TEXT16, BINARY = 0x000D, 0x001E, 0x001F, 0x0102
MANY_VALUED, NAMED = 0x1000, 0x8000
# Bytes of a value, by its type; every value is filled up to a multiple of four.
SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x48: 16}
SIZES |= dict.fromkeys((0x05, 0x06, 0x07, 0x14, 0x40), 8)
MOST_VALUES = 10_000
MOST_FILES = 100
RTF_UNPACKED = 2_000_000  # bytes


@dataclass
class OutlookFile:
    """One file inside; what is not said is empty."""

    name: str = ""
    content_type: str = ""
    content: bytes = b""


@dataclass
class OutlookMail:
    """The letter in its best form, `text/plain` or `text/html`, and the files."""

    text: str = ""
    content_type: str = "text/plain"
    files: list[OutlookFile] = field(default_factory=list)


def read_winmail(content: bytes) -> OutlookMail:
    """Read the letter and the files; any bytes give a result."""
    mail = OutlookMail()
    bodies: dict[int, bytes | str] = {}
    for kind, value in _attributes(content):
        if kind == NEXT_FILE and len(mail.files) < MOST_FILES:
            mail.files.append(OutlookFile())
        elif kind == MESSAGE_PROPERTIES:
            bodies.update(_properties(value))
        elif kind == BODY:
            bodies.setdefault(PLAIN_BODY, _text(value))
        elif mail.files:
            _tell_of_file(mail.files[-1], kind, value)
    _choose_body(mail, bodies)
    return mail


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    position = 6  # behind the signature and a key
    while position + 9 <= len(content):
        kind, size = struct.unpack_from("<HxxI", content, position + 1)
        yield kind, content[position + 9 : position + 9 + size]
        position += 9 + size + 2  # behind a checksum


def _tell_of_file(file: OutlookFile, kind: int, value: bytes) -> None:
    if kind == FILE_TITLE:
        file.name = file.name or _text(value)
    elif kind == FILE_DATA:
        file.content = value
    elif kind == FILE_PROPERTIES:
        told = _properties(value)
        file.name = _text(told.get(LONG_NAME, b"")) or file.name
        file.content_type = _text(told.get(MIME_TAG, b"")).lower()
        data = told.get(DATA, b"")
        file.content = file.content or (data if isinstance(data, bytes) else b"")


def _choose_body(mail: OutlookMail, bodies: dict[int, bytes | str]) -> None:
    """Prefer what a person wrote: plain text, then HTML, then RTF."""
    mail.text = _text(bodies.get(PLAIN_BODY, b""))
    if not mail.text.strip() and bodies.get(HTML_BODY):
        mail.text, mail.content_type = _text(bodies[HTML_BODY]), "text/html"
    packed = bodies.get(RTF_BODY, b"")
    if not mail.text.strip() and isinstance(packed, bytes):
        mail.text = _from_rtf(packed)


def _from_rtf(packed: bytes) -> str:
    if int.from_bytes(packed[4:8], "little") > RTF_UNPACKED:
        return ""
    try:
        return rtf_words(compressed_rtf.decompress(packed))
    except Exception:  # noqa: BLE001 – what reads strangers' files raises anything
        return ""


def _properties(content: bytes) -> dict[int, bytes | str]:
    """Read MAPI properties up to the first that cannot be read."""
    found: dict[int, bytes | str] = {}
    try:
        for number, value in _each_property(content):
            found.setdefault(number, value)
    except (struct.error, KeyError):
        return found
    return found


def _each_property(content: bytes) -> Iterator[tuple[int, bytes | str]]:
    (count,) = struct.unpack_from("<I", content)
    position = 4
    for _ in range(min(count, MOST_VALUES)):
        kind, number = struct.unpack_from("<HH", content, position)
        position += 4
        if number >= NAMED:
            position = _behind_name(content, position)
        plain = kind & ~MANY_VALUED
        values = 1
        if plain in (OBJECT, TEXT8, TEXT16, BINARY) or kind != plain:
            (values,) = struct.unpack_from("<I", content, position)
            position += 4
        for _ in range(min(values, MOST_VALUES)):
            size = SIZES.get(plain, 0)
            if not size:
                (size,) = struct.unpack_from("<I", content, position)
                position += 4
            yield number, _value(plain, content[position : position + size])
            position += size + -size % 4


def _behind_name(content: bytes, position: int) -> int:
    """Pass the name of a property: a number, or text filled up to four bytes."""
    by_text, size = struct.unpack_from("<II", content, position + 16)
    return position + 24 + ((size + -size % 4) if by_text else 0)


def _value(kind: int, value: bytes) -> bytes | str:
    if kind == TEXT16:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    # An object begins with the sixteen bytes that name its interface.
    return value[16:] if kind == OBJECT else value


def _text(value: bytes | str) -> str:
    """Read text of eight bits: UTF-8 if it is that, else as Windows writes it."""
    if isinstance(value, str):
        return value
    try:
        return value.rstrip(b"\0").decode()
    except UnicodeDecodeError:
        return value.rstrip(b"\0").decode("cp1252", "replace")
