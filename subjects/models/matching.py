"""Finds the person an arrival is from, or makes them known."""

from collections.abc import Mapping
from datetime import datetime

from subjects.models.identity import Identifier, Subject, normal


def find_or_create(
    *, name: str, language: str, email: str, postal_address: str = "", at: datetime
) -> Subject:
    """Return the person who proved this e-mail address, or a new one.

    Only a verified address joins a new case to a known person; two people who
    typed the same address by mistake stay two people.
    """
    if email:
        known = Identifier.objects.matching("email", email).verified().first()
        if known is not None:
            return known.subject
    subject = Subject.objects.create(
        name=name, language=language, postal_address=postal_address, created_at=at
    )
    if email:
        add_identifiers(subject, {"email": email})
    return subject


def add_identifiers(subject: Subject, identifiers: Mapping[str, str]) -> None:
    """Note what the person says they can be found by; nothing is verified by it."""
    for kind, value in identifiers.items():
        if value.strip():
            Identifier.objects.get_or_create(
                subject=subject,
                kind=kind,
                normalized=normal(kind, value),
                defaults={"value": value.strip()},
            )
