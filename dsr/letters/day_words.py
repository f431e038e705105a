"""A legal day as a letter writes it out, with the steps by which it was found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step of a derivation, with its place in the law."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day for one right; no day while the time limit stands still."""

    name: str
    day: str
    steps: tuple[StepWords, ...]
    by: str = ""  # the day as it stands after a preposition
