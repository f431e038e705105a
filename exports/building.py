"""Builds the packages that are owed, whatever happens to the worker meanwhile.

Nothing is pushed here: we look for tickets with a proposal that wants a copy and
that have no package for it. Killed at any line and started again, this ends in one
row and one file.
"""

from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import F

from dsr import casework
from dsr.controller import current
from dsr.models import Ticket
from dsr.models.case import storage_name
from dsr.policy import PolicyError
from dsr.vocabulary import SYSTEM, State
from exports.expiry import drop_packages
from exports.models import Package, PackageState
from exports.packages.described import Descriptions
from exports.packages.errors import (
    NotOwedError,
    PackageError,
    TakenOverError,
    WrongPersonError,
)
from exports.packages.writing import Written, clear, write_package
from subjects.models.work import MOST_ATTEMPTS

TIER = "T1"  # of the policy: how long a package is kept
RENEWALS = 4  # in the length of a lease


def build_packages(*, at: datetime) -> int:
    """Build every package that is owed, and return how many got ready."""
    drop_packages(at=at)
    order_packages(at=at)
    ready = 0
    while package := Package.objects.claim(at):
        ready += build(package, at=at)
    return ready


def order_packages(*, at: datetime) -> None:
    """Put a row in the queue for each proposal whose copy nobody has begun."""
    owed = Ticket.objects.filter(state__in=State.COPYING)
    for ticket in owed.exclude(package__proposed_at=F("proposed_at")):
        if ticket.proposed_at is not None:
            _order(ticket, ticket.proposed_at, at=at)


@transaction.atomic
def _order(ticket: Ticket, proposed_at: datetime, *, at: datetime) -> None:
    """Begin the package of a proposal; with a new proposal the row begins anew.

    The row keeps its file name, so that the new copy takes the old one's place.
    """
    package, created = Package.objects.select_for_update().get_or_create(
        ticket=ticket, defaults={"proposed_at": proposed_at}
    )
    if not created and package.proposed_at == proposed_at:
        return  # another worker was faster
    if package.state == PackageState.READY:
        return  # the old one is to be thrown away first
    if not package.file.name:
        package.file.name = f"packages/{storage_name(package, '')}"
    package.state = PackageState.BUILDING
    package.proposed_at, package.built_at = proposed_at, None
    package.kept_days = current().tiers[TIER].days
    package.wait(at=at)
    package.save()


class Lease:
    """The worker's hold on a row, renewed while it works."""

    def __init__(self, package: Package, *, at: datetime) -> None:
        self._package = package
        self._at = at
        self._length = timedelta(seconds=settings.WORK_LEASE)
        self._began = self._renewed = monotonic()

    @property
    def now(self) -> datetime:
        """The door's instant, moved on by the time that has passed since."""
        return self._at + timedelta(seconds=monotonic() - self._began)

    def beat(self) -> None:
        """Keep the row, or raise TakenOverError where another worker has it."""
        if monotonic() - self._renewed < self._length.total_seconds() / RENEWALS:
            return
        self._renewed = monotonic()
        mine = Package.objects.filter(
            pk=self._package.pk, attempts=self._package.attempts
        )
        if not mine.update(next_attempt_at=self.now + self._length):
            raise TakenOverError


def build(package: Package, *, at: datetime) -> bool:
    """Build a claimed package; return whether it is ready."""
    lease = Lease(package, at=at)
    try:
        return _try(package, lease)
    except TakenOverError:
        return False


def _try(package: Package, lease: Lease) -> bool:
    if package.attempts > MOST_ATTEMPTS:
        return _fail(package, "it was begun too often and never finished", lease)
    try:
        return _finish(package, _write(package, lease), lease)
    except (NotOwedError, PolicyError) as error:
        return _fail(package, str(error), lease, again=False)
    except WrongPersonError as error:
        return _fail(package, str(error), lease, again=False, tell=True)
    except PackageError as error:
        return _fail(package, str(error), lease)
    except OSError as error:
        return _fail(package, f"a file cannot be written: {error.strerror}", lease)


def _write(package: Package, lease: Lease) -> Written:
    ticket = Ticket.objects.select_related("case").get(pk=package.ticket_id)
    if not casework.awaits_copy(ticket, package.proposed_at):
        raise NotOwedError("nobody waits for this copy any more")
    return write_package(
        ticket,
        current(),
        Descriptions(Path(settings.SYSTEMS_FILE)),
        Path(package.file.path),
        attempt=package.attempts,
        beat=lease.beat,
    )


@transaction.atomic
def _finish(package: Package, written: Written, lease: Lease) -> bool:
    """Make the row ready and tell the desk, both or neither."""
    row = _mine(package)
    row.state, row.built_at = PackageState.READY, lease.now
    row.size, row.sha256 = written.size, written.sha256
    row.manifest, row.fetches = written.manifest, 0
    row.finish()
    row.save()
    casework.package_built(
        row.ticket_id,
        proposed_at=row.proposed_at,
        sha256=row.sha256,
        size=row.size,
        by=SYSTEM,
        at=lease.now,
    )
    return True


def _fail(
    package: Package,
    sentence: str,
    lease: Lease,
    *,
    again: bool = True,
    tell: bool = False,
) -> bool:
    """Note why there is no package; try again later, or give up in the open."""
    with transaction.atomic():
        row = _mine(package)
        path = Path(row.file.path)
        if path.exists():
            path.unlink()
        clear(path)
        row.state = PackageState.FAILED
        if not again:
            row.finish()
        else:
            tell = not row.postpone(sentence, at=lease.now)
        if tell:
            casework.package_failed(
                row.ticket_id, reason=sentence, by=SYSTEM, at=lease.now
            )
        row.last_error = sentence
        row.save()
    return False


def _mine(package: Package) -> Package:
    """Return the row, locked, as long as no other worker has claimed it since."""
    row = Package.objects.select_for_update().get(pk=package.pk)
    if (row.attempts, row.proposed_at) != (package.attempts, package.proposed_at):
        raise TakenOverError
    return row
