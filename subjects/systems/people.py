"""A system that is people: an archive, a drawer, a department that looks by hand.

Nobody connects to it: its owner is asked by mail, and answers through a link.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from subjects.systems.base import Question, Row
from subjects.systems.listing import NUMBER, TEXT, Kind, Listing, Value
from subjects.systems.shape import LANGUAGES, About, Collection, Dataset, Field

PEOPLE: Final = "people"
RECORDS, DOCUMENTS = "records", "documents"
NAME = "name"  # what an owner may need beside the kinds of identifiers
ANSWER_DAYS = 10  # working days that an owner gets where the legal day leaves them
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TITLES: Mapping[str, Mapping[str, str]] = {
    RECORDS: {"fr": "Données", "nl": "Gegevens", "de": "Daten", "en": "Records"},
    DOCUMENTS: {
        "fr": "Documents",
        "nl": "Documenten",
        "de": "Unterlagen",
        "en": "Documents",
    },
}
OF_A_DOCUMENT: Mapping[str, Mapping[str, str]] = {
    "name": {"fr": "Nom", "nl": "Naam", "de": "Name", "en": "Name"},
    "content_type": {"fr": "Type", "nl": "Type", "de": "Art", "en": "Kind"},
    "size": {
        "fr": "Taille (octets)",
        "nl": "Grootte (bytes)",
        "de": "Größe (Bytes)",
        "en": "Size (bytes)",
    },
    "file": {
        "fr": "Fichier dans ce paquet",
        "nl": "Bestand in dit pakket",
        "de": "Datei in diesem Paket",
        "en": "File in this package",
    },
    "sha256": dict.fromkeys(LANGUAGES, "SHA-256"),
}


@dataclass(frozen=True, slots=True)
class PeopleSystem:
    """A place that only its owner can search or change; `owner` is a mail address.

    `needs` are the kinds of identifiers, and "name", by which they find somebody:
    they are shown nothing else; empty means whatever is proven. Beside what is
    described, it holds the records and documents that its owner hands in.
    """

    key: str
    name: Mapping[str, str]
    owner: str
    described: tuple[Dataset, ...] = ()
    language: str = ""
    needs: frozenset[str] = field(default_factory=frozenset)
    answer_days: int = ANSWER_DAYS
    kind: str = PEOPLE
    acts: frozenset[str] = frozenset()  # a machine carries out none of them
    values_at_once: int = 1

    @property
    def datasets(self) -> Sequence[Dataset]:
        """What is described of it, and a place for what is handed in."""
        return (*self.described, handed_in(self.key))

    def check(self) -> None:
        """There is nothing to connect to; the owner's address was read with it."""

    def find(self, question: Question) -> Iterator[Row]:
        """Yield nothing: a machine finds nothing here, its owner is asked."""
        yield from ()

    def close(self) -> None:
        """There is nothing to let go of."""


def handed_in(key: str) -> Dataset:
    """Return the description of what the owner of the system `key` hands in."""
    documents = tuple(
        Field(name, about=About(title=title)) for name, title in OF_A_DOCUMENT.items()
    )
    fields = {RECORDS: (), DOCUMENTS: documents}
    collections = tuple(
        Collection(name, fields=fields[name], about=About(title=title))
        for name, title in TITLES.items()
    )
    return Dataset(key, collections=collections)


def make(listing: Listing) -> PeopleSystem:
    """Return the system that is listed.

    Raises:
        RegisterError: the owner cannot be written to, or a key says what it may not.

    """
    if not ADDRESS.fullmatch(listing.owner):
        raise listing.error("owner is no mail address; the owner is asked by mail")
    language = str(listing.values.get("language", ""))
    if language and language not in LANGUAGES:
        raise listing.error(
            f"language is {language!r}; write one of {', '.join(LANGUAGES)}"
        )
    needs = listing.values.get("needs", [])
    if not all(isinstance(one, str) and one for one in needs):
        raise listing.error(
            'needs is no list of texts; write such as ["name", "customer_number"]'
        )
    if listing.acts:
        raise listing.error("acts is for machines; leave it out, its owner acts")
    return PeopleSystem(
        key=listing.key,
        name=listing.name,
        owner=listing.owner,
        described=listing.datasets,
        language=language,
        needs=frozenset(needs),
        answer_days=listing.values.get("answer_days", ANSWER_DAYS),
    )


PEOPLE_KIND = Kind(
    make,
    {
        "language": TEXT,
        "needs": Value((list,), "a list of kinds of identifiers"),
        "answer_days": NUMBER,
    },
    needs_dataset=False,
)
