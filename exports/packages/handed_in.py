"""The documents that owners of systems handed in, as files of a package."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dsr.models import FoundDocument, SearchTask
from dsr.policy.releasing import Release
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
    record: Mapping[str, Any]  # as it was found
    release: Release
    facts: Mapping[str, Any]  # path, size and digest, as it is given

    def content(self) -> bytes:
        """Return the file as it is given: without the words that are blacked out."""
        return self.release.released_file(self.record, self._whole()) or b""

    def described(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return its record with the path and the facts of the file that is given."""
        given = {key: self.facts[key] for key in self.facts if key in record}
        return {**record, **given, "file": self.path}

    def _whole(self) -> bytes:
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
    release = Release(search, search.withheld.all())
    address = str(Address(search.system, DOCUMENTS))
    papers = {paper.row: paper for paper in search.documents.all()}
    for record in search.read():
        paper = papers.get(record["row"])
        if paper is None or record["collection"] != address:
            continue
        ending = ENDINGS.get(paper.content_type, "bin")
        path = f"documents/{folder}/{paper.row}.{ending}"
        facts: dict[str, Any] = {"file": path}
        part = DocumentPart(paper, path, record, release, facts)
        if not (content := part.content()):
            continue
        facts["size"] = len(content)
        facts["sha256"] = hashlib.sha256(content).hexdigest()
        whose.check_file(content, f"document {paper.row} of {search.system}")
        yield paper.sha256, part
