"""Keeps answers alike in time, so that a clock on the wall learns nothing.

A known reference costs a few database rows more than an unknown one; the answer
to both leaves no sooner than `FLOOR`.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

FLOOR = 0.4  # seconds; several times what the longer way takes

P = ParamSpec("P")
R = TypeVar("R")


def no_sooner(view: Callable[P, R]) -> Callable[P, R]:
    """Let a view answer only when `FLOOR` seconds have passed."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        started = time.monotonic()
        try:
            return view(*args, **kwargs)
        finally:
            time.sleep(max(0.0, FLOOR - (time.monotonic() - started)))

    return wrapper
