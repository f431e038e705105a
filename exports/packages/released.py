"""The findings that are released: all there are, and nothing but the person's own."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dsr import casework
from dsr.models import SearchTask
from exports.packages.errors import PackageError
from exports.packages.whose import Whose


def checked(searches: Sequence[SearchTask]) -> Sequence[SearchTask]:
    """Return the searches; PackageError unless each file is the one that was kept."""
    for search in searches:
        if search.findings and _digest(search) != search.sha256:
            raise _incomplete(search)
    return searches


def released(search: SearchTask, whose: Whose) -> Iterator[Mapping[str, Any]]:
    """Yield what is released; make sure that nothing is missing, or somebody else's.

    Raises:
        WrongPersonError: a record is not known to be the person's own.
        PackageError: the findings are not what was found.

    """
    seen = 0
    try:
        for found, given in casework.found_and_released(search):
            seen += 1
            if given is not None:
                whose.check(search.system, found, given)
                yield {**found, "record": given}
    except (FileNotFoundError, ValueError) as error:
        raise _incomplete(search) from error
    if seen != search.total:
        raise _incomplete(search)


def _digest(search: SearchTask) -> str:
    """Return the digest of the file of findings; "" where there is none."""
    try:
        with search.findings.open("rb") as findings:
            return hashlib.file_digest(findings, "sha256").hexdigest()
    except OSError:
        return ""


def _incomplete(search: SearchTask) -> PackageError:
    return PackageError(
        f"the findings of the search in {search.system} are missing or damaged; "
        "reopen the ticket and search again"
    )
