"""Verifies an exported case file by itself: its data, and its chain of lines."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from dsr.models import LedgerEntry
from exports.reports.case_file import FORMAT
from exports.reports.digest import data_digest

ADDED_LATER = ("generated_at", "data_sha256")  # what the digest of the data leaves out


class NoBundleError(Exception):
    """A file is no case file of ours; the sentence says why."""


def read_bundle(content: bytes) -> dict[str, Any]:
    """Return the data of a case file, or raise NoBundleError."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoBundleError("it is not JSON") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise NoBundleError(f"its format is not {FORMAT}")
    return data


def bundle_faults(data: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with a case file: in its data, and first in its chain.

    Raises:
        NoBundleError: something that belongs in every case file is missing.

    """
    try:
        bare = {key: value for key, value in data.items() if key not in ADDED_LATER}
        if data_digest(bare) != data["data_sha256"]:
            yield "the data were changed: their digest is not the recorded one"
        fault = _chain_fault(data["reference"], data["ledger"], data["head"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoBundleError("something is missing in it") from error
    if fault:
        yield f"{data['reference']}: {fault}"


def _chain_fault(
    reference: str, lines: Sequence[Mapping[str, Any]], head: Mapping[str, Any]
) -> str:
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line["number"] != number:
            return f"line {number} is missing"
        if line["previous"] != previous:
            return f"line {number} does not follow from the line before it"
        if line["digest"] != _entry(reference, line).compute_digest():
            return f"line {number} was changed: its digest does not fit its contents"
        previous = line["digest"]
    if (len(lines), previous) != (head["number"], head["digest"]):
        return f"line {len(lines) + 1} is missing: the chain ends before its head"
    return ""


def _entry(reference: str, line: Mapping[str, Any]) -> LedgerEntry:
    return LedgerEntry(
        reference=reference,
        number=line["number"],
        event=line["event"],
        by=line["by"],
        at=datetime.fromisoformat(line["at"]),
        facts=line["facts"],
        previous=line["previous"],
    )
