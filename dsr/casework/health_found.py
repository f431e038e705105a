"""Which of the findings are data on health, as the descriptions of the data say."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from subjects.systems.categories import health_fields
from subjects.systems.shape import Address, Collection, Dataset

HealthFound = dict[str, dict[str, Any]]


def health_found(path: Path, datasets: Sequence[Dataset]) -> HealthFound:
    """Return what of the findings at `path` is for the health envelope. GDPR Art. 9.

    A collection of which no record has such a field filled in is left out.
    """
    described = {
        str(Address(dataset.key, one.name)): one
        for dataset in datasets
        for one in dataset.collections
        if health_fields(one)
    }
    if not described:
        return {}
    records = _count(path, described)
    return {
        address: {
            "fields": list(health_fields(one)),
            "records": records[address],
            "whole": len(health_fields(one)) == len(one.fields),
        }
        for address, one in described.items()
        if records[address]
    }


def _count(path: Path, described: dict[str, Collection]) -> dict[str, int]:
    """Count the records of each collection that hold data on health."""
    records = dict.fromkeys(described, 0)
    with path.open("rb") as lines:
        for line in lines:
            found = json.loads(line)
            one = described.get(found["collection"])
            if one and any(found["record"].get(name) for name in health_fields(one)):
                records[found["collection"]] += 1
    return records
