"""After a change of the key: seals with it what lies plain or under an older key."""

import sys
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from dsr.sealed.storage import SealedStorage, renew

UNFINISHED = ("unfinished/", ".part")  # what a worker is writing now


class Command(BaseCommand):
    """Seal every stored file with FILES_KEY; the older keys may go afterwards."""

    help = "Seal every stored file with FILES_KEY, those of older keys too."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal them one by one; exit 2 if one could not be opened or written."""
        if not settings.FILES_KEYS or not isinstance(default_storage, SealedStorage):
            self.stderr.write("FILES_KEY is not set; openssl rand -hex 32 makes one")
            sys.exit(2)
        sealed = kept = failed = 0
        for name in _stored(default_storage, ""):
            try:
                done = renew(default_storage, name)
            except FileNotFoundError:
                continue  # deleted since it was listed
            except OSError as error:
                failed += 1
                self.stderr.write(f"{name}: {error.strerror or error}")
            else:
                sealed, kept = sealed + done, kept + (not done)
        self.stdout.write(f"{sealed} files sealed, {kept} were already.")
        if failed:
            sys.exit(2)  # each was named on its own line


def _stored(storage: SealedStorage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever stored
        return
    for name in [f"{folder}{file}" for file in files]:
        if not name.startswith(UNFINISHED[0]) and not name.endswith(UNFINISHED[1]):
            yield name
    for one in folders:
        if not one.endswith(UNFINISHED[1]):
            yield from _stored(storage, f"{folder}{one}/")
