"""Finds the person an arrival is from, or makes them known."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

from subjects.models.identity import Identifier, Subject
from subjects.models.keyed import normal

FULL = 2  # words of a name that tell one of a household from another


def find_or_create(
    *,
    name: str,
    language: str,
    email: str,
    identifiers: Mapping[str, str],
    postal_address: str = "",
    believed: bool = True,
    at: datetime,
) -> Subject:
    """Return the person who proved this e-mail address, or a new one.

    `identifiers` are by what else they say they can be found, by kind.

    Only a verified address joins a new case to a known person; two people who
    typed the same address by mistake stay two people, and so do two of one
    household who share a mailbox: each has a name of their own. An address that is
    not `believed`, because somebody may have forged it, joins nobody.
    """
    if email and believed:
        proven = Identifier.objects.matching("email", email).verified()
        for known in proven.select_related("subject").order_by("pk"):
            if _may_be_one(known.subject.name, name):
                add_identifiers(known.subject, identifiers)
                return known.subject
    subject = Subject.objects.create(
        name=name, language=language, postal_address=postal_address, created_at=at
    )
    found = _identifiers(subject, [("email", email), *identifiers.items()])
    subject.known_by = Identifier.objects.bulk_create(found)
    return subject


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names are one person's: the same words, or one is not known."""
    words, others = _words(name), _words(other)
    return words == others or not words or not others


def are_others(name: str, other: str) -> bool:
    """Whether two full names are surely two people's: not even their initials fit.

    "J. Peeters" may be Jeanne Peeters; Marc Peeters is not.
    """
    words, others = _words(name), _words(other)
    first, second = {word[0] for word in words}, {word[0] for word in others}
    full = min(len(words), len(others)) >= FULL
    return full and not (first <= second or second <= first)


def _words(name: str) -> set[str]:
    """Split a name into words without accents, in one case, in no order."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(
        c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)
    )
    return set(plain.split())


def add_identifiers(subject: Subject, identifiers: Mapping[str, str]) -> None:
    """Note by what the person says they can be found; nothing is verified by it.

    What is known of them already stays as it is.
    """
    found = _identifiers(subject, identifiers.items())
    Identifier.objects.bulk_create(found, ignore_conflicts=True)


def _identifiers(subject: Subject, said: Iterable[tuple[str, str]]) -> list[Identifier]:
    """Return a row for each different identifier, of pairs of kind and value."""
    found: dict[tuple[str, str], Identifier] = {}
    for kind, value in said:
        same = normal(kind, value)
        if value.strip():
            row = Identifier(
                subject=subject, kind=kind, value=value.strip(), normalized=same
            )
            found.setdefault((kind, same), row)
    return list(found.values())
