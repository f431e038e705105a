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
        self._collection = _described(address)
        self._fields = {
            field.name: field
            for field in (self._collection.fields if self._collection else ())
        }

    def look(self, records: Sequence[Found]) -> list[Hints]:
        """Return what each record may tell of others, by field."""
        known = self._known(records)
        return [self._hints(found["record"], known) for found in records]

    def _hints(self, record: Mapping[str, Any], known: frozenset[str]) -> Hints:
        hints = {
            name: list(dict.fromkeys(self._of_field(name, value, known)))
            for name, value in record.items()
            if value not in (None, "")
        }
        return {name: found for name, found in hints.items() if found}

    def _of_field(self, name: str, value: Any, known: frozenset[str]) -> Iterator[Hint]:
        field = self._fields.get(name)
        if field is not None and self._tells_of_others(field):
            yield Hint(HintKind.DESCRIBED, "")
        for text in _readable(value):
            if self._is_anothers(field, text) or known.intersection(_forms(text)):
                yield Hint(HintKind.KNOWN, text)
            elif self._names_another(field, text):
                yield Hint(HintKind.NAME, text)
            else:
                yield from hints_in(text, self._own)

    def _tells_of_others(self, field: Field) -> bool:
        whole = self._collection is not None and self._collection.about.third_parties
        return field.about.third_parties or (whole and not field.primary_key)

    def _is_anothers(self, field: Field | None, text: str) -> bool:
        """Say whether it is a key of a kind of which we know the person's own."""
        if field is None:
            return False
        own = self._by_kind.get(field.identity)
        return own is not None and normal(field.identity, text) not in own

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


def _readable(value: Any) -> Iterator[str]:
    """Yield the texts of a value; documents are looked at when they are opened."""
    if isinstance(value, str) and is_document(value):
        return
    try:
        yield from texts_of(value)
    except UnreadableError:
        return


def _described(address: str) -> Collection | None:
    """Return the collection's description; None where the list cannot be used now."""
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
    except ValueError:
        return None
    for system in systems:
        for dataset in system.datasets:
            for one in dataset.collections:
                if str(Address(dataset.key, one.name)) == address:
                    return one
    return None
