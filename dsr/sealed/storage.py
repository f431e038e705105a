"""Where files are stored: sealed if there is a key; what was stored before is read.

A new file is sealed with the first key of FILES_KEYS; the others open older ones.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from dsr.sealed.stream import (
    HEADER,
    SealError,
    Unsealed,
    is_sealed,
    key_id,
    plain_size,
    sealed_with,
    sealing,
)

CHUNK = 2**20  # bytes


class SealedStorage(FileSystemStorage):
    """Django's storage in MEDIA_ROOT, sealed where there is a key."""

    def open(self, name: str, mode: str = "rb") -> File[Any]:
        """Open a file; SealError where it is not what was written."""
        file = super().open(name, mode)
        beginning = file.read(HEADER) if mode == "rb" else b""
        file.seek(0)
        if not is_sealed(beginning):
            return file
        file.close()
        return SealedFile(self, name)

    def unsealed(self, name: str) -> io.BufferedReader:
        """Return the plain bytes of a sealed file; raises SealError."""
        sealed = Path(self.path(name)).open("rb")  # noqa: SIM115  # who reads closes it
        try:
            key = _key_for(name, sealed.read(HEADER))
            return io.BufferedReader(Unsealed(sealed, key, _plain(name)))
        except SealError:
            sealed.close()
            raise

    def save(
        self, name: str | None, content: Any, max_length: int | None = None
    ) -> str:
        """Store a file under a free name, which it is sealed for."""
        if not settings.FILES_KEYS:
            return super().save(name, content, max_length)
        free = self.get_available_name(str(name or content.name), max_length)
        plain = content if hasattr(content, "chunks") else File(content)
        sealed = _Sealing(plain, settings.FILES_KEYS[0], _plain(free))
        stored = super().save(free, sealed, max_length)
        if stored != _plain(free):  # it was taken meanwhile
            self.delete(stored)
            raise SealError(f"the name {free} is taken; store it again.")
        return stored

    def size(self, name: str) -> int:
        """Return how many plain bytes a file holds."""
        size = super().size(name)
        with super().open(name) as file:
            return plain_size(size) if is_sealed(file.read(HEADER)) else size


class SealedFile(File[Any]):
    """A sealed file as Django hands files out: open, and opened again when closed."""

    def __init__(self, storage: SealedStorage, name: str) -> None:
        """Open it; raises SealError."""
        super().__init__(storage.unsealed(name), name)
        self._storage, self._stored_as = storage, name

    def open(self, mode: str | None = None, *_args: Any, **_given: Any) -> Self:
        """Begin anew."""
        if self.closed:
            self.file = self._storage.unsealed(self._stored_as)
        self.seek(0)
        return self


class _Sealing(File[Any]):
    """A file that is sealed while the storage copies it."""

    def __init__(self, content: File[Any], key: bytes, name: str) -> None:
        super().__init__(content.file, content.name)
        self._content, self._key, self._stored_as = content, key, name

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield it sealed."""
        whole = self._content.chunks(chunk_size or CHUNK)
        return sealing(whole, self._key, self._stored_as)


def _plain(name: str) -> str:
    return str(name).replace("\\", "/")


def _key_for(name: str, beginning: bytes) -> bytes:
    wanted = sealed_with(beginning)
    for key in settings.FILES_KEYS:
        if key_id(key) == wanted:
            return bytes(key)
    raise SealError(
        f"the stored file {name} is sealed with a key that is neither FILES_KEY nor "
        "among FILES_KEY_FALLBACKS; name it there."
    )


def sealed_for(path: Path, place: Path) -> Path:
    """Return a sealed copy of a file, beside it, that may be put at its place.

    Without a key it is the file itself. `place` lies in MEDIA_ROOT.
    """
    if not settings.FILES_KEYS:
        return path
    name = place.relative_to(settings.MEDIA_ROOT).as_posix()
    copy = path.with_name(f"{path.name}.sealed")
    with path.open("rb") as plain, copy.open("wb") as sealed:
        chunks = iter(lambda: plain.read(CHUNK), b"")
        for piece in sealing(chunks, settings.FILES_KEYS[0], name):
            sealed.write(piece)
    return copy


def renew(storage: SealedStorage, name: str) -> bool:
    """Seal a stored file with the first key, unless it is; return whether it was not.

    It is replaced at once, and only if nobody stored it anew meanwhile. Raises
    SealError or OSError: it cannot be opened or written; it stays as it is.
    """
    path = Path(storage.path(name))
    with path.open("rb") as file:
        beginning, before = file.read(HEADER), os.fstat(file.fileno())
    first = key_id(settings.FILES_KEYS[0])
    if is_sealed(beginning) and sealed_with(beginning) == first:
        return False
    copy = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with storage.open(name) as plain, copy.open("wb") as sealed:
            copy.chmod(0o600)
            for piece in sealing(plain.chunks(CHUNK), settings.FILES_KEYS[0], name):
                sealed.write(piece)
            sealed.flush()
            os.fsync(sealed.fileno())
        now = path.stat()
        if (now.st_ino, now.st_mtime_ns) == (before.st_ino, before.st_mtime_ns):
            os.utime(copy, ns=(now.st_atime_ns, now.st_mtime_ns))
            copy.replace(path)
    finally:
        copy.unlink(missing_ok=True)
    return True
