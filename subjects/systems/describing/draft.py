"""Drafts a description from a live database: what it has, and what that may mean.

Facts come from the database; categories, identities and references that its names
suggest are guesses, marked as such, for whoever knows the tables to settle.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from subjects.systems.datasets import KEY
from subjects.systems.describing.guesses import (
    UNKNOWN,
    category_of,
    identity_of,
    table_of,
)
from subjects.systems.shape import DatasetError
from subjects.systems.sql.live import LiveColumn, LiveTable

Tables = Mapping[str, LiveTable]

_HEAD = """\
# Drafted from the database. What is marked as guessed was read from names only:
# look at every line, above all at the categories, and remove what is not personal.
"""
_GUESSED = "  # guessed from its name"


class Target(NamedTuple):
    """What a column refers to, and the remark that says how we know."""

    table: str
    column: str
    remark: str


def draft(key: str, tables: Tables, schema: str | None = None) -> str:
    """Return the YAML of a dataset with these tables; views are left out.

    Raises:
        DatasetError: there is no table to describe, or the key cannot be one.

    """
    if not KEY.fullmatch(key):
        raise DatasetError(
            f"{key!r} cannot be a fides_key; use letters, digits and _ . < > - only"
        )
    real = {name: one for name, one in sorted(tables.items()) if not one.is_view}
    if not real:
        raise DatasetError(
            f"{key}: no table is found there; check the database and the schema, and "
            "that we may read them"
        )
    lines = ["dataset:", f"  - fides_key: {_plain(key)}"]
    if schema:
        lines += ["    fides_meta:", f"      namespace: {{schema: {_plain(schema)}}}"]
    lines.append("    collections:")
    for table in real.values():
        lines += [f"      - name: {_plain(table.name)}", "        fields:"]
        for column in table.columns.values():
            lines += _field(key, real, table, column)
    return _HEAD + "\n".join(lines) + "\n"


def _field(
    key: str, tables: Tables, table: LiveTable, column: LiveColumn
) -> Iterator[str]:
    target = target_of(tables, table, column.name)
    yield f"          - name: {_plain(column.name)}"
    yield f"            data_categories: {_category(table, column.name, target)}"
    if meta := list(_meta(key, table, column, target)):
        yield "            fides_meta:"
        yield from (f"              {line}" for line in meta)


def _category(table: LiveTable, name: str, target: Target | None) -> str:
    category = category_of(name)
    is_key = name in table.primary_key or target is not None
    if is_key and category != "user.unique_id":
        return "[system.operations]  # a key"
    if category != UNKNOWN:
        return f"[{category}]{_GUESSED}"
    return f"[{UNKNOWN}]  # unknown: say which, or remove the field"


def _meta(
    key: str, table: LiveTable, column: LiveColumn, target: Target | None
) -> Iterator[str]:
    if column.name in table.primary_key:
        yield "primary_key: true"
    if column.data_type or column.is_array:
        yield f"data_type: {column.data_type or 'string'}{'[]' * column.is_array}"
    if column.length and column.data_type == "string":
        yield f"length: {column.length}"
    identity = identity_of(column.name)
    if identity and not target:  # what refers to it is reached from there
        yield f"identity: {identity}{_GUESSED}"
    if target:
        yield from _references(key, table, target)


def _references(key: str, table: LiveTable, target: Target) -> Iterator[str]:
    written = f"dataset: {_plain(key)}, field: "
    written += _plain(f"{target.table}.{target.column}")
    if target.table != table.name:
        yield f"references:  # {target.remark}; direction: from, to, or either way"
        yield f"  - {{{written}}}"
    elif any(identity_of(name) for name in table.columns):
        # From one person's row to another's is no way to go, until somebody says so.
        yield f"# {target.remark} to another row of this table, maybe another person's"
    else:
        yield f"references:  # {target.remark}, to this table itself"
        yield f"  - {{{written}, direction: from}}"


def target_of(tables: Tables, table: LiveTable, name: str) -> Target | None:
    """Return what a column refers to: by a foreign key, or as its name suggests."""
    for foreign in table.foreign_keys:
        if foreign.column == name and foreign.schema is None:
            known = foreign.table in tables
            remark = "a foreign key"
            return Target(foreign.table, foreign.referred, remark) if known else None
    if name in table.primary_key and len(table.primary_key) == 1:
        return None
    return _named_like(tables, table, name)


def _named_like(tables: Tables, table: LiveTable, name: str) -> Target | None:
    guessed = "guessed from its name"
    for other in tables.values():
        if other.primary_key == (name,) and name != "id" and other is not table:
            return Target(other.name, name, guessed)
    pointed = table_of(name, frozenset(tables))
    if pointed and len(tables[pointed].primary_key) == 1:
        return Target(pointed, tables[pointed].primary_key[0], guessed)
    return None


def _plain(text: str) -> str:
    """Write a name as YAML reads it back: in quotes where it must be."""
    written: str = yaml.safe_dump(
        text, default_flow_style=True, allow_unicode=True, width=10**6
    )
    return written.removesuffix("...\n").strip()
