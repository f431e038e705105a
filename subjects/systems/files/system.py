"""A file drop: each collection is a file, or several. Meets `base.System`.

It is only read: what exports its files would bring erased rows back with the next
one, so an order is for whoever answers for the system behind it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path as FilePath
from typing import Any

from subjects.systems.base import MismatchError, Question, Row, TooManyRowsError
from subjects.systems.files.places import Place
from subjects.systems.files.reading import OBJECTS, Reader
from subjects.systems.shape import Address, Collection, Dataset, Field
from subjects.systems.sql.table import matcher
from subjects.systems.values import as_text, cast, unpacked

ROW_LIMIT = 1_000_000  # rows a question may find
NESTED = ("object",)


class FilesSystem:
    """A place with files that the datasets describe.

    `patterns` says which files a collection is, such as `orders-*.csv`; a collection
    without one is the files of its name, of any kind that can be read.
    """

    kind = "files"
    acts: frozenset[str] = frozenset()
    values_at_once = 1_000

    def __init__(
        self,
        key: str,
        place: Place,
        datasets: Sequence[Dataset],
        *,
        patterns: Mapping[str, str],
        name: Mapping[str, str] | None = None,
        owner: str = "",
        row_limit: int = ROW_LIMIT,
    ) -> None:
        self.key = key
        self.datasets = tuple(datasets)
        self.name = name or {}
        self.owner = owner
        self.row_limit = row_limit
        self._place = place
        self._patterns = patterns

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.key, self._place.folder.resolve())

    def check(self) -> None:
        """Raise ReadError where a file is missing, unreadable or not as described."""
        for dataset in self.datasets:
            for one in dataset.collections:
                if not one.skip_processing:
                    self._check(one)

    def _check(self, collection: Collection) -> None:
        names = [field.name for field in collection.fields]
        for path in self._files(collection):
            self._present(collection, path, names)

    def find(self, question: Question) -> Iterator[Row]:
        """Yield the rows that match, file by file, in their order there."""
        collection = self._collection(question.address)
        numbers = count(1)
        for path in self._files(collection):
            for row in self._rows(question, collection, path):
                if next(numbers) > self.row_limit:
                    raise TooManyRowsError(
                        f"{self.key}: {question.address} has more than "
                        f"{self.row_limit:,} rows for this question; raise row_limit, "
                        "or check that its references lead to one person only"
                    )
                yield row

    def _rows(
        self, question: Question, collection: Collection, path: FilePath
    ) -> Iterator[Row]:
        also = {*question.also, *(place[0] for place in question.wanted)}
        names = [field.name for field in collection.fields]
        names = list(dict.fromkeys((*names, *sorted(also))))
        present = self._present(collection, path, names)
        wanted = self._wanted(question, collection, present)
        matches, meant = matcher(question), _meant(collection)
        for values in self._reader.rows(path, present, wanted):
            found = dict(zip(present, values, strict=True))
            row = {name: meant.get(name, _as_it_is)(found.get(name)) for name in names}
            if matches(row):
                yield row

    def _wanted(
        self, question: Question, collection: Collection, present: Sequence[str]
    ) -> list[tuple[str, list[str]]]:
        """Return what the engine can look for; nothing where it must read every row."""
        for place in question.wanted:
            field = collection.field_at(place)
            if len(place) > 1 or (field and (field.is_array or _is_nested(field))):
                return []
        return [
            (place[0], [as_text(value) for value in values])
            for place, values in question.wanted.items()
            if place[0] in present
        ]

    def _present(
        self, collection: Collection, path: FilePath, names: Sequence[str]
    ) -> list[str]:
        """Return which of the columns a file has.

        Raises:
            MismatchError: one is missing, where it cannot be only empty.

        """
        columns = set(self._reader.columns(path))
        missing = [name for name in names if name not in columns]
        if missing and path.suffix.lower() not in OBJECTS:
            raise MismatchError(
                f"{self.key}: {path.name} has no column {missing[0]!r}, which "
                f"collection {collection.name} describes; correct the description or "
                "the file"
            )
        return [name for name in names if name in columns]

    def _files(self, collection: Collection) -> list[FilePath]:
        pattern = self._patterns.get(collection.name, f"{collection.name}.*")
        if not (found := self._place.files(pattern)):
            raise MismatchError(
                f"{self.key}: no file {pattern} for collection {collection.name}; "
                "put it there, or correct `files`"
            )
        return found

    def _collection(self, address: Address) -> Collection:
        dataset = next(one for one in self.datasets if one.key == address.dataset)
        return dataset.collection(address.collection)

    def close(self) -> None:
        """Let go of the engine and of what was fetched; it may be used again."""
        if "_reader" in self.__dict__:
            self._reader.close()
            del self.__dict__["_reader"]
        self._place.close()


def _is_nested(field: Field) -> bool:
    return field.data_type in NESTED


def _meant(collection: Collection) -> dict[str, Callable[[Any], Any]]:
    """Return how the values of a column are understood, where that is described.

    A file of text has only texts: what is described as a number becomes one.
    """
    meant: dict[str, Callable[[Any], Any]] = {}
    for field in collection.fields:
        if field.is_array or _is_nested(field):
            meant[field.name] = unpacked
        elif field.data_type:
            meant[field.name] = _typed(field.data_type)
    return meant


def _typed(data_type: str) -> Callable[[Any], Any]:
    def typed(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        understood = cast(value, data_type)
        return value if understood is None else understood

    return typed


def _as_it_is(value: Any) -> Any:
    return value
