"""What of the findings may be somebody else's, as suggestions beside the records."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr.models import SearchTask
from subjects.models import Identifier
from subjects.models.keyed import normal
from subjects.others.documents import is_document
from subjects.others.hints import Hint, HintKind, Own, hints_in
from subjects.others.passages import texts_of
from subjects.others.pdfs import UnreadableError
from subjects.systems.categories import falls_under
from subjects.systems.register import load_systems
from subjects.systems.shape import Address, Collection, Field

NAMES = "user.name"
SHORT_KEY = 4  # signs: what is shorter names nobody
MOST_KEYS = 500  # asked for at once
LABELS: dict[str, Promise] = {
    HintKind.EMAIL: _("another e-mail address"),
    HintKind.PHONE: _("another telephone number"),
    HintKind.IBAN: _("another bank account"),
    HintKind.NATIONAL: _("another national number"),
    HintKind.NAME: _("perhaps another person"),
    HintKind.KNOWN: _("shared with another person"),
    HintKind.DESCRIBED: _("described as telling of others"),
}

Found = Mapping[str, Any]
Hints = dict[str, list[Hint]]  # by field


class Hinter:
    """Looks through the records of one collection for what may be somebody else's."""

    def __init__(self, search: SearchTask, address: str) -> None:
        self._subject = search.ticket.case.subject
        keys = list(self._subject.identifiers.all())
        self._own = Own(self._subject.name, (one.value for one in keys))
        self._by_kind: dict[str, set[str]] = {}
        for one in keys:
            self._by_kind.setdefault(one.kind, set()).add(one.normalized)
        self._collection, self._identities = _described(address)
        self._fields = {
            field.name: field
            for field in (self._collection.fields if self._collection else ())
        }

    def look(self, records: Sequence[Found], *, opened: bool = False) -> list[Hints]:
        """Return what each record may tell of others, by field.

        Documents are read only where they are `opened`: it takes its time.
        """
        known = self._known(records)
        return [self._hints(found["record"], known, opened=opened) for found in records]

    def _hints(
        self, record: Mapping[str, Any], known: frozenset[str], *, opened: bool
    ) -> Hints:
        hints = {
            name: list(dict.fromkeys(self._of_field(name, value, known, opened=opened)))
            for name, value in record.items()
            if value not in (None, "")
        }
        return {name: found for name, found in hints.items() if found}

    def _of_field(
        self, name: str, value: Any, known: frozenset[str], *, opened: bool
    ) -> Iterator[Hint]:
        field = self._fields.get(name)
        if field is not None and self._tells_of_others(field):
            yield Hint(HintKind.DESCRIBED, "")
        for text in _readable(value, opened=opened):
            if self._is_anothers(name, text) or known.intersection(_forms(text)):
                yield Hint(HintKind.KNOWN, text)
            elif self._names_another(field, text):
                yield Hint(HintKind.NAME, text)
            else:
                yield from hints_in(text, self._own)

    def _tells_of_others(self, field: Field) -> bool:
        whole = self._collection is not None and self._collection.about.third_parties
        return field.about.third_parties or (whole and not field.primary_key)

    def _is_anothers(self, name: str, text: str) -> bool:
        """Say whether it is a key of a kind of which we know the person's own."""
        kind = self._identities.get(name, "")
        own = self._by_kind.get(kind)
        return own is not None and normal(kind, text) not in own

    def _names_another(self, field: Field | None, text: str) -> bool:
        if field is None:
            return False
        is_name = any(falls_under(one, NAMES) for one in field.categories)
        return is_name and bool(self._own.words) and not self._own.has_name(text)

    def _known(self, records: Sequence[Found]) -> frozenset[str]:
        """Return which values of these records are proven keys of other persons."""
        forms = {
            form
            for found in records
            for value in found["record"].values()
            for text in _readable(value)
            for form in _forms(text)
        }
        others = Identifier.objects.verified().exclude(subject=self._subject)
        listed, known = sorted(forms), set[str]()
        for start in range(0, len(listed), MOST_KEYS):
            some = listed[start : start + MOST_KEYS]
            found_keys = others.filter(normalized__in=some)
            known.update(found_keys.values_list("normalized", flat=True))
        own = {key for keys in self._by_kind.values() for key in keys}
        return frozenset(known - own)


def _forms(text: str) -> Iterator[str]:
    """Yield how a value would stand among the keys, where it could be one at all."""
    if SHORT_KEY <= len(text) <= 254 and len(text.split()) <= 6:  # noqa: PLR2004
        yield normal("email" if "@" in text else "", text)


def _readable(value: Any, *, opened: bool = False) -> Iterator[str]:
    """Yield the texts of a value; the words of a document only if it is opened."""
    if isinstance(value, str) and is_document(value) and not opened:
        return
    try:
        yield from texts_of(value)
    except UnreadableError:
        return


def _described(address: str) -> tuple[Collection | None, dict[str, str]]:
    """Return the collection's description, and which fields hold which keys.

    Nothing, where the list of systems cannot be used now.
    """
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
    except ValueError:
        return None, {}
    collections = {
        str(Address(dataset.key, one.name)): one
        for system in systems
        for dataset in system.datasets
        for one in dataset.collections
    }
    found = collections.get(address)
    if found is None:
        return None, {}
    keys = {field.name: _key_of(field, collections) for field in found.fields}
    return found, {name: kind for name, kind in keys.items() if kind}


def _key_of(field: Field, collections: Mapping[str, Collection]) -> str:
    """Return the kind of key that a field holds, itself or by what it refers to."""
    if field.identity:
        return field.identity
    for reference in field.references:
        there = collections.get(str(reference.address))
        referred = there.field_at(reference.path) if there else None
        if referred is not None and referred.identity:
            return referred.identity
    return ""
