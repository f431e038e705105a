"""A sealed file: pieces of 64 KiB, each under AES-256-GCM, in an order that holds.

    MAGIC, which key (8 bytes), salt (32 bytes); then each piece with its tag (16 bytes)

Each file has a key of its own, drawn from the master key, the salt and the file's name
by HKDF (RFC 5869), so a file put under another name cannot be read. A piece's nonce is
its number and whether it is the last: none can be moved, dropped or added. This is the
STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015).
"""

import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"\x00SEALED1"
KEY_ID, SALT, PIECE, TAG = 8, 32, 2**16, 16  # bytes
HEADER = len(MAGIC) + KEY_ID + SALT


class SealError(OSError):
    """A sealed file that cannot be opened; `str()` names the file and says why."""


def key_id(key: bytes) -> bytes:
    """Return what tells a key from others, and nothing about it."""
    return _derived(key, b"", b"which key", KEY_ID)


def _derived(key: bytes, salt: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, purpose).derive(key)


def _cipher(key: bytes, header: bytes, name: str) -> AESGCM:
    salt = header[-SALT:]
    return AESGCM(_derived(key, salt, b"file " + name.encode(), len(key)))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def sealing(chunks: Iterable[bytes], key: bytes, name: str) -> Iterator[bytes]:
    """Yield the sealed file of this name, piece by piece."""
    header = MAGIC + key_id(key) + os.urandom(SALT)
    cipher = _cipher(key, header, name)
    yield header
    left, number = bytearray(), 0
    for chunk in chunks:
        left += chunk
        while len(left) > PIECE:  # the last piece is never empty, unless the file is
            nonce = _nonce(number, last=False)
            yield cipher.encrypt(nonce, bytes(left[:PIECE]), header)
            del left[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(left), header)


def is_sealed(beginning: bytes) -> bool:
    """Whether a file that begins so is a sealed one."""
    return beginning.startswith(MAGIC)


def sealed_with(beginning: bytes) -> bytes:
    """Return the id of the key with which a file that begins so was sealed."""
    return beginning[len(MAGIC) : len(MAGIC) + KEY_ID]


def plain_size(size: int) -> int:
    """Return how many bytes a sealed file of this size holds."""
    body = size - HEADER
    return body - TAG * max(1, -(-body // (PIECE + TAG)))


class Unsealed(io.RawIOBase):
    """The plain bytes of a sealed file, read from anywhere in it.

    Raises SealError: it was changed, cut, or put under another name.
    """

    def __init__(self, sealed: BinaryIO, key: bytes, name: str) -> None:
        """Take an open sealed file, the key it was sealed with, and its name."""
        self._file, self._stored_as = sealed, name
        size = sealed.seek(0, os.SEEK_END)
        self._size = plain_size(size)
        self._last = max(0, -(-(size - HEADER) // (PIECE + TAG)) - 1)
        sealed.seek(0)
        self._header = sealed.read(HEADER)
        self._cipher = _cipher(key, self._header, name)
        self._at = 0
        self._number, self._piece = -1, b""
        self._open(self._last)  # what was cut shows at once, not when half is read

    def _open(self, number: int) -> bytes:
        if number != self._number:
            self._file.seek(HEADER + number * (PIECE + TAG))
            sealed = self._file.read(PIECE + TAG)
            nonce = _nonce(number, last=number == self._last)
            try:
                self._piece = self._cipher.decrypt(nonce, sealed, self._header)
            except InvalidTag as error:
                raise SealError(
                    f"the stored file {self._stored_as} is not what was written; "
                    "take it from a backup."
                ) from error
            self._number = number
        return self._piece

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a plain byte."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}
        self._at = max(0, start[whence] + offset)
        return self._at

    def tell(self) -> int:
        """Return which plain byte is next."""
        return self._at

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill a buffer from one piece; return how many bytes that were."""
        if self._at >= self._size:
            return 0
        number, offset = divmod(self._at, PIECE)
        found = self._open(number)[offset : offset + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        """Close the sealed file too."""
        self._file.close()
        super().close()
