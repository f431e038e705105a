"""A system behind an HTTP API: asked as its declaration says. Meets `base.System`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

from subjects.systems.base import MismatchError, Question, Row, TooManyRowsError
from subjects.systems.changes import Change, Receipt
from subjects.systems.shape import Dataset, Path
from subjects.systems.values import as_text, values_at
from subjects.systems.web.auth import Sign
from subjects.systems.web.client import Client
from subjects.systems.web.declared import Api, Call, Resource
from subjects.systems.web.paging import rows_of
from subjects.systems.web.writing import Writer

ROW_LIMIT = 100_000  # rows a question may find


class WebSystem:
    """An API whose collections the datasets describe."""

    kind = "web"
    values_at_once = 100

    def __init__(
        self,
        key: str,
        api: Api,
        datasets: Sequence[Dataset],
        *,
        sign: Sign,
        name: Mapping[str, str] | None = None,
        owner: str = "",
        acts: frozenset[str] = frozenset(),
        row_limit: int = ROW_LIMIT,
        may_be_private: bool = False,
    ) -> None:
        self.key = key
        self.api = api
        self.datasets = tuple(datasets)
        self.name = name or {}
        self.owner = owner
        self.acts = acts
        self.row_limit = row_limit
        self._sign = sign
        self._may_be_private = may_be_private

    @cached_property
    def _client(self) -> Client:
        return Client(
            self.key,
            self.api.base,
            headers=self.api.headers,
            sign=self._sign,
            rate=self.api.rate,
            retries=self.api.retries,
            may_be_private=self._may_be_private,
        )

    def check(self) -> None:
        """Raise ReadError where it does not answer; of its paths one is tried."""
        if self.api.check:
            self._client.ask("GET", self._client.url(self.api.check, {}))

    def find(self, question: Question) -> Iterator[Row]:
        """Yield the rows that match, as the API orders them."""
        numbers = count(1)
        resource = self.api.resources[question.address.collection]
        for path, values in question.wanted.items():
            call = self._call(question, resource, path)
            for value in values:
                for row in self._rows(resource, call, path, value):
                    if next(numbers) > self.row_limit:
                        raise self._too_many(question)
                    yield self._described(question, row)

    def _call(self, question: Question, resource: Resource, path: Path) -> Call:
        if path not in resource.by:
            raise MismatchError(
                f"{self.key}: {question.address} has to be looked for by "
                f"{'.'.join(path)}, and its declaration does not say how; add it "
                "under `by`"
            )
        return resource.by[path]

    def _rows(
        self, resource: Resource, call: Call, path: Path, value: Any
    ) -> Iterator[dict[str, Any]]:
        """Yield the rows that hold the value; an API may find more than it should.

        Where it does not repeat the value in its rows, they are taken at its word.
        """
        wanted = as_text(value)
        for row in rows_of(self._client, resource, call, {"value": wanted}):
            said = {as_text(one).casefold() for one in values_at(row, path)}
            if said and wanted.casefold() not in said:
                continue
            yield dict(row) if said or len(path) > 1 else {**row, path[0]: value}

    def _described(self, question: Question, row: Mapping[str, Any]) -> Row:
        """Return the columns that are described or searched on, each with a value."""
        dataset = next(one for one in self.datasets if one.key == question.address[0])
        fields = dataset.collection(question.address.collection).fields
        names = [field.name for field in fields]
        names += [path[0] for path in question.wanted] + sorted(question.also)
        return {name: row.get(name) for name in dict.fromkeys(names)}

    def _too_many(self, question: Question) -> TooManyRowsError:
        return TooManyRowsError(
            f"{self.key}: {question.address} has more than {self.row_limit:,} rows for "
            "this question; raise row_limit, or check that its references lead to one "
            "person only"
        )

    def apply(self, changes: Sequence[Change]) -> Receipt:
        """Apply the changes in their order, row by row; then read back.

        An API knows no transaction over several requests: first every row is looked
        at, and only where all are as planned the first is changed. Whatever fails
        after that is named with what is done; applied again, the list goes on there.
        """
        return Writer(self.key, self.api, self._client).apply(changes)

    def close(self) -> None:
        """Let go of every connection; it may be used again."""
        if "_client" in self.__dict__:
            self._client.close()
            del self.__dict__["_client"]
