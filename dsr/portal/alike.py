"""Keeps answers alike in time, so that a clock on the wall learns nothing.

A known reference costs a few database rows more than an unknown one; the answer
to both leaves no sooner than `FLOOR`. To show a form costs both the same, so that is
not held up: a sleeping thread serves nobody else.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest

FLOOR = 0.4  # seconds; several times what the longer way takes

P = ParamSpec("P")
R = TypeVar("R")


def no_sooner(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Let a view answer what is sent to it only when `FLOOR` seconds have passed."""

    @wraps(view)
    def wrapper(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        started = time.monotonic()
        try:
            return view(request, *args, **kwargs)
        finally:
            if request.method == "POST":
                time.sleep(max(0.0, FLOOR - (time.monotonic() - started)))

    return wrapper
