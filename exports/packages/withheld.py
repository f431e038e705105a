"""What is kept out of a copy, as the person is told of it: in kind, and why.

What the law forbids even to mention is not here: neither a line nor a count.
"""

from collections import Counter
from dataclasses import dataclass

from dsr.models import Ticket, Withholding
from dsr.rights import right_of
from dsr.rights.grounds import SILENT
from exports.packages.described import Descriptions, field_title, system_title
from exports.packages.errors import PackageError


@dataclass(frozen=True, slots=True)
class Withheld:
    """A kind of data that is kept back, and why; never what it says."""

    system: str
    collection: str
    field: str  # empty: whole records
    count: int
    ground: str
    source: str


def withheld_from(ticket: Ticket, descriptions: Descriptions) -> tuple[Withheld, ...]:
    """Return what is kept back from a ticket's copy, in the case's language.

    Raises:
        PackageError: an item has no ground of the right, or is not described.

    """
    spoken = Withholding.objects.filter(search__ticket=ticket).exclude(ground=SILENT)
    kinds = ("search__system", "collection", "field", "ground", "law")
    counts = Counter(spoken.values_list(*kinds))
    return tuple(
        _in_words(ticket, kind, count, descriptions)
        for kind, count in sorted(counts.items())
    )


def _in_words(
    ticket: Ticket, kind: tuple[str, ...], count: int, descriptions: Descriptions
) -> Withheld:
    system, address, field, code, law = kind
    language = ticket.case.language
    described = descriptions.collection(address)
    try:
        ground = right_of(ticket).ground(code)
    except ValueError as error:
        raise PackageError(f"an item is withheld without a ground: {error}") from error
    described_field = described.collection.field_at(tuple(field.split(".")))
    return Withheld(
        system=system_title(descriptions.system(system), language),
        collection=described.title(language),
        field=field and field_title(described_field, field, language),
        count=count,
        ground=str(ground.label),
        source=law or ground.source.to(language),
    )
