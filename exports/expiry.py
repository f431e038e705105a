"""Deletes packages whose time is over, and reminds before; the digests stay."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction

from dsr import casework
from dsr.controller import current
from dsr.vocabulary import SYSTEM
from exports.models import Package, PackageState

REMINDED_BEFORE = timedelta(days=7)


def expire_packages(*, at: datetime) -> int:
    """Delete every package kept long enough, and return how many."""
    expired = 0
    for package in Package.objects.ready().select_related("ticket"):
        if package.expires_at is not None and package.expires_at <= at:
            _expire(package, at=at)
            expired += 1
    return expired


def remind_of_packages(*, at: datetime) -> int:
    """Remind of every package that nobody fetched and that goes soon; count them."""
    reminded = 0
    zone = ZoneInfo(current().identity.time_zone)
    for package in Package.objects.ready().filter(fetches=0).select_related("ticket"):
        last = package.expires_at
        if last is not None and at < last <= at + REMINDED_BEFORE:
            until = last.astimezone(zone).date()
            ticket_id = package.ticket_id
            casework.package_expires_soon(ticket_id, until=until, by=SYSTEM, at=at)
            reminded += 1
    return reminded


def _expire(package: Package, *, at: datetime) -> None:
    # The file goes first: killed in between, the row is still due and nothing stays.
    Path(package.file.path).unlink(missing_ok=True)
    with transaction.atomic():
        row = Package.objects.select_for_update().get(pk=package.pk)
        if row.state == PackageState.READY:
            row.state = PackageState.EXPIRED
            row.save(update_fields=["state"])
            casework.package_expired(row.ticket_id, by=SYSTEM, at=at)
