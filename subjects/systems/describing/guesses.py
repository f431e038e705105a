"""Guesses what a column holds from its name, in English, French, Dutch and German.

A guess is a beginning for whoever describes a system, and is marked as one.
"""

import re
import tomllib
import unicodedata
from pathlib import Path

_WORDS: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("guesses.toml").read_text("utf-8")
)
UNKNOWN = "user"  # until somebody who knows the table says more


def category_of(name: str) -> str:
    """Return the category that a column's name speaks of, or UNKNOWN."""
    padded = f"_{in_parts(name)}_"
    for category, phrases in _WORDS["categories"].items():
        if any(f"_{phrase}_" in padded for phrase in phrases.split()):
            return category
    return UNKNOWN


def identity_of(name: str) -> str:
    """Return what a person can be found by in a column of this name, if anything."""
    parts = in_parts(name)
    for identity, names in _WORDS["identities"].items():
        if parts in names.split():
            return identity
    return ""


def table_of(name: str, tables: frozenset[str]) -> str:
    """Return the table that a column such as `customer_id` points to by its name."""
    thing, _, last = in_parts(name).rpartition("_")
    if last != "id" or not thing:
        return ""
    by_parts = {in_parts(table): table for table in sorted(tables)}
    for ending in ("", "s", "es", "en"):
        if found := by_parts.get(thing + ending):
            return found
    return by_parts.get(f"{thing[:-1]}ies", "") if thing.endswith("y") else ""


def in_parts(name: str) -> str:
    """Return a name in parts: `DateNée` as `date_nee`."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    plain = (
        unicodedata.normalize("NFKD", split.replace("ß", "ss"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
