"""What is kept out of a copy, as the person is told of it: in kind, and why.

What the law forbids even to mention is not here: neither a line nor a count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dsr.models import Ticket, Withholding
from dsr.models.search import EVERY_ROW
from dsr.policy.releasing import Kind, tally
from dsr.rights import right_of
from dsr.rights.grounds import SILENT
from exports.packages.described import Descriptions, field_title, system_title
from exports.packages.errors import PackageError
from subjects.systems.portable import Portable


@dataclass(frozen=True, slots=True)
class Withheld:
    """A kind of data that is kept back, and why; never what it says."""

    system: str
    collection: str
    field: str  # empty: whole records
    in_part: bool  # only words in it are blacked out
    count: int
    ground: str
    source: str


def withheld_from(ticket: Ticket, descriptions: Descriptions) -> tuple[Withheld, ...]:
    """Return what is kept back from a ticket's copy, in the case's language.

    Raises:
        PackageError: an item has no ground of the right, or is not described.

    """
    counts: Counter[tuple[str, Kind]] = Counter()
    for search in ticket.searches.filter(withheld__isnull=False).distinct():
        for kind, count in tally(search).items():
            counts[search.system, kind] += count
    return tuple(
        _in_words(ticket, system, kind, count, descriptions)
        for (system, kind), count in sorted(counts.items())
    )


def silent_fields(
    ticket: Ticket, collections: Iterable[Portable]
) -> frozenset[tuple[str, str]]:
    """Return the fields that are not even to be named as left behind."""
    silent = set(
        Withholding.objects.filter(
            search__ticket=ticket, ground=SILENT, row=EVERY_ROW, where_text=""
        ).values_list("collection", "field")
    )
    return frozenset(
        (one.collection, one.field)
        for portable in collections
        for one in portable.exclusions
        for parts in [one.field.split(".")]
        if any(
            (one.collection, ".".join(parts[:depth])) in silent
            for depth in range(len(parts) + 1)
        )
    )


def _in_words(
    ticket: Ticket, system: str, kind: Kind, count: int, descriptions: Descriptions
) -> Withheld:
    address, field, in_part, code, law = kind
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
        in_part=in_part,
        count=count,
        ground=str(ground.label),
        source=law or ground.source.to(language),
    )
