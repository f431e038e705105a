"""The tripwire in the systems: their logs of advertising are compared once a day.

Which collections are such logs, their descriptions say (`sending_log`). What cannot
be read is tried again, and shown at the desk.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dsr.casework.tripwire import compare_sendings, objected_since
from dsr.models import SendingLog
from dsr.policy.checks import local_day
from subjects.sending_rows import Sent, instant
from subjects.systems.base import ReadError, System
from subjects.systems.register import load_systems
from subjects.systems.sending_log import Dated, Log, logs_of

EACH = timedelta(days=1)
LATE = timedelta(days=7)  # a row may be written as long after it was sent


def compare_logs(*, at: datetime) -> int:
    """Compare the logs that are due; return how many were read."""
    try:
        systems = load_systems(settings.SYSTEMS_FILE)
    except ValueError:  # the searches say so at the desk
        return 0
    logs = {str(log.address): log for log in logs_of(systems)}
    SendingLog.objects.exclude(address__in=logs).delete()
    for address in logs:
        SendingLog.objects.get_or_create(
            address=address, defaults={"next_attempt_at": at}
        )
    count = 0
    for row, now in SendingLog.objects.claim_each(at):
        count += _compare(row, logs[row.address], at=now)
    _close(systems)
    return count


def _compare(row: SendingLog, log: Log, *, at: datetime) -> bool:
    """Compare one log from where something may be new; say whether it was read."""
    try:
        compare_sendings(_messages(log, _first_day(row)), source=row.address, at=at)
    except ReadError as error:
        if not row.postpone(str(error), at=at):
            row.next_attempt_at = at + EACH
        row.save()
        return False
    row.checked_at = at
    row.wait(at=at + EACH)
    row.save()
    return True


def _first_day(row: SendingLog) -> date:
    """Return the first day to read: a new objection may be older than the last look."""
    if row.checked_at is None:
        return local_day(objected_since(None) or timezone.now())
    new = objected_since(row.checked_at - LATE)
    return local_day(min(row.checked_at - LATE, new or row.checked_at))


def _messages(log: Log, day: date) -> Iterator[Sent]:
    """Yield what was sent, or raise ReadError where a row cannot be understood."""
    system, said = log.system, log.described
    if not isinstance(system, Dated):
        raise ReadError(
            _("%(log)s cannot be read by day; import it with check_sendings.")
            % {"log": log.address}
        )
    names = (said.address, said.sent_at)
    zone = timezone.get_default_timezone()
    for row in system.rows_since(log.address, names, said.sent_at, day):
        sent_at = instant(row[said.sent_at], zone)
        if sent_at is None:
            raise ReadError(
                _("%(log)s: a value of %(field)s is no instant; correct it there.")
                % {"log": log.address, "field": said.sent_at}
            )
        if row[said.address]:
            yield Sent(said.kind, str(row[said.address]), sent_at)


def _close(systems: Sequence[System]) -> None:
    for system in systems:
        system.close()
