"""What a file is: its first bytes say so, whatever its name and type pretend."""

import re

from dsr.intake.mailbox.parsed import Attachment

PICTURE = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP|BM.{12}", re.DOTALL
)
TIFF = (b"II*\0", b"MM\0*")
STARTS = {
    "pdf": re.compile(rb".{0,1000}%PDF-", re.DOTALL),
    "zip": re.compile(rb"PK\x03\x04"),
    "archive": re.compile(
        rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd|.{257}ustar",
        re.DOTALL,
    ),
    "old office": re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "heic": re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL),
    "sealed": re.compile(rb"\s*-----BEGIN PGP MESSAGE-----"),
    "rtf": re.compile(rb"\s*\{\\rtf"),
    "winmail": re.compile(rb"\x78\x9f\x3e\x22"),
    "picture": PICTURE,
}
# What has no first bytes of its own is believed to be what its type or name says.
DECLARED = {
    "sealed": re.compile(r".*\.(?:pgp|gpg)"),
    "sound": re.compile(r"(?:audio|video)/[^;]*;.*"),
    "html": re.compile(r"text/html;.*|.*\.x?html?"),
    "mail": re.compile(r"message/rfc822;.*|.*\.eml"),
    "text": re.compile(r"text/plain;.*|.*\.(?:txt|text|md)"),
}
SMALLEST_PAGE = 20_000  # bytes of a picture that may show a letter; less is a logo


def kind_of(file: Attachment) -> str:
    """Name a file's format by a key of STARTS or DECLARED; "" if it has neither.

    A zip may be a letter of Word or LibreOffice, or a real archive: who opens it finds
    out.
    """
    start = file.content[:1024]
    for kind, begins in STARTS.items():
        if begins.match(start):
            return kind
    declared = f"{file.content_type};{file.filename.lower()}"
    for kind, says in DECLARED.items():
        if says.fullmatch(declared):
            return kind
    return ""


def may_show_a_letter(file: Attachment) -> bool:
    """Say whether a file may be a scanned letter, whose words tesseract could find."""
    kind = kind_of(file)
    if file.text:
        return False
    if kind == "picture":
        is_page = len(file.content) >= SMALLEST_PAGE
        return is_page or file.content.startswith(TIFF)
    return kind == "pdf"


def could_be_a_letter(file: Attachment) -> bool:
    """Say whether a file may hold a letter, read or not; a logo holds none."""
    kind = kind_of(file)
    if kind in ("picture", "html", "text"):
        return bool(file.text) or may_show_a_letter(file)
    return bool(kind)
