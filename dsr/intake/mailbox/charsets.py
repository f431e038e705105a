"""Bytes to clean text, whatever charset was declared, wrongly declared or left out."""

import codecs
import re

# Only real character sets: Python also knows "zlib", "punycode" or "unicode_escape",
# which a stranger must not be able to choose.
CHARSETS = re.compile(
    r"utf-(?:8|8-sig|16|16-le|16-be|32|32-le|32-be)|ascii|iso8859-\d{1,2}|cp\d{3,4}"
    r"|koi8-[rut]|mac-\w+|gb2312|gbk|gb18030|big5|big5hkscs|shift_jis|euc_(?:jp|kr)"
    r"|iso2022_(?:jp|kr)"
)
WESTERN = {"ascii", "iso8859-1", "iso8859-15", "cp1252"}
CONTROLS = {
    code: None for code in (*range(32), *range(0x7F, 0xA0)) if code not in (9, 10)
}
# Invisible marks: soft hyphen, zero-width signs, direction overrides, byte order mark.
INVISIBLE = dict.fromkeys(
    code
    for first, last in (
        (0xAD, 0xAD),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2060),
        (0x2066, 0x2069),
        (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)


def decode(content: bytes, declared: str) -> tuple[str, bool]:
    """Give the text and whether it could be trusted to be what was meant.

    A wrong declaration is corrected when the bytes tell: valid UTF-8 with signs beyond
    ASCII is UTF-8, and bytes that are no UTF-8 are read as windows-1252.
    """
    charset = charset_named(declared)
    if charset in (*WESTERN, "utf-8", "utf-8-sig", ""):
        return _western(content, charset)
    try:
        return content.decode(charset), True
    except UnicodeDecodeError:
        text, _ = _western(content, "")
        return (content.decode(charset, "replace") if "\0" in text else text), False


def charset_named(declared: str) -> str:
    """Give Python's name for a declared charset, or "" if it is none."""
    try:
        name = codecs.lookup(declared.strip().strip("'\"")[:40]).name
    except (LookupError, ValueError):
        return ""
    return name if CHARSETS.fullmatch(name) else ""


def _western(content: bytes, charset: str) -> tuple[str, bool]:
    for candidate in ("utf-8-sig", charset if charset in WESTERN else "", "cp1252"):
        if not candidate or candidate == "ascii":
            continue
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        # C1 signs mean that "iso-8859-1" was windows-1252, as mail programs do.
        if candidate == "iso8859-1" and re.search("[\x80-\x9f]", text):
            continue
        return text, True
    return content.decode("cp1252", "replace"), False


def clean(text: str) -> str:
    """Remove what no reader sees and no database takes; line ends become LF."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return text.translate(CONTROLS).translate(INVISIBLE)


def clean_line(text: str) -> str:
    """Clean text for one line: a subject, a name, a file name."""
    return " ".join(clean(text.replace("\t", " ")).split())
