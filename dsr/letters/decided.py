"""What a person is told under Art. 15, and what was decided on it; plain values."""

from dataclasses import dataclass

from dsr.vocabulary import InfoItem


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on an item of Art. 15 besides what the policy says.

    Where it is left out, `says` stands instead of it; else it stands after it.
    """

    says: str = ""
    left_out: bool = False
    question: str = ""  # the person's own


def nothing_decided() -> dict[str, Decided]:
    """Return the list on which nothing departs from the policy."""
    return {item.value: Decided() for item in InfoItem}


@dataclass(frozen=True, slots=True)
class PurposeWords:
    """A purpose with its legal basis."""

    title: str
    basis: str
    because: str


@dataclass(frozen=True, slots=True)
class Titled:
    """Something with a title, and what is said of it."""

    title: str
    says: str


@dataclass(frozen=True, slots=True)
class Information:
    """The information of Art. 15(1)(a)-(h) and 15(2)."""

    purposes: tuple[PurposeWords, ...]
    categories: tuple[Titled, ...]  # each with how long it is kept
    recipients: tuple[Titled, ...]  # each with the names
    sources: tuple[str, ...]
    transfers: str
    safeguards: tuple[str, ...]
    automated: tuple[str, ...]  # existence, logic, consequences
