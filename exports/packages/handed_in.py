"""The documents that owners of systems handed in, as files of a package."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from dsr import casework
from dsr.models import FoundDocument, SearchTask
from exports.packages.errors import PackageError
from exports.packages.whose import Whose
from subjects.systems.people import DOCUMENTS
from subjects.systems.shape import Address

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A file that somebody handed in, and its path in the package."""

    found: FoundDocument
    path: str

    def content(self) -> bytes:
        """Return the file; PackageError where it is not what was handed in."""
        try:
            with self.found.file.open("rb") as file:
                content: bytes = file.read()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != self.found.sha256:
            raise PackageError(
                f"a document handed in for {self.found.search.system} is missing or "
                "damaged; ask its owner again"
            )
        return content


def documents_of(
    search: SearchTask, folder: str, whose: Whose
) -> Iterator[tuple[str, DocumentPart]]:
    """Yield the files to give, by digest: all but those that are withheld.

    Raises:
        WrongPersonError: a file names somebody else, and not this person.
        PackageError: a file is not what was handed in.

    """
    if not search.documents.exists():
        return
    address = str(Address(search.system, DOCUMENTS))
    withheld = {
        found["row"]
        for found, given in casework.found_and_released(search)
        if given is None and found["collection"] == address
    }
    for found in search.documents.exclude(row__in=withheld):
        ending = ENDINGS.get(found.content_type, "bin")
        part = DocumentPart(found, f"documents/{folder}/{found.row}.{ending}")
        whose.check_file(part.content(), f"document {found.row} of {search.system}")
        yield found.sha256, part
