"""Passes on what took effect at once: to every system, and to those concerned."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dsr.casework.notices import (
    owe_notices,
    send_notices,
    told_of_an_earlier_answer,
)
from dsr.casework.orders import give_orders, ordered_for_an_earlier_answer
from dsr.models import Message, MessageKind, Ticket
from dsr.policy import PolicyError
from dsr.vocabulary import SYSTEM, NoticeState, OrderAct, OrderState

logger = logging.getLogger(__name__)


def pass_on(ticket: Ticket, act: OrderAct, *, anew: bool = False, at: datetime) -> bool:
    """Order every system, and write to everyone concerned; say whether it was done.

    The caller holds the lock. Nothing may hold up the effect itself: what cannot be
    passed on now waits, and the worker tries again. `anew`: to those, too, who were
    asked before, because another address came to be known.
    """
    try:
        with transaction.atomic():
            again = anew or ordered_for_an_earlier_answer(ticket, act)
            give_orders(ticket, act, again=again, by=SYSTEM, at=at)
            again = anew or told_of_an_earlier_answer(ticket, act)
            owe_notices(ticket, act, again=again, by=SYSTEM, at=at)
            send_notices(ticket, by=SYSTEM, at=at)
    except PolicyError as error:
        logger.warning("ticket %d was not passed on: %s", ticket.pk, error)
        _leave_note(ticket, str(error), at=at)
        return False
    return True


def is_passed_on(ticket: Ticket) -> bool:
    """Whether every system and everyone concerned has answered, or is justified."""
    waits = ticket.orders.waiting().exists()
    return not waits and not ticket.notices.still_open().exists()


def is_done_everywhere(ticket: Ticket) -> bool:
    """Whether nothing is left that a person would have to be told in other words."""
    last = ticket.orders.aggregate(last=Max("turn"))["last"]
    impossible = ticket.orders.filter(turn=last, state=OrderState.IMPOSSIBLE)
    untold = ticket.notices.of_last_turn().filter(state__in=NoticeState.NEEDS_REASON)
    return is_passed_on(ticket) and not impossible.exists() and not untold.exists()


def _leave_note(ticket: Ticket, why: str, *, at: datetime) -> None:
    """Tell the desk once why nobody was told yet."""
    text = _("In effect, but not passed on yet: %(why)s") % {"why": why}
    known = {"case": ticket.case, "kind": MessageKind.NOTE, "text": text}
    if not Message.objects.filter(**known).exists():
        Message.objects.create(**known, at=at, by=SYSTEM.name)
