"""Mails the tasks that are due, and the reminders of those nobody answers."""

import logging
from collections.abc import Collection
from datetime import datetime
from smtplib import SMTPException

from django.db import transaction

from dsr.casework.errand_days import next_reminder
from dsr.casework.errands import end_errand, lock_errand, note_errand
from dsr.letters.drafting import new_message_id
from dsr.letters.errand_mail import errand_message
from dsr.models import Errand
from dsr.vocabulary import SYSTEM, ErrandState, Event

logger = logging.getLogger(__name__)


def send_errands(*, at: datetime) -> int:
    """Send every task and reminder that is due; return how many went out.

    What is done meanwhile is called off instead. A worker that dies between sending
    and recording sends again with the same Message-ID.
    """
    sent = 0
    for errand, now in Errand.objects.claim_each(at):
        if not errand.is_wanted:
            _call_off(errand.pk, at=now)
            continue
        _name_anew(errand)
        try:
            errand_message(errand, at=now).send()
        except (OSError, SMTPException, ValueError) as error:
            name = type(error).__name__
            logger.warning("errand %d was not mailed: %s", errand.pk, name)
            _not_mailed(errand.pk, error=name, at=now)
        else:
            _mailed(errand.pk, errand.nonce, at=now)
            sent += 1
    return sent


def _name_anew(errand: Errand) -> None:
    """Give a reminder an id of its own; tried again, it keeps that."""
    if errand.mails and errand.attempts == 1:
        errand.message_id = new_message_id()
        errand.save(update_fields=["message_id"])


@transaction.atomic
def _call_off(errand_id: int, *, at: datetime) -> None:
    errand = lock_errand(errand_id)
    if errand.state == ErrandState.ASKED and not errand.is_wanted:
        end_errand(errand, ErrandState.CALLED_OFF, at=at)


@transaction.atomic
def _mailed(errand_id: int, nonce: str, *, at: datetime) -> None:
    """Note that a mail went out, and wait for the day of the next."""
    errand = lock_errand(errand_id)
    if errand.nonce != nonce:  # a new link was asked for meanwhile; it goes out next
        return
    errand.mails += 1
    errand.mailed_at, errand.failed_at = at, None
    errand.wait(at=at)
    errand.next_attempt_at = next_reminder(errand, at=at)
    errand.save()
    note_errand(errand, Event.ERRAND_MAILED, by=SYSTEM, at=at)


@transaction.atomic
def _not_mailed(errand_id: int, *, error: str, at: datetime) -> None:
    errand = lock_errand(errand_id)
    if not errand.postpone(error, at=at):
        errand.failed_at = at
        note_errand(errand, Event.ERRAND_UNSENT, by=SYSTEM, at=at)
    errand.save()


@transaction.atomic
def errands_returned(message_ids: Collection[str], *, at: datetime) -> int:
    """Count as not delivered what a mail server gave up; return how many.

    An officer asks somebody else; no further reminder goes to that address.
    """
    returned = Errand.objects.asked().filter(message_id__in=message_ids)
    found = [lock_errand(pk) for pk in returned.values_list("pk", flat=True)]
    for errand in found:
        errand.failed_at = at
        errand.next_attempt_at = None
        errand.last_error = "the mail server of the address gave it up"
        errand.save()
        note_errand(errand, Event.ERRAND_UNSENT, by=SYSTEM, at=at)
    return len(found)
