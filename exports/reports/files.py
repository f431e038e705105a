"""Files that a command was asked to write: all of them whole, or none."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class UnwritableError(Exception):
    """A file cannot be written; the sentence names it and why."""


@contextmanager
def places(paths: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Yield, for each file asked for, a new file beside it to be filled first.

    That none can be written is known before anything is made. At the end of the
    block `keep` has given those their names that were filled; the rest is removed.
    """
    beside = {
        path: path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths
    }
    try:
        for path, part in beside.items():
            _open(path, part)
        yield beside
    finally:
        for part in beside.values():
            part.unlink(missing_ok=True)


def keep(contents: Mapping[Path, bytes], beside: Mapping[Path, Path]) -> None:
    """Write every file beside its place, then give each its name."""
    for path, content in contents.items():
        try:
            beside[path].write_bytes(content)
        except OSError as error:
            raise UnwritableError(_sentence(path, error)) from error
    for path in contents:
        beside[path].replace(path)


def _open(path: Path, part: Path) -> None:
    if path.is_dir():
        raise UnwritableError(f"{path} is a folder; give the name of a file")
    try:
        part.touch(mode=0o600)
    except OSError as error:
        raise UnwritableError(_sentence(path, error)) from error


def _sentence(path: Path, error: OSError) -> str:
    return f"{path} cannot be written ({error.strerror}); give another place"
