"""Letters as files, in the formats that people send."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

LETTER = "Madame, Monsieur,\nje demande l’accès à toutes mes données (article 15 RGPD)."
W = 'xmlns:w="w" xmlns:mc="mc"'
ODF = 'xmlns:office="office" xmlns:text="text"'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Make a zip of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(text: str = LETTER, *, before: str = "") -> bytes:
    """Write a letter as Word does: runs in paragraphs, a deletion kept in it."""
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(line[:9])}</w:t></w:r><w:del><w:r><w:delText>gone"
        f"</w:delText></w:r></w:del><w:r><w:t>{escape(line[9:])}</w:t></w:r></w:p>"
        for line in text.split("\n")
    )
    twice = "<mc:Fallback><w:p><w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback>"
    body = f"<w:document {W}><w:body>{paragraphs}{twice}</w:body></w:document>"
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}{body}'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def odt(text: str = LETTER) -> bytes:
    """Write a letter as LibreOffice does, with a remark in it."""
    remark = "<office:annotation><text:p>remark</text:p></office:annotation>"
    paragraphs = "".join(
        f"<text:p>{remark}<text:span>{escape(line)}</text:span></text:p>"
        for line in text.split("\n")
    )
    xml = f"<office:body {ODF}>{paragraphs}</office:body>"
    return zipped({"mimetype": "application/vnd.oasis", "content.xml": xml})


def rtf(text: str = LETTER) -> bytes:
    """Write a letter as WordPad does."""
    escaped = "".join(
        sign if sign.isascii() else f"\\u{ord(sign)}?"
        for sign in text.replace("\n", "\\par\n")
    )
    fonts = r"{\fonttbl{\f0\fnil\fcharset0 Calibri;}}{\*\generator Riched20}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{fonts}\\pard\\f0 {escaped}}}".encode()


def pdf(text: str = LETTER, *, pages: int = 1) -> bytes:
    """Write a letter as a PDF: the same words on each of its pages."""
    shown = "".join(f"({_in_pdf(line)}) Tj T*\n" for line in text.split("\n"))
    stream = f"BT /F 12 Tf 15 TL 50 750 Td\n{shown}ET".encode("cp1252")
    kids = " ".join(f"{4 + number} 0 R" for number in range(pages))
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    objects += [
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R"
        b"/Resources<</Font<</F %s>>>>>>" % font
    ] * pages
    return _with_table(objects)


def _in_pdf(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _with_table(objects: list[bytes]) -> bytes:
    file, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(file))
        file += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, table, end)
