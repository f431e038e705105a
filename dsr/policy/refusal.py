"""How the desk says no: a sentence that names the thing, its state, and what helps."""

from django.utils.functional import Promise


class PolicyError(Exception):
    """An act that may not be done now, or not by this person; `str()` is the reason."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
