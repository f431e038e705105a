"""Changes what an API holds: a request a row, each looked at before and after."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from subjects.systems.base import ReadError
from subjects.systems.changes import Change, ChangeError, Receipt, StaleError
from subjects.systems.shape import Path
from subjects.systems.values import as_text, plain
from subjects.systems.web.client import Client
from subjects.systems.web.declared import Api, Call, Resource
from subjects.systems.web.paging import at, rows_of

GONE = (404, 410)


class Writer:
    """Applies lists of changes to one API."""

    def __init__(self, key: str, api: Api, client: Client) -> None:
        self._key, self._api, self._client = key, api, client

    def apply(self, changes: Sequence[Change]) -> Receipt:
        """Look at every row, change those that are not as ordered, and look again."""
        done_before: Counter[str] = Counter()
        todo: list[Change] = []
        for change in changes:
            self._call(change)
            if self._is_done(change):
                done_before[str(change.address)] += 1
            else:
                todo.append(change)
        deleted, changed = self._write(todo)
        verified = all(self._is_done(change) for change in todo)
        return Receipt(self._key, deleted, changed, done_before, verified)

    def _write(self, todo: Sequence[Change]) -> tuple[Counter[str], Counter[str]]:
        deleted: Counter[str] = Counter()
        changed: Counter[str] = Counter()
        for number, change in enumerate(todo):
            try:
                self._send(change)
            except ReadError as error:
                raise ChangeError(
                    f"{error}; {number} of {len(todo)} rows are done, and will not be "
                    "done twice: try again"
                ) from None
            counts = deleted if change.values is None else changed
            counts[str(change.address)] += 1
        return deleted, changed

    def _send(self, change: Change) -> None:
        call = self._call(change)
        values = {name: as_text(value) for name, value in change.key.items()}
        path, query = call.filled(values)
        body = None if change.values is None else _nested(change.values)
        self._client.ask(call.method, self._client.url(path, query), body, good=GONE)

    def _call(self, change: Change) -> Call:
        """Return the declared request for a change.

        Raises:
            ChangeError: none is declared that names the row.

        """
        resource = self._resource(change)
        act = "delete" if change.values is None else "change"
        call = resource.delete if change.values is None else resource.change
        if call is None:
            raise ChangeError(
                f"{self._key}: the declaration of {change.address} does not say how to "
                f"{act} a row; add `{act}`, or carry it out by hand"
            )
        missing = sorted(set(call.holes()) - set(change.key))
        if missing or not list(call.holes()):
            raise ChangeError(
                f"{self._key}: `{act}` of {change.address} does not name the row by "
                "its primary key; write its fields in braces, such as {id}"
            )
        return call

    def _resource(self, change: Change) -> Resource:
        return self._api.resources[change.address.collection]

    def _is_done(self, change: Change) -> bool:
        """Say whether the row is as ordered; raise StaleError where it is neither."""
        row = self._row(change)
        if row is None or change.values is None:
            if row is not None:
                self._as_expected(change, row)
            return row is None
        if all(_says(row, path, value) for path, value in change.values.items()):
            return True
        self._as_expected(change, row)
        return False

    def _as_expected(self, change: Change, row: Mapping[str, Any]) -> None:
        if not all(_says(row, path, value) for path, value in change.expected.items()):
            raise StaleError(
                f"{self._key}: a row of {change.address} is no longer what it was when "
                "this was planned; plan again"
            )

    def _row(self, change: Change) -> Mapping[str, Any] | None:
        """Return the row as it is now, None where it is gone."""
        resource = self._resource(change)
        for name, value in change.key.items():
            if (call := resource.by.get((name,))) is None:
                continue
            values = {"value": as_text(value)}
            for row in rows_of(self._client, resource, call, values):
                if all(_is_key(row, part, one) for part, one in change.key.items()):
                    return row
            return None
        raise ChangeError(
            f"{self._key}: a row of {change.address} cannot be looked at by its "
            "primary key; add that field under `by`"
        )


def _is_key(row: Mapping[str, Any], name: str, value: Any) -> bool:
    return name not in row or as_text(row[name]) == as_text(value)


def _says(row: Mapping[str, Any], path: Path, value: Any) -> bool:
    said: Any = at(row, path)
    return bool(plain(said) == plain(value)) or (
        said is not None and value is not None and as_text(said) == as_text(value)
    )


def _nested(values: Mapping[Path, Any]) -> dict[str, Any]:
    """Return the body that sets these fields, objects within objects."""
    body: dict[str, Any] = {}
    for path, value in values.items():
        inner = body
        for step in path[:-1]:
            inner = inner.setdefault(step, {})
        inner[path[-1]] = plain(value)
    return body
