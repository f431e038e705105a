"""Deletes packages whose time is over; their list of contents and digest stay."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from dsr import casework
from dsr.vocabulary import SYSTEM
from exports.models import Package, PackageState


def expire_packages(*, at: datetime) -> int:
    """Delete every package kept long enough, and return how many."""
    expired = 0
    for package in Package.objects.ready().select_related("ticket"):
        if package.expires_at is not None and package.expires_at <= at:
            _expire(package, at=at)
            expired += 1
    return expired


def _expire(package: Package, *, at: datetime) -> None:
    # The file goes first: killed in between, the row is still due and nothing stays.
    Path(package.file.path).unlink(missing_ok=True)
    with transaction.atomic():
        row = Package.objects.select_for_update().get(pk=package.pk)
        if row.state == PackageState.READY:
            row.state = PackageState.EXPIRED
            row.save(update_fields=["state"])
            casework.package_expired(row.ticket_id, by=SYSTEM, at=at)
