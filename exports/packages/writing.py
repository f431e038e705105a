"""Writes one package: gathers, writes each file into a ZIP, swaps it into place."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import translation

from dsr.controller import Controller
from dsr.models import Ticket
from dsr.sealed.storage import sealed_for
from exports.packages.archive import Archive, sha256_of
from exports.packages.contents import Beat, Contents, Gathering
from exports.packages.described import Descriptions
from exports.packages.document import FORMAT, document, gathered
from exports.packages.errors import WrongPersonError
from exports.packages.page import page, readme
from exports.packages.tables import table_lines


@dataclass(frozen=True, slots=True)
class Written:
    """A package that lies on the disk, whole."""

    sha256: str
    size: int
    manifest: dict[str, Any]


def write_package(
    ticket: Ticket,
    controller: Controller,
    descriptions: Descriptions,
    path: Path,
    *,
    attempt: int,
    beat: Beat,
) -> Written:
    """Write the package to `path`, which appears whole or not at all.

    What an earlier attempt left beside it is cleared away first, and what this one
    leaves at the end, come what may; SIGKILL leaves it to the next.

    Raises:
        PackageError: something it needs is missing.
        OSError: the disk is full, or cannot be written.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    clear(path)
    scratch = path.with_name(f"{path.name}.{attempt}.part")
    scratch.mkdir()
    try:
        with translation.override(ticket.case.language):
            contents = Gathering(ticket, controller, descriptions).gather(scratch, beat)
            manifest = write_files(contents, scratch / "zip", beat)
        written = Written(
            sha256_of(scratch / "zip"), (scratch / "zip").stat().st_size, manifest
        )
        beat()
        put(sealed_for(scratch / "zip", path), path)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return written


def write_files(contents: Contents, path: Path, beat: Beat) -> dict[str, Any]:
    """Write every file of the package into a ZIP at `path`, and return its manifest."""
    total = sum(part.spool.count for part in contents.collections)
    with Archive(path) as archive:
        archive.add("index.html", [page(contents).encode()])
        archive.add("README.txt", [readme(contents).replace("\n", "\r\n").encode()])
        archive.add("data.json", document(contents), records=total)
        for part in contents.collections:
            beat()
            lines = table_lines(part.spool.columns, part.spool.records())
            archive.add(part.path, gathered(lines), records=part.spool.count)
        for one in contents.documents:
            beat()
            archive.add(one.path, [one.content()])
        refuse_changed(contents)
        return archive.add_manifest(
            {
                "format": FORMAT,
                "reference": contents.reference,
                "right": contents.right_code,
                "made_on": contents.made_on.isoformat(),
                "records": total,
            }
        )


def refuse_changed(contents: Contents) -> None:
    """Raise WrongPersonError unless what was written is what was checked."""
    for part in contents.collections:
        if not part.spool.is_unchanged:
            raise WrongPersonError(
                f"the records of {part.address} were changed while the package was "
                "written; find out by whom, and build it again"
            )


def put(scratch: Path, path: Path) -> None:
    """Give a finished file its name, so that not even a power cut leaves half of it."""
    scratch.chmod(0o600)
    with scratch.open("rb") as file:
        os.fsync(file.fileno())
    scratch.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def clear(path: Path) -> None:
    """Remove what attempts that were killed left beside `path`."""
    for left in path.parent.glob(f"{path.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)
