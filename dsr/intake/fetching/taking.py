"""Takes in what lies in a mailbox: each message once, whenever we are cut off.

The order keeps it whole. First the bytes are read; then the mail becomes a case, part
of one, or waits (`receive`, one transaction, once for the same bytes); then its
delivery is noted; only then is the message marked where it lies. Cut off after any of
these steps, the next run finds the step that is missing and does it.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from dsr.intake.fetching.account import Account, MailboxError
from dsr.intake.fetching.folder import Folder, Found
from dsr.intake.mailbox.ahead import Begun, one_ahead
from dsr.intake.mailbox.parsed import DEFAULT_LIMITS
from dsr.intake.mailbox.receive import Received, receive
from dsr.intake.mailbox.unread import keep_unread
from dsr.models import Delivery, Mailbox

logger = logging.getLogger(__name__)
MOST_TRIES = 3  # a message that ended the program so often is not read again
BEGINNING = 64_000  # bytes kept of a message that is too large to be taken in
Now = Callable[[], datetime]


class Taken(NamedTuple):
    """A message of a mailbox with what became of it; None: forgotten long ago."""

    url: str
    received: Received | None


def take_all(folder: Folder, account: Account, *, now: Now) -> Iterator[Taken]:
    """Take in what no run took in before; yield each message once it is safe.

    Raises:
        MailboxError: the mailbox cannot be read any further; go on later.
        DatabaseError, OSError: nothing can be stored now; go on later.

    """
    state = _state(folder, account)
    _mark_owed(folder, account)
    known = _known(folder, account, state.done_to)
    done_to = state.done_to
    waiting = folder.waiting(state.done_to)
    for found, begun in one_ahead(waiting, lambda one: _begin(folder, one, known)):
        if found.uid not in known:
            delivery = _delivery(folder, account, found)
            if delivery.taken_at is None:
                yield from _take(folder, account, delivery, found, begun, now=now)
        done_to = max(done_to, folder.last(found))
    # Numbers only grow: nothing new can come to lie below.
    ours = Mailbox.objects.filter(pk=state.pk, uid_validity=folder.validity)
    ours.filter(done_to__lt=done_to).update(done_to=done_to)


def _state(folder: Folder, account: Account) -> Mailbox:
    """Return how far the folder was read; with a new UIDVALIDITY not at all."""
    state, _created = Mailbox.objects.get_or_create(
        account=account.key, folder=account.folder
    )
    if state.uid_validity != folder.validity:
        state.uid_validity, state.done_to = folder.validity, 0
        state.save(update_fields=["uid_validity", "done_to"])
    return state


def _mark_owed(folder: Folder, account: Account) -> None:
    """Mark what was taken in by a run that was cut off before it could."""
    owed = list(
        Delivery.objects.filter(
            account=account.key,
            folder=account.folder,
            uid_validity=folder.validity,
            mark_owed=True,
        )
    )
    for delivery in owed:
        _mark(folder, delivery)


def _mark(folder: Folder, delivery: Delivery) -> None:
    folder.mark([delivery.uid])
    delivery.mark_owed = False
    delivery.save(update_fields=["mark_owed"])


def _known(folder: Folder, account: Account, done_to: int) -> set[str]:
    """Return what was taken in, where no number says it: at first, or in a Maildir."""
    if done_to:
        return set()
    taken = Delivery.objects.filter(
        account=account.key,
        folder=account.folder,
        uid_validity=folder.validity,
        taken_at__isnull=False,
    )
    return set(taken.values_list("uid", flat=True))


def _delivery(folder: Folder, account: Account, found: Found) -> Delivery:
    delivery, _created = Delivery.objects.get_or_create(
        account=account.key,
        folder=account.folder,
        uid_validity=folder.validity,
        uid=found.uid,
    )
    return delivery


def _begin(folder: Folder, found: Found, known: set[str]) -> Begun | None:
    """Have a message looked at already; what goes wrong does so again in its turn."""
    if found.uid in known or _is_too_large(found):
        return None
    with suppress(MailboxError):
        raw = folder.read(found.uid, DEFAULT_LIMITS.message)
        return None if raw is None else Begun(raw, settings.PGP_KEY)
    return None


def _is_too_large(found: Found) -> bool:
    return found.size > DEFAULT_LIMITS.message


def _take(
    folder: Folder,
    account: Account,
    delivery: Delivery,
    found: Found,
    begun: Begun | None,
    *,
    now: Now,
) -> Iterator[Taken]:
    """Take in one message, mark it and yield it; one that is gone leaves no trace."""
    too_large = _is_too_large(found)
    most = BEGINNING if too_large else DEFAULT_LIMITS.message
    raw = begun.raw if begun else folder.read(found.uid, most)
    if raw is None:
        delivery.delete()
        return
    delivery.sha256 = hashlib.sha256(raw).hexdigest()
    received = None
    if not _is_forgotten(delivery):
        received = _receive(raw, account, delivery, found, begun, now=now)
        delivery.arrival = received.arrival
    # What is too large stays unread where it lies: only there it is whole.
    delivery.taken_at, delivery.mark_owed = now(), not too_large
    delivery.save()
    if delivery.mark_owed:
        _mark(folder, delivery)
    yield Taken(_url(account, delivery), received)


def _is_forgotten(delivery: Delivery) -> bool:
    """Whether these bytes were a mail once, which retention has deleted."""
    same = Delivery.objects.filter(sha256=delivery.sha256, taken_at__isnull=False)
    return same.filter(arrival=None).exists()


def _receive(
    raw: bytes,
    account: Account,
    delivery: Delivery,
    found: Found,
    begun: Begun | None,
    *,
    now: Now,
) -> Received:
    """Receive a mail; one that nobody can read waits in the tray as it came."""
    aside = ""
    if _is_too_large(found):
        aside = _(
            "It is too large (%(size)d MB): only its beginning is kept here, the "
            "whole mail lies unread in the mailbox."
        ) % {"size": found.size // 1_000_000}
    source = f"{account.key} {account.folder}"
    when, at = found.received_at, now()
    delivery.tries += 1
    delivery.save()
    if delivery.tries <= MOST_TRIES:
        try:
            return receive(
                raw, received_at=when, source=source, aside=aside, begun=begun, at=at
            )
        except (DatabaseError, OSError):
            _not_its_fault(delivery)
            raise
        except Exception as error:  # noqa: BLE001  # one mail must not stop the others
            name = type(error).__name__
            logger.warning("delivery %d cannot be read: %s", delivery.pk, name)
    reason = _("It could not be read by the program: an officer has to open it.")
    return keep_unread(raw, reason=reason, received_at=when, source=source, at=at)


def _not_its_fault(delivery: Delivery) -> None:
    """Count no try when it was the disk or the database that failed."""
    with suppress(DatabaseError):
        Delivery.objects.filter(pk=delivery.pk).update(tries=delivery.tries - 1)


def _url(account: Account, delivery: Delivery) -> str:
    """Return the address of one message: RFC 5092, section 8; or its file's name."""
    if account.scheme == "maildir":
        return f"{account.url}/{delivery.uid}"
    return f"{account.url};UIDVALIDITY={delivery.uid_validity}/;UID={delivery.uid}"
