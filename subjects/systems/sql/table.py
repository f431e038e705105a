"""One described table: the statement that searches it, and its rows as meant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Enum,
    Select,
    Text,
    column,
    false,
    or_,
    select,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy import table as sql_table
from sqlalchemy.dialects.postgresql import ARRAY, JSON, JSONB
from sqlalchemy.types import TypeEngine

from subjects.systems.base import MismatchError, Question, Row
from subjects.systems.shape import Address, Collection, Dataset, Path
from subjects.systems.sql.values import bindable
from subjects.systems.values import as_text, holds, unpacked


@dataclass(frozen=True, slots=True)
class Table:
    """A collection together with the table that the database really has."""

    dataset: Dataset
    collection: Collection
    schema: str | None
    types: Mapping[str, TypeEngine[Any]]
    dialect: str
    primary_key: tuple[str, ...]
    nullable: frozenset[str] = frozenset()

    def columns_for(self, question: Question) -> tuple[str, ...]:
        """Return the columns to read: those described, and those searched on.

        Raises:
            MismatchError: the table has no such column.

        """
        also = {*question.also, *(path[0] for path in question.wanted)}
        described = [field.name for field in self.collection.fields]
        wanted = tuple(dict.fromkeys((*described, *sorted(also))))
        for name in wanted:
            if name not in self.types:
                raise MismatchError(
                    f"{self.dataset.source}: dataset {self.dataset.key}, collection "
                    f"{self.collection.name}, field {name}: the table has no such "
                    "column; correct the description or the table"
                )
        return wanted

    def select(
        self,
        question: Question,
        columns: Sequence[ColumnElement[Any]] | None = None,
    ) -> Select[Any]:
        """Return the statement that finds what `question` asks for.

        It reads `columns_for` the question, or the `columns` given.

        Values inside JSON text or JSON arrays cannot be compared alike in every
        database; for these the whole table is read and `matcher` decides.
        """
        source = sql_table(self.collection.name, schema=self.schema)
        if columns is None:
            columns = [column(name) for name in self.columns_for(question)]
        statement = select(*columns).select_from(source)
        if self.is_exact(question):
            statement = statement.where(
                or_(
                    *(
                        self._matches(path, values)
                        for path, values in question.wanted.items()
                    )
                )
            )
        return statement.order_by(*map(column, self.primary_key))

    def since(self, names: Sequence[str], by: str, day: date) -> Select[Any]:
        """Return the statement that reads rows whose column `by` is not before `day`.

        Raises:
            MismatchError: the table has no such column.

        """
        self.columns_for(
            Question(Address(self.dataset.key, self.collection.name), {(by,): ()})
        )
        source = sql_table(self.collection.name, schema=self.schema)
        # Written as a day it is read as each type wants it, and compared as a text.
        bound = bindable([day.isoformat()], self.types[by], self.dialect)
        dated = self._comparable(by, self.types[by])
        columns: list[ColumnElement[Any]] = [column(name) for name in names]
        rows = select(*columns).select_from(source)
        return rows.where(dated >= bound[0] if bound else false())

    def is_exact(self, question: Question) -> bool:
        """Say whether the database itself can decide which rows match."""
        return all(self._decides(path) for path in question.wanted)

    def reader(self, question: Question) -> Callable[[Sequence[Any]], Row]:
        """Return what makes rows of what the statement finds, as they are meant.

        JSON text becomes objects, and SQLite's 0 and 1 truth where that is declared.
        """
        return self.reader_of(self.columns_for(question))

    def reader_of(self, names: Sequence[str]) -> Callable[[Sequence[Any]], Row]:
        """Return what makes rows of the values of these columns, as they are meant."""
        meant = {name: how for name in names if (how := self._meaning(name))}

        def read(found: Sequence[Any]) -> Row:
            row = dict(zip(names, found, strict=True))
            for name, how in meant.items():
                row[name] = how(row[name])
            return row

        return read

    def is_meant_otherwise(self, name: str) -> bool:
        """Whether a column's values mean something else than they say."""
        return self._meaning(name) is not None

    def _meaning(self, name: str) -> Callable[[Any], Any] | None:
        field = self.collection.field_at((name,))
        if field and (field.is_array or field.data_type == "object"):
            return unpacked
        if self.dialect == "sqlite" and isinstance(self.types[name], Boolean):
            return _truth
        return None

    def _decides(self, path: Path) -> bool:
        column_type = self.types.get(path[0])
        if self._in_array(path):
            return len(path) == 1 and isinstance(column_type, ARRAY)
        return len(path) == 1 or isinstance(column_type, (JSON, JSONB))

    def _in_array(self, path: Path) -> bool:
        steps = [self.collection.field_at(path[:n]) for n in range(1, len(path) + 1)]
        declared = any(step is not None and step.is_array for step in steps)
        return declared or isinstance(self.types.get(path[0]), ARRAY)

    def _matches(self, path: Path, values: Sequence[Any]) -> ColumnElement[bool]:
        name, column_type = path[0], self.types[path[0]]
        if len(path) > 1:
            inner: ColumnElement[str] = sql_cast(column(name), JSONB)[path[1:]].astext
            return inner.in_([as_text(value) for value in values])
        if isinstance(column_type, ARRAY):
            elements = bindable(values, column_type.item_type, self.dialect)
            overlaps: ColumnElement[bool] = column(name, column_type).overlap(elements)
            return overlaps if elements else false()
        found = bindable(values, column_type, self.dialect)
        comparable = self._comparable(name, column_type)
        return comparable.in_(found) if found else false()

    def _comparable(
        self, name: str, column_type: TypeEngine[Any]
    ) -> ColumnElement[Any]:
        if self.dialect == "sqlite":
            return column(name)
        if isinstance(column_type, Enum):
            return sql_cast(column(name), Text)
        return column(name, column_type)


def _truth(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


def matcher(question: Question) -> Callable[[Row], bool]:
    """Return what says whether a row holds a wanted value, however it is stored."""
    targets = [
        (path, {as_text(value) for value in wanted})
        for path, wanted in question.wanted.items()
    ]
    return lambda row: any(holds(row, path, wanted) for path, wanted in targets)
