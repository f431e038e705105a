"""Months counted as the law counts them: by day number, not by thirty days."""

from calendar import monthrange
from datetime import date


def add_months(day: date, n: int) -> date:
    """Return the day with the same number `n` months later.

    Where that month has no such day, its last day is returned; a last day of a
    month is otherwise no special day (28 February leads to 28 March).

    Source: Regulation 1182/71 Art. 3(2)(c); CJEU C-171/03 Toeters, paras 33 and 36.
    """
    years, month0 = divmod(day.month - 1 + n, 12)
    year, month = day.year + years, month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
