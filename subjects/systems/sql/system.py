"""Any SQL database, through SQLAlchemy Core: streaming, read only, values bound.

Only a list of changes opens a connection that may write, see `writing`.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    NoSuchTableError,
    SQLAlchemyError,
)

from subjects.systems.base import (
    MismatchError,
    Question,
    ReadError,
    Row,
    TooManyRowsError,
    UnreachableError,
)
from subjects.systems.changes import Change, Receipt
from subjects.systems.columns import Layout
from subjects.systems.shape import Address, Dataset
from subjects.systems.sql.as_json import select_json
from subjects.systems.sql.layout import layout_of
from subjects.systems.sql.live import LiveTable, read_tables
from subjects.systems.sql.parts import Part, in_parts
from subjects.systems.sql.table import Table, matcher
from subjects.systems.sql.url import read_only, shown
from subjects.systems.sql.writing import Writer

ROW_LIMIT = 1_000_000  # rows a question may find
STATEMENT_SECONDS = 120
CONNECT_SECONDS = 10


class SQLSystem:
    """A SQL database described by datasets. Meets `changes.Changeable`."""

    kind = "sql"
    values_at_once = 900  # SQLite may be built for no more than 999 parameters

    def __init__(
        self,
        key: str,
        url: URL,
        datasets: Sequence[Dataset],
        *,
        name: Mapping[str, str] | None = None,
        owner: str = "",
        acts: frozenset[str] = frozenset(),
        row_limit: int = ROW_LIMIT,
    ) -> None:
        self.key = key
        self.url = url
        self.datasets = tuple(datasets)
        self.name = name or {}
        self.owner = owner
        self.acts = acts
        self.row_limit = row_limit
        self._tables: dict[tuple[str, str], Table] = {}

    def check(self) -> None:
        """Raise ReadError where it does not answer or is not as described."""
        self._connect().close()
        for dataset in self.datasets:
            for collection in dataset.collections:
                if not collection.skip_processing:
                    address = Address(dataset.key, collection.name)
                    self._table(dataset, collection.name).columns_for(
                        Question(address, {})
                    )

    def tables(self, schema: str | None = None) -> dict[str, LiveTable]:
        """Return the tables and views that there are, described or not, by name."""
        try:
            with self._connect() as connection:
                return read_tables(connection, schema)
        except SQLAlchemyError as error:
            raise ReadError(
                f"{self.key}: the tables of {shown(self.url)} cannot be read "
                f"({type(error).__name__}); check that we may read them"
            ) from None

    def find(self, question: Question) -> Generator[Row]:
        """Yield the rows that match, by primary key, reading as they are taken."""
        table = self._table_at(question.address)
        read, matches = table.reader(question), matcher(question)
        is_exact = table.is_exact(question)
        for part in self._limited(table.select(question), question.address):
            rows = map(read, part)
            yield from rows if is_exact else filter(matches, rows)

    def find_written(self, question: Question) -> Iterator[bytes] | None:
        """Yield the rows as JSON texts where the server writes them as we would."""
        statement = select_json(self._table_at(question.address), question)
        if statement is None:
            return None
        parts = self._limited(statement, question.address)
        return (text.encode() for part in parts for (text,) in part)

    def _stream(self, address: Address, statement: Select[Any]) -> Iterator[Part]:
        """Yield what a statement finds, a part at a time, past the driver's memory."""
        try:
            with self._connect() as connection:
                streaming = connection.execution_options(stream_results=True)
                yield from in_parts(streaming.execute(statement))
        except DBAPIError as error:
            raise self._unread(address, error) from None

    def _limited(self, statement: Select[Any], address: Address) -> Iterator[Part]:
        left = self.row_limit
        for part in self._stream(address, statement.limit(left + 1)):
            yield part[:left]
            left -= len(part)
            if left < 0:
                raise TooManyRowsError(
                    f"{self.key}: {address} has more than {self.row_limit:,} rows for "
                    "this question; raise row_limit, or check that its references "
                    "lead to one person only"
                )

    def rows_since(
        self, address: Address, names: Sequence[str], by: str, day: date
    ) -> Generator[Row]:
        """Yield the columns `names` of the rows in which `by` is of `day` or later."""
        statement = self._table_at(address).since(names, by, day)
        for part in self._stream(address, statement):
            for row in part:
                yield dict(zip(names, row, strict=True))

    def _unread(self, address: Address, error: DBAPIError) -> ReadError:
        # The driver's own words may repeat a value, so only its kind is told.
        return ReadError(
            f"{self.key}: reading {address} failed ({type(error.orig).__name__}); "
            "check that its columns have the types the description gives, and that "
            "we may read them"
        )

    def layout(self, address: Address) -> Layout:
        """Return the columns of a collection, as the database declares them."""
        return layout_of(self._table_at(address))

    def apply(self, changes: Sequence[Change]) -> Receipt:
        """Apply the changes in their order; then read back what the rows say.

        Raises:
            StaleError: a row says neither what was expected nor what was ordered.
            ChangeError: it cannot be done.

        """
        return self.writer().apply(changes)

    def writer(self) -> Writer:
        """Return what carries out one list of changes."""
        return Writer(self.key, self.url, self._table_at)

    def _table_at(self, address: Address) -> Table:
        return self._table(self._dataset(address.dataset), address.collection)

    def _dataset(self, key: str) -> Dataset:
        return next(one for one in self.datasets if one.key == key)

    def _table(self, dataset: Dataset, name: str) -> Table:
        if (dataset.key, name) not in self._tables:
            self._tables[dataset.key, name] = self._reflected(dataset, name)
        return self._tables[dataset.key, name]

    def _reflected(self, dataset: Dataset, name: str) -> Table:
        schema = dataset.namespace.get("schema")
        try:
            with self._connect() as connection:
                seen = inspect(connection)
                columns = seen.get_columns(name, schema=schema)
                keys = seen.get_pk_constraint(name, schema=schema)
        except NoSuchTableError as error:
            raise MismatchError(
                f"{self.key}: collection {dataset.key}:{name} has no table "
                f"{name!r} in {shown(self.url)}; correct {dataset.source} or the "
                "database URL"
            ) from error
        except SQLAlchemyError as error:
            raise ReadError(
                f"{self.key}: the columns of {dataset.key}:{name} cannot be read "
                f"({type(error).__name__}); check that we may read them"
            ) from error
        key = tuple(keys["constrained_columns"])
        nullable = {column["name"] for column in columns if column["nullable"]}
        return Table(
            dataset=dataset,
            collection=dataset.collection(name),
            schema=schema,
            types={column["name"]: column["type"] for column in columns},
            dialect=self._engine.dialect.name,
            primary_key=key,
            nullable=frozenset(nullable.difference(key)),
        )

    def _connect(self) -> Connection:
        try:
            return self._engine.connect()
        except (SQLAlchemyError, OSError) as error:
            raise UnreachableError(
                f"{self.key}: {shown(self.url)} cannot be reached "
                f"({self._reason(error)}); check that it runs, and its address, "
                "user and password"
            ) from None

    def _reason(self, error: Exception) -> str:
        words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        for secret in (self.url.password, *map(str, self.url.query.values())):
            if secret:
                words = words.replace(str(secret), "***")
        return words

    @cached_property
    def _engine(self) -> Engine:
        try:
            engine = create_engine(
                read_only(self.url), connect_args=_limits(self.url), pool_pre_ping=True
            )
        except (ImportError, NoSuchModuleError, ArgumentError) as error:
            raise UnreachableError(
                f"{self.key}: no driver for {self.url.drivername} is installed; "
                "install it or write another database URL"
            ) from error
        if statement := _READ_ONLY.get(engine.dialect.name):
            event.listen(engine, "connect", partial(_say, statement))
        return engine

    def close(self) -> None:
        """Let go of every connection; it may be used again."""
        if "_engine" in self.__dict__:
            self._engine.dispose()


def _limits(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "postgresql":
        return {}
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{STATEMENT_SECONDS}s",
    }
    options = [f"-c {key}={value}" for key, value in settings.items()]
    if given := url.query.get("options"):
        options.insert(0, str(given))
    return {"connect_timeout": CONNECT_SECONDS, "options": " ".join(options)}


# PostgreSQL is told when it is connected to, see _limits.
_READ_ONLY = {
    "sqlite": "PRAGMA query_only = ON",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
}


def _say(statement: str, connection: Any, record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(statement)
    cursor.close()
