"""Questions that are asked of every mail: the statement of each is built once.

Django builds a statement anew each time, which takes ten times as long as asking it.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# The statement, and its parameters: a number stands for the word of that place.
Statement = tuple[str, list[Any]]


class KeptQuestion:
    """A question, asked with other words each time.

    `question` returns the texts or whole numbers it asks for, as `values_list` does. It
    is called once for a kind of database, with marks in the place of the words; so it
    may compare them, but not look at them.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        """Take the question; it is built when it is first asked."""
        self._question = question
        self._statements: dict[str, Statement] = {}

    def ask(self, *words: str) -> list[tuple[Any, ...]]:
        """Return the rows, of the database that is configured."""
        if connection.vendor not in self._statements:
            self._statements[connection.vendor] = self._build(len(words))
        sql, places = self._statements[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [words[p] if type(p) is int else p for p in places])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows

    def _build(self, count: int) -> Statement:
        marks = {f"word {place}": place for place in range(count)}
        sql, params = self._question(*marks).query.sql_with_params()
        return sql, [marks.get(one, one) for one in params]


class Whether(KeptQuestion):
    """Whether there is a row, of those that `question` returns for some words."""

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        """Take the question for the rows."""
        super().__init__(lambda *words: question(*words).order_by().values("pk")[:1])

    def __call__(self, *words: str) -> bool:
        """Ask it."""
        return bool(self.ask(*words))
