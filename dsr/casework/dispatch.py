"""Sends the letters that are due, each claimed by one worker at a time."""

import logging
from datetime import datetime
from smtplib import SMTPException

from dsr.casework.correspondence import letter_not_sent, letter_sent
from dsr.letters import transport
from dsr.models import Letter
from dsr.vocabulary import SYSTEM

logger = logging.getLogger(__name__)


def send_letters(*, at: datetime) -> int:
    """Send every letter that is due; return how many went out.

    A worker that dies between sending and recording sends again with the same
    Message-ID, by which the repeat can be recognised.
    """
    sent = 0
    for letter, now in Letter.objects.claim_each(at):
        try:
            proof = transport.send(letter, at=now)
        except (OSError, SMTPException) as error:
            logger.warning(
                "letter %d was not sent: %s", letter.pk, type(error).__name__
            )
            letter_not_sent(letter.pk, error=type(error).__name__, by=SYSTEM, at=now)
        else:
            letter_sent(letter.pk, proof=proof, by=SYSTEM, at=now)
            sent += 1
    return sent
