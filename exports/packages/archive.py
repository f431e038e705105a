"""A ZIP whose bytes depend on its contents alone, with a manifest of every file."""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

MANIFEST = "manifest.json"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP knows: the hour says nothing
READABLE = 0o100644 << 16  # a plain file, in the ZIP's external attributes
CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the package, as the manifest lists it."""

    path: str
    sha256: str
    bytes: int
    records: int | None


class Archive:
    """Writes files into a ZIP as they are made, and remembers what it wrote."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w", allowZip64=True)
        self.entries: list[Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def add(
        self, path: str, chunks: Iterable[bytes], *, records: int | None = None
    ) -> None:
        """Write one file from its chunks."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path, NO_TIME)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, READABLE
        info.create_system = 3  # Unix, wherever it was made
        with self._zip.open(info, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.entries.append(Entry(path, digest.hexdigest(), size, records))

    def add_manifest(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Write the list of all files so far as the last one, and return it."""
        manifest = {**facts, "files": [asdict(entry) for entry in self.entries]}
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        self.add(MANIFEST, [text.encode()])
        return manifest


def sha256_of(path: Path) -> str:
    """Return the SHA-256 digest of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
