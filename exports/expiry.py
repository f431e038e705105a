"""Deletes packages that are too old, or that nobody is to have; reminds before.

Their list of contents and digest stay.
"""

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
    """Delete every package kept long enough, and return how many.

    Of a case that is held it stays as proof of what was given; nobody may fetch it.
    """
    expired = 0
    for package in Package.objects.ready().not_held().select_related("ticket"):
        if package.expires_at is not None and package.expires_at <= at:
            _expire(package, at=at)
            expired += 1
    return expired


def drop_packages(*, at: datetime) -> int:
    """Delete what was made for a proposal that was returned, or a ticket that ended."""
    dropped = 0
    for package in Package.objects.stale():
        dropped += _drop(package.pk, at=at)
    return dropped


@transaction.atomic
def _drop(number: int, *, at: datetime) -> bool:
    """Delete one, unless a new copy has taken its place since.

    The row is locked first: a new proposal's copy has the same name.
    """
    rows = Package.objects.select_for_update(of=("self",)).stale()
    row = rows.filter(pk=number).first()
    if row is None:
        return False
    Path(row.file.path).unlink(missing_ok=True)
    row.state = PackageState.EXPIRED
    row.save(update_fields=["state"])
    casework.package_dropped(row.ticket_id, sha256=row.sha256, by=SYSTEM, at=at)
    return True


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
