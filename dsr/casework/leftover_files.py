"""Files that no row names: left by a process that was killed, swept after a day.

A file is written before its row is committed, and deleted after; whoever dies in
between leaves one that nobody would ever delete. GDPR Art. 5(1)(e).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField

from dsr.casework.forgetting import prove

NOT_YET = timedelta(days=1)  # its row may still be on the way


def sweep_files(*, at: datetime) -> int:
    """Delete the files that no row names and that are old enough; count them."""
    stored = {name for name in _stored("") if _is_old(name, at)}
    left = stored - _named()
    for name in left:
        default_storage.delete(name)
    if left:
        prove("", "file", len(left), at=at)
    return len(left)


def _stored(folder: str) -> Iterator[str]:
    """Yield the name of every file of a folder and those in it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    yield from (f"{folder}{file}" for file in files)
    for one in folders:
        yield from _stored(f"{folder}{one}/")


def _is_old(name: str, at: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) <= at - NOT_YET
    except FileNotFoundError:  # deleted since it was listed
        return False


def _named() -> set[str]:
    """Return what the rows of every model name, so that no kind is forgotten."""
    fields = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField)
    ]
    return {
        name
        for model, field in fields
        for name in model._base_manager.values_list(field, flat=True)
    }
