"""Reads dataset descriptions in the fideslang YAML format, as they are published.

Unknown keys are ignored, the older `fidesops_meta` is understood, and our own
additions live under a key of their own (`about.py`).
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from subjects.systems.about import check_marks, read_about
from subjects.systems.entry import Entry, Place
from subjects.systems.guarded_yaml import parse_yaml, read_text
from subjects.systems.sending_log import check_sending_log
from subjects.systems.shape import (
    DATA_TYPES,
    Address,
    Collection,
    Dataset,
    DatasetError,
    Field,
    Reference,
)

KEY = re.compile(r"[a-zA-Z0-9_.<>-]+")


def read_datasets(path: FilePath) -> tuple[Dataset, ...]:
    """Read every dataset described in the file at `path`.

    Raises:
        DatasetError: it cannot be used; one sentence names file, collection,
            field and cure.

    """
    return _described(path, read_text(path))


@lru_cache(maxsize=32)
def _described(path: FilePath, text: str) -> tuple[Dataset, ...]:
    """Understand each text once: whatever asks for the systems reads them all."""
    place = Place(str(path))
    top = Entry(parse_yaml(path, text), place, what="the file")
    datasets = tuple(
        _dataset(Entry(item, place, what="a dataset"))
        for item in top.needed_items("dataset")
    )
    refuse_twins(datasets)
    return datasets


def refuse_twins(datasets: Iterable[Dataset]) -> None:
    """Raise DatasetError where two datasets have the same key."""
    known: dict[str, Dataset] = {}
    for one in datasets:
        if one.key in known:
            raise DatasetError(
                f"{one.source}: dataset {one.key} is already described in "
                f"{known[one.key].source}; give each its own fides_key"
            )
        known[one.key] = one


def _meta(entry: Entry) -> Entry:
    if entry.values.get("fides_meta") is not None:
        return entry.entry("fides_meta")
    return entry.entry("fidesops_meta")


def _dataset(entry: Entry) -> Dataset:
    key = entry.needed_text("fides_key")
    entry.place = place = entry.place._replace(dataset=key)
    if not KEY.fullmatch(key):
        raise place.error(
            "its fides_key has other characters than letters, digits and _ . < > -; "
            "rename it"
        )
    meta = _meta(entry)
    collections = [
        _collection(Entry(item, place, what="a collection"))
        for item in entry.needed_items("collections")
    ]
    _refuse_doubles(place, "collection", [one.name for one in collections])
    return Dataset(
        key=key,
        name=entry.text("name"),
        description=entry.text("description"),
        collections=tuple(sorted(collections, key=lambda one: one.name)),
        after=meta.texts("after"),
        namespace=meta.table("namespace") or {},
        redact=bool(meta.one_of("redact", ("name",))),
        about=read_about(entry),
        source=place.file,
    )


def _refuse_doubles(place: Place, kind: str, names: list[str]) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise place.error(
                f"{kind} {name} is described {count} times; keep one of them"
            )


def _collection(entry: Entry) -> Collection:
    name = entry.needed_text("name")
    entry.place = place = entry.place._replace(collection=name)
    meta = _meta(entry)
    collection = Collection(
        name=name,
        description=entry.text("description"),
        categories=entry.texts("data_categories"),
        fields=_fields(place, entry.needed_items("fields")),
        after=_addresses(meta, "after"),
        erase_after=_addresses(meta, "erase_after"),
        skip_processing=meta.flag("skip_processing"),
        masking=meta.table("masking_strategy_override"),
        redact=bool(meta.one_of("redact", ("name",))),
        about=read_about(entry),
    )
    check_marks(place, collection)
    check_sending_log(place, collection)
    return collection


def _addresses(meta: Entry, key: str) -> tuple[Address, ...]:
    found = []
    for text in meta.texts(key):
        dataset, _, collection = text.partition(".")
        if not dataset or not collection or "." in collection:
            raise meta.place.error(f"{key} has {text!r}; write dataset.collection")
        found.append(Address(dataset, collection))
    return tuple(found)


def _fields(place: Place, items: list[Any]) -> tuple[Field, ...]:
    fields = tuple(_field(Entry(item, place, what="a field")) for item in items)
    _refuse_doubles(place, "field", [one.name for one in fields])
    return fields


def _field(entry: Entry) -> Field:
    name = entry.needed_text("name")
    entry.place = place = entry.place.inside(name)
    meta = _meta(entry)
    data_type, is_array = _data_type(meta)
    fields = _fields(place, entry.items("fields"))
    _check_kind(meta, data_type, is_array=is_array, is_object=bool(fields))
    references = tuple(
        _reference(Entry(item, place, what="a reference"))
        for item in meta.items("references")
    )
    identity, primary_key = meta.text("identity"), meta.flag("primary_key")
    # An object is no key: what its sub-fields say counts, not what it says itself.
    return Field(
        name=name,
        description=entry.text("description"),
        categories=entry.texts("data_categories"),
        fields=fields,
        references=() if fields else references,
        identity="" if fields else identity,
        primary_key=primary_key and not fields,
        data_type=data_type or ("object" if fields else ""),
        is_array=is_array,
        return_all_elements=meta.flag("return_all_elements"),
        length=meta.positive("length"),
        read_only=meta.flag("read_only"),
        custom_request_field=meta.text("custom_request_field"),
        masking=meta.table("masking_strategy_override"),
        redact=bool(meta.one_of("redact", ("name",))),
        about=read_about(entry),
    )


def _data_type(meta: Entry) -> tuple[str, bool]:
    written = meta.text("data_type")
    name = written.removesuffix("[]")
    if written and name not in DATA_TYPES:
        raise meta.place.error(
            f"data_type is {written!r}; write one of {', '.join(DATA_TYPES)}, "
            "with [] behind it for an array"
        )
    return name, name != written


def _check_kind(meta: Entry, name: str, *, is_array: bool, is_object: bool) -> None:
    if is_object and name not in {"", "object"}:
        raise meta.place.error(
            f"it has fields of its own but data_type {name}; write object or object[]"
        )
    if meta.flag("return_all_elements") and not is_array:
        raise meta.place.error(
            "return_all_elements is for arrays only; add [] to data_type or remove it"
        )


def _reference(entry: Entry) -> Reference:
    dataset, target = entry.needed_text("dataset"), entry.needed_text("field")
    parts = target.split(".")
    if len(parts) == 1 or not all(parts):
        raise entry.place.error(
            f"a reference names field {target!r}; write collection.field"
        )
    return Reference(
        address=Address(dataset, parts[0]),
        path=tuple(parts[1:]),
        direction=entry.one_of("direction", ("from", "to")),
    )
