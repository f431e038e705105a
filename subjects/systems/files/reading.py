"""Reads files as tables, by DuckDB: streaming, with values bound, in bounded memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from subjects.systems.base import ReadError

MEMORY = "256MB"
ROWS_AT_ONCE = 500
LONGEST_ROW = 16 * 2**20  # bytes, of a row of JSON
READERS = {
    ".csv": "read_csv(?, all_varchar = true)",
    ".tsv": "read_csv(?, all_varchar = true)",
    ".json": f"read_json(?, maximum_object_size = {LONGEST_ROW})",
    ".jsonl": f"read_json(?, maximum_object_size = {LONGEST_ROW})",
    ".ndjson": f"read_json(?, maximum_object_size = {LONGEST_ROW})",
    ".parquet": "read_parquet(?)",
}
OBJECTS = (".json", ".jsonl", ".ndjson")  # where a column that is empty may be missing


class Reader:
    """Reads the files of one folder and nothing else of this machine."""

    def __init__(self, key: str, folder: Path) -> None:
        self._key = key
        self._engine = duckdb.connect(
            ":memory:",
            config={
                "threads": 1,
                "memory_limit": MEMORY,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        self._engine.execute(f"SET allowed_directories = [{_text(str(folder))}]")
        self._engine.execute("SET enable_external_access = false")
        self._engine.execute("SET lock_configuration = true")

    def columns(self, path: Path) -> tuple[str, ...]:
        """Return the names of the columns of a file."""
        described = f"DESCRIBE SELECT * FROM {self._reader(path)}"  # noqa: S608  # ours
        return tuple(row[0] for row in self._run(path, described, [str(path)]))

    def rows(
        self,
        path: Path,
        columns: Sequence[str],
        wanted: Sequence[tuple[str, Sequence[str]]],
    ) -> Iterator[tuple[Any, ...]]:
        """Yield rows in the order of the file, of these columns.

        `wanted` are columns with the texts of which one has to stand there; in any
        of them is enough, and without any, every row is read.
        """
        some = " OR ".join(
            f"list_contains(?, CAST({_name(column)} AS VARCHAR))"
            for column, _texts in wanted
        )
        # Names of columns are the file's own, quoted; every value is bound.
        names = ", ".join(map(_name, columns)) or "1"
        statement = f"SELECT {names} FROM {self._reader(path)}"  # noqa: S608  # see above
        if some:
            statement += f" WHERE {some}"
        values = [str(path), *(list(texts) for _column, texts in wanted)]
        yield from self._run(path, statement, values)

    def _run(
        self, path: Path, statement: str, values: Sequence[Any]
    ) -> Iterator[tuple[Any, ...]]:
        cursor = self._engine.cursor()
        try:
            cursor.execute(statement, values)
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield from rows
        except duckdb.Error as error:
            # The engine's own words may repeat a line of the file.
            raise ReadError(
                f"{self._key}: the file {path.name} cannot be read "
                f"({type(error).__name__}); check that it is whole, in UTF-8, and of "
                "the kind that its name says"
            ) from None
        finally:
            cursor.close()

    def _reader(self, path: Path) -> str:
        kind = path.suffix.lower()
        if kind not in READERS:
            raise ReadError(
                f"{self._key}: {path.name} is no file that can be read; those are "
                f"{', '.join(READERS)}"
            )
        return READERS[kind]

    def close(self) -> None:
        """Let go of the engine and its memory."""
        self._engine.close()


def _name(column: str) -> str:
    doubled = column.replace('"', '""')
    return f'"{doubled}"'


def _text(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"
