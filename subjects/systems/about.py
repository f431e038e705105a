"""Our additions to a description, under the key `rightsdesk` that others ignore."""

from collections.abc import Iterable, Mapping
from typing import Any

from subjects.systems.entry import Entry, Place, kind_of
from subjects.systems.retained import read_retention
from subjects.systems.sending_log import read_sending_log
from subjects.systems.shape import LANGUAGES, MARKED, ORIGINS, About, Collection, Path

OUR_KEY = "rightsdesk"
_KNOWN = (
    "title", "origin", "legal_basis", "retention", "owner", "third_parties", "codes",
    "silent", "medical", "marks", "category", "sending_log",
)  # fmt: skip
# What is never true of a whole dataset, and what only a table can have.
_BELOW_DATASETS = ("silent", "medical")
_OF_COLLECTIONS = ("marks", "sending_log")
_SCALARS = (str, bool, int, float, type(None))


def read_about(entry: Entry) -> About:
    """Read what stands under our key in `entry`, if anything."""
    ours = entry.entry(OUR_KEY)
    for key in ours.values:
        if key not in _KNOWN:
            raise entry.place.error(
                f"{OUR_KEY} does not know {key!r}; write one of {', '.join(_KNOWN)}"
            )
    _refuse_misplaced(ours)
    return About(
        title=_by_language(ours, "title", ours.table("title") or {}),
        origin=ours.one_of("origin", ORIGINS),
        legal_basis=ours.text("legal_basis"),
        category=ours.text("category"),
        retention=read_retention(ours),
        owner=ours.text("owner"),
        third_parties=ours.flag("third_parties"),
        codes=_codes(ours),
        silent=ours.flag("silent"),
        medical=ours.flag("medical"),
        marks={act: _mark(ours, act) for act in _acts(ours)},
        sending_log=read_sending_log(ours),
    )


def _refuse_misplaced(ours: Entry) -> None:
    place = ours.place
    for key in (*_BELOW_DATASETS, *_OF_COLLECTIONS):
        if key in ours.values and not place.collection:
            raise place.error(
                f"{key} is not for a whole dataset; write it further down"
            )
    for key in _OF_COLLECTIONS:
        if key in ours.values and place.field:
            raise place.error(f"{key} is not for a field; write it on the collection")


def _acts(ours: Entry) -> Iterable[str]:
    for act in (acts := ours.table("marks") or {}):
        if act not in MARKED:
            raise ours.place.error(f"marks has {act!r}; write only {', '.join(MARKED)}")
    return acts


def _mark(ours: Entry, act: str) -> dict[Path, Any]:
    """Return what each field says once `act` is done, by its path."""
    said = ours.entry("marks").table(act) or {}
    for name, value in said.items():
        if not isinstance(name, str) or type(value) not in _SCALARS:
            raise ours.place.error(
                f"marks, {act}: {name!r} is {kind_of(value)}; write a field and what "
                "it is to say: a text, a number, true, false or null"
            )
    return {tuple(name.split(".")): value for name, value in said.items()}


def check_marks(place: Place, collection: Collection) -> None:
    """Raise DatasetError where a mark names no field, or its row cannot be named."""
    marks = collection.about.marks
    for act, said in marks.items():
        for path in said:
            if collection.field_at(path) is None:
                raise place.error(
                    f"marks, {act}: it has no field {'.'.join(path)}; "
                    "describe the field, or name another"
                )
    if marks and not any(one.primary_key for _, one in collection.each_field()):
        raise place.error(
            "marks are set on rows, which have no primary_key; mark the key's fields"
        )


def _codes(ours: Entry) -> dict[str, dict[str, str]]:
    codes = ours.table("codes") or {}
    # A code may be a number in the YAML; stored values are compared as text.
    return {str(code): _by_language(ours, "codes", codes[code]) for code in codes}


def _by_language(ours: Entry, key: str, words: object) -> dict[str, str]:
    if not isinstance(words, Mapping):
        raise ours.place.error(
            f"{key} is {kind_of(words)}; write one text per language"
        )
    for language, text in words.items():
        if language not in LANGUAGES or not isinstance(text, str):
            raise ours.place.error(
                f"{key} has {language!r}: {kind_of(text)}; write texts "
                f"for {', '.join(LANGUAGES)}"
            )
    return dict(words)
