"""The words of letters from Word (docx) and LibreOffice (odt): zips that hold XML.

Of the zip one member is unpacked, in memory and up to a limit. The XML may declare no
entities (a DOCTYPE ends the reading), so none is expanded and none is fetched.
"""

import io
import zipfile
from xml.parsers import expat

from dsr.intake.mailbox.enclosed.errors import UnreadableError

MEMBERS = 2_000
UNPACKED = 8_000_000  # bytes of XML; a letter has some 10,000
WORD = "word/document.xml"
ODT = "content.xml"
NOT_READ = "an archive was not opened: its files were not read"
PARAGRAPHS = {"w:p", "text:p", "text:h"}
BREAKS = {"w:br": "\n", "w:cr": "\n", "w:tab": "\t"}
BREAKS |= {"text:line-break": "\n", "text:tab": "\t", "text:s": " "}
SKIPPED = {"mc:Fallback", "text:tracked-changes", "office:annotation"}
SPOKEN = {"w:t", "text:p", "text:h"}


def office_text(content: bytes) -> str:
    """Give the words of a docx or odt.

    Raises UnreadableError for any other zip, which is not unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            wanted = next((name for name in (WORD, ODT) if name in names), "")
            if not wanted or len(names) > MEMBERS:
                raise UnreadableError(_what(names))
            with archive.open(wanted) as member:
                xml = member.read(UNPACKED)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise UnreadableError(NOT_READ) from error
    return _Words().of(xml)


def _what(names: list[str]) -> str:
    """Tell a table or slides, which are no letter, from an archive."""
    if "[Content_Types].xml" in names:
        return "a table or slides was not read"
    return NOT_READ


class _Words:
    """Collects what a reader of the document sees; all state is of one document."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.spoken = 0
        self.skipped = 0

    def of(self, xml: bytes) -> str:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        try:
            parser.Parse(xml, len(xml) < UNPACKED)
        except expat.ExpatError as error:
            if not self.pieces:
                raise UnreadableError("a damaged letter was not read") from error
        return "".join(self.pieces)

    def _refuse(self, *declared: object) -> None:
        raise UnreadableError("a letter with declarations of its own was not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.skipped += name in SKIPPED
        self.spoken += name in SPOKEN
        if name in BREAKS and not self.skipped:
            self.pieces.append(BREAKS[name])

    def _end(self, name: str) -> None:
        self.skipped -= name in SKIPPED
        self.spoken -= name in SPOKEN
        if name in PARAGRAPHS and not self.skipped:
            self.pieces.append("\n")

    def _say(self, text: str) -> None:
        if self.spoken and not self.skipped:
            self.pieces.append(text)
