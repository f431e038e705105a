"""Builds the packages that are owed, whatever happens to the worker meanwhile.

Nothing is pushed here: we look for decided tickets whose right owes a copy and that
have no package for that decision. Killed at any line and started again, this ends
in one row and one file.
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
from dsr.rights import RIGHTS
from dsr.vocabulary import SYSTEM, State
from exports.models import Package, PackageState
from exports.packages.described import Descriptions
from exports.packages.errors import NotOwedError, PackageError, TakenOverError
from exports.packages.writing import Written, write_package
from subjects.models.work import MOST_ATTEMPTS

OWING = tuple(code for code, right in RIGHTS.items() if right.owes_copy)
TIER = "T1"  # of the policy: how long a package is kept
RENEWALS = 4  # in the length of a lease


def build_packages(*, at: datetime) -> int:
    """Build every package that is owed, and return how many got ready."""
    order_packages(at=at)
    ready = 0
    while package := Package.objects.claim(at):
        ready += build(package, at=at)
    return ready


def order_packages(*, at: datetime) -> None:
    """Put a row in the queue for each decision whose copy nobody has begun."""
    owed = Ticket.objects.filter(state=State.EXECUTING, right_code__in=OWING)
    for ticket in owed.exclude(package__decided_at=F("decided_at")):
        if ticket.decided_at is not None:
            _order(ticket, ticket.decided_at, at=at)


@transaction.atomic
def _order(ticket: Ticket, decided_at: datetime, *, at: datetime) -> None:
    """Begin the package of a decision; a reopened ticket's row begins anew.

    The row keeps its file name, so that the new copy takes the old one's place.
    """
    package, created = Package.objects.select_for_update().get_or_create(
        ticket=ticket, defaults={"decided_at": decided_at}
    )
    if not created and package.decided_at == decided_at:
        return  # another worker was faster
    if not package.file.name:
        package.file.name = f"packages/{storage_name(package, '')}"
    package.state = PackageState.BUILDING
    package.decided_at, package.built_at = decided_at, None
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
    except PackageError as error:
        return _fail(package, str(error), lease)
    except OSError as error:
        return _fail(package, f"a file cannot be written: {error.strerror}", lease)


def _write(package: Package, lease: Lease) -> Written:
    ticket = Ticket.objects.select_related("case").get(pk=package.ticket_id)
    if ticket.state != State.EXECUTING:
        raise NotOwedError("the ticket is no longer being carried out")
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
        row.ticket_id, sha256=row.sha256, size=row.size, by=SYSTEM, at=lease.now
    )
    return True


def _fail(package: Package, sentence: str, lease: Lease, *, again: bool = True) -> bool:
    """Note why there is no package; try again later, or give up in the open."""
    with transaction.atomic():
        row = _mine(package)
        path = Path(row.file.path)
        if path.exists():
            path.unlink()
        row.state = PackageState.FAILED
        if not again:
            row.finish()
        elif not row.postpone(sentence, at=lease.now):
            casework.package_failed(
                row.ticket_id, reason=sentence, by=SYSTEM, at=lease.now
            )
        row.last_error = sentence
        row.save()
    return False


def _mine(package: Package) -> Package:
    """Return the row, locked, as long as no other worker has claimed it since."""
    row = Package.objects.select_for_update().get(pk=package.pk)
    if (row.attempts, row.decided_at) != (package.attempts, package.decided_at):
        raise TakenOverError
    return row
