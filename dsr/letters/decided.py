"""What was decided on each item of Art. 15, in words; plain values."""

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
