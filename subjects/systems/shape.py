"""What a dataset description says: datasets, their collections, their fields.

A leaf: plain frozen values, made by `datasets.py`, read by everyone else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LANGUAGES = ("fr", "nl", "de", "en")
ORIGINS = ("provided", "observed", "derived")
ACTS = (
    "erase",
    "correct",
    "restrict",
    "lift",
    "suppress",
    "stop",
)  # on a person's data
MARKED = ("restrict", "lift", "suppress", "stop")  # the acts that set a mark on rows
DATA_TYPES = ("string", "integer", "float", "boolean", "object", "object_id")

Path = tuple[str, ...]


class DatasetError(ValueError):
    """A description cannot be used; the message names file, place and cure."""


class Address(NamedTuple):
    """Where a collection is: the key of its dataset and its own name."""

    dataset: str
    collection: str

    def __str__(self) -> str:
        return f"{self.dataset}:{self.collection}"


@dataclass(frozen=True, slots=True)
class Retention:
    """Which rule of the policy keeps data, and where the days stand it counts from.

    Each is a field of the same row, `other_collection.field`, or with the key of its
    dataset before it, `crm:customers.birth_date`. The latest `event` counts.
    """

    rule: str
    event: tuple[str, ...] = ()
    known: str = ""
    decided: str = ""
    birth: str = ""


@dataclass(frozen=True, slots=True)
class SendingLog:
    """That a collection is a log of advertising: in which fields to whom, and when.

    `kind` is that of the address: email, phone_number or post.
    """

    address: str
    sent_at: str
    kind: str = "email"


@dataclass(frozen=True, slots=True)
class About:
    """What we add to a description, under our own key, for the person who reads.

    `title` and the explanations in `codes` are by language (`LANGUAGES`);
    `codes` explains stored values: `{"OP": {"en": "open", …}}`. `third_parties`: it
    tells of others too; `silent`: the law forbids even to mention it; `medical`: data
    on health although its category does not say so. `marks` says, by act, what the
    fields of a row are to say once it is done: `{"restrict": {("blocked",): True}}`.
    `category` is the one of the published policy that the data belong to.
    `sending_log`: its rows are messages, to be compared with the suppression list.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    legal_basis: str = ""
    category: str = ""
    retention: Retention | None = None
    owner: str = ""
    third_parties: bool = False
    silent: bool = False
    medical: bool = False
    marks: Mapping[str, Mapping[Path, Any]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sending_log: SendingLog | None = None

    def title_in(self, language: str, otherwise: str) -> str:
        """Return the title in `language`, or in English, or `otherwise`."""
        return self.title.get(language) or self.title.get("en") or otherwise

    def meaning(self, value: object, language: str) -> str:
        """Explain a stored value in `language`; empty where nothing explains it."""
        words = self.codes.get(str(value), {})
        return words.get(language) or words.get("en", "")


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that holds the same values as a field of another collection.

    `direction` is "from" (values flow from there to here), "to" (from here to
    there) or empty (either way).
    """

    address: Address
    path: Path
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or with `fields` an object of fields."""

    name: str
    description: str = ""
    categories: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()
    references: tuple[Reference, ...] = ()
    identity: str = ""
    primary_key: bool = False
    data_type: str = ""
    is_array: bool = False
    return_all_elements: bool = False
    length: int | None = None
    read_only: bool = False
    custom_request_field: str = ""
    masking: Mapping[str, Any] | None = None
    redact: bool = False
    about: About = field(default_factory=About)

    def child(self, name: str) -> "Field | None":
        """Return the sub-field called `name`, if it is described."""
        return next((one for one in self.fields if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Collection:
    """A table, or what plays its part."""

    name: str
    description: str = ""
    categories: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    after: tuple[Address, ...] = ()
    erase_after: tuple[Address, ...] = ()
    skip_processing: bool = False
    masking: Mapping[str, Any] | None = None
    redact: bool = False
    about: About = field(default_factory=About)

    def field_at(self, path: Path) -> Field | None:
        """Return the field at `path`, if it is described."""
        found = next((one for one in self.fields if one.name == path[0]), None)
        for name in path[1:]:
            found = found.child(name) if found else None
        return found

    def each_field(self) -> Iterator[tuple[Path, Field]]:
        """Yield every field with its path, an object before its sub-fields."""
        waiting: list[tuple[Path, Field]]
        waiting = [((one.name,), one) for one in reversed(self.fields)]
        while waiting:
            path, current = waiting.pop()
            yield path, current
            waiting += [((*path, one.name), one) for one in reversed(current.fields)]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one system holds, as its own people describe it."""

    key: str
    name: str = ""
    description: str = ""
    collections: tuple[Collection, ...] = ()
    after: tuple[str, ...] = ()
    namespace: Mapping[str, Any] = field(default_factory=dict)
    redact: bool = False
    about: About = field(default_factory=About)
    source: str = ""

    def collection(self, name: str) -> Collection:
        """Return the collection called `name`; KeyError where there is none."""
        for one in self.collections:
            if one.name == name:
                return one
        raise KeyError(name)
