"""A sealed file gives back what was written, from anywhere in it, or nothing."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsr.sealed.stream import (
    HEADER,
    PIECE,
    TAG,
    SealError,
    Unsealed,
    is_sealed,
    key_id,
    plain_size,
    sealed_with,
    sealing,
)

KEY = bytes(range(32))
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 17)


def sealed(plain: bytes, name: str = "ab/cd", chunk: int = 50_000) -> bytes:
    chunks = (plain[at : at + chunk] for at in range(0, len(plain), chunk))
    return b"".join(sealing(chunks, KEY, name))


def opened(content: bytes, name: str = "ab/cd", key: bytes = KEY) -> io.BufferedReader:
    return io.BufferedReader(Unsealed(io.BytesIO(content), key, name))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_is_read(size: int) -> None:
    plain = os.urandom(size)
    content = sealed(plain)

    assert opened(content).read() == plain
    assert plain_size(len(content)) == size
    assert is_sealed(content)
    assert sealed_with(content) == key_id(KEY)
    assert size < TAG or plain[:TAG] not in content


@given(start=st.integers(0, 4 * PIECE), length=st.integers(0, 2 * PIECE))
def test_it_is_read_from_anywhere(start: int, length: int) -> None:
    file = opened(CONTENT)
    file.seek(start)

    assert file.read(length) == PLAIN[start : start + length]
    assert file.seek(0, os.SEEK_END) == len(PLAIN)


PLAIN = os.urandom(3 * PIECE + 17)
CONTENT = sealed(PLAIN)
WHOLE = HEADER + PIECE + TAG
BROKEN = {
    "a bit turned": CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]),
    "cut in a piece": CONTENT[:-5],
    "cut after a piece": CONTENT[:WHOLE],
    "nothing but a header": CONTENT[:HEADER],
    "two pieces exchanged": CONTENT[:HEADER]
    + CONTENT[WHOLE : WHOLE + PIECE + TAG]
    + CONTENT[HEADER:WHOLE]
    + CONTENT[WHOLE + PIECE + TAG :],
    "a piece dropped": CONTENT[:HEADER] + CONTENT[WHOLE:],
    "another salt": CONTENT[: HEADER - 1] + b"?" + CONTENT[HEADER:],
    "more added": CONTENT + CONTENT[HEADER:],
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_was_changed_is_refused(how: str) -> None:
    with pytest.raises(SealError, match="ab/cd is not what was written"):
        opened(BROKEN[how]).read()


def test_it_is_refused_under_another_name_or_key() -> None:
    with pytest.raises(SealError, match="ef/gh is not what was written"):
        opened(CONTENT, name="ef/gh").read()
    with pytest.raises(SealError, match="not what was written"):
        opened(CONTENT, key=bytes(32)).read()


def test_the_same_file_is_sealed_otherwise_each_time() -> None:
    assert sealed(b"the same") != sealed(b"the same")
