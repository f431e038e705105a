"""One mapping of a description, read key by key with errors that name their place."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from subjects.systems.shape import DatasetError


class Place(NamedTuple):
    """Where in which file we are reading."""

    file: str
    dataset: str = ""
    collection: str = ""
    field: str = ""

    def error(self, sentence: str) -> DatasetError:
        """Return the error that says `sentence` about this place."""
        named = (
            ("dataset", self.dataset),
            ("collection", self.collection),
            ("field", self.field),
        )
        where = ", ".join(f"{kind} {name}" for kind, name in named if name)
        parts = (part for part in (self.file, where, sentence) if part)
        # A name may hold a line break; the error stays one line.
        return DatasetError(" ".join(": ".join(parts).split()))

    def inside(self, name: str) -> "Place":
        """Return the place of the field `name`, below this collection or field."""
        below = f"{self.field}.{name}" if self.field else name
        return self._replace(field=below)


_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "empty",
}


def kind_of(value: object) -> str:
    """Name the kind of a YAML value as its author would."""
    return _KINDS.get(type(value), type(value).__name__)


class Entry:
    """A mapping with its place; a key that is absent or empty counts as not given."""

    def __init__(self, value: object, place: Place, *, what: str) -> None:
        if not isinstance(value, Mapping):
            raise place.error(
                f"{what} is {kind_of(value)}; write a mapping of keys and values"
            )
        self.values: Mapping[Any, Any] = value
        self.place = place

    def _get(self, key: str, wanted: type, cure: str) -> Any:
        value = self.values.get(key)
        if value is None or type(value) is wanted:
            return value
        raise self.place.error(f"{key} is {kind_of(value)}; write {cure}")

    def text(self, key: str) -> str:
        """Return the text under `key`, empty where it is not given."""
        return self._get(key, str, "text, in quotes if need be") or ""

    def needed_text(self, key: str) -> str:
        """Return the text under `key`, which must be there."""
        if not (value := self.text(key).strip()):
            raise self.place.error(f"{key} is missing; add it")
        return value

    def flag(self, key: str) -> bool:
        """Return whether `key` is set."""
        return bool(self._get(key, bool, "true or false"))

    def positive(self, key: str) -> int | None:
        """Return the whole number above zero under `key`."""
        value: int | None = self._get(key, int, "a whole number above 0")
        if value is not None and value < 1:
            raise self.place.error(f"{key} is {value}; write a whole number above 0")
        return value

    def items(self, key: str) -> list[Any]:
        """Return the list under `key`, empty where it is not given."""
        return self._get(key, list, "a list") or []

    def needed_items(self, key: str) -> list[Any]:
        """Return the list under `key`, which must be there."""
        if self.values.get(key) is None:
            raise self.place.error(f"{key} is missing; add the list, even if empty")
        return self.items(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under `key`."""
        items = self.items(key)
        for item in items:
            if not isinstance(item, str):
                raise self.place.error(
                    f"{key} holds {kind_of(item)}; write only texts in its list"
                )
        return tuple(items)

    def table(self, key: str) -> Mapping[str, Any] | None:
        """Return the mapping under `key`, None where it is not given."""
        value: Mapping[str, Any] | None = self._get(key, dict, "a mapping")
        return value

    def entry(self, key: str) -> "Entry":
        """Return the mapping under `key` as an entry, empty where it is not given."""
        return Entry(self.table(key) or {}, self.place, what=key)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return the text under `key`, one of `allowed` or empty."""
        value = self.text(key)
        if value and value not in allowed:
            raise self.place.error(
                f"{key} is {value!r}; write one of {', '.join(allowed)}"
            )
        return value
