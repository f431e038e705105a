"""The daily deletion, watched: what must stay stays, and what goes leaves its proof."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.apps import apps
from django.core import mail
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField, Model

from dsr import casework
from dsr.models import Case, Deletion, Document, DocumentKind, LegalHold, Letter, Ticket
from exports.expiry import expire_packages
from exports.models import Package
from tests.dsr.steps import everything

# The rows that hang on a case or a ticket, each as text, by the root's key.
Rows = Mapping[int, set[str]]


def delete_what_is_over(at: datetime) -> None:
    """Run the daily jobs; where they do anything, look closely at what."""
    letters, before = _letters(), everything()
    with transaction.atomic():
        _run(at)
        if everything() == before:
            return
        transaction.set_rollback(True)
    with _what_is_held_or_open_stays(), _what_goes_is_proven():
        _run(at)
    gone = letters - _letters()
    mail.outbox = [one for one in mail.outbox if message_id(one) not in gone]
    casework.sweep_files(at=at)
    missing = [name for name in _named_files() if not default_storage.exists(name)]
    assert not missing, missing


def _run(at: datetime) -> None:
    casework.delete_expired(at=at)
    expire_packages(at=at)


@contextmanager
def _what_is_held_or_open_stays() -> Iterator[None]:
    """Expect every row as it was before, but proofs of identity.

    Of a ticket that is answered again, the first copy may go too.
    """
    held = set(LegalHold.objects.in_force().values_list("case", flat=True))
    still = set(Ticket.objects.open().values_list("pk", flat=True))
    before = _hanging_on(Case, held), _hanging_on(Ticket, still, but=Package)
    yield
    assert before == (_hanging_on(Case, held), _hanging_on(Ticket, still, but=Package))


@contextmanager
def _what_goes_is_proven() -> Iterator[None]:
    """Expect a proof for each case of which something went, and for no other."""
    cases = dict(Case.objects.values_list("pk", "reference"))
    proven = set(Deletion.objects.values_list("pk", flat=True))
    before = _hanging_on(Case, set(cases), proofs=True)
    yield
    after = _hanging_on(Case, set(cases), proofs=True)
    touched = {cases[pk] for pk, rows in before.items() if after.get(pk) != rows}
    new = Deletion.objects.exclude(pk__in=proven).exclude(reference="")
    assert set(new.values_list("reference", flat=True)) == touched


def _hanging_on(
    root: type[Model],
    keys: set[int],
    but: type[Model] | None = None,
    *,
    proofs: bool = False,
) -> Rows:
    """Return these rows and all that refer to them, however far off."""
    found: dict[int, set[str]] = defaultdict(set)
    level = [(root, {key: key for key in keys})]
    while level:
        model, owners = level.pop()
        rows = model._base_manager.filter(pk__in=owners)
        if model is Document and not proofs:
            rows = rows.exclude(kind=DocumentKind.PROOF)
        for row in rows.values():
            key = model._meta.pk.attname
            found[owners[row[key]]].add(f"{model.__name__} {row}")
        level += [one for one in _below(model, owners) if one[0] is not but]
    return found


def _below(
    model: type[Model], owners: dict[int, int]
) -> Iterator[tuple[type[Model], dict[int, int]]]:
    """Yield the rows of each kind that refer to these, with whose they are."""
    for relation in model._meta.related_objects:
        kind, name = relation.related_model, relation.field.attname
        assert not isinstance(kind, str)
        rows = kind._base_manager.filter(**{f"{name}__in": owners})
        theirs = {pk: owners[one] for pk, one in rows.values_list("pk", name)}
        if theirs:
            yield kind, theirs


def rows_that_say(words: tuple[str, ...]) -> Iterator[str]:
    """Yield what still says one of these words in a case that is forgotten.

    A message that came since has its own time.
    """
    forgotten = Case.objects.filter(forgotten_at__isnull=False)
    for rows in _hanging_on(Case, set(forgotten.values_list("pk", flat=True))).values():
        for row in rows:
            if any(word in row for word in words) and not row.startswith("Message "):
                yield row


def message_id(mailed: object) -> str:
    """Return which letter this mail was."""
    headers = getattr(mailed, "extra_headers", {})
    return str(headers["Message-ID"])


def _letters() -> set[str]:
    return set(Letter.objects.values_list("message_id", flat=True))


def _named_files() -> Iterator[str]:
    """Yield the name of each file that a row says is there."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileField) and model is not Package:
                rows = model._base_manager.exclude(**{field.name: ""})
                yield from rows.values_list(field.name, flat=True)
