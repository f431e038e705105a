"""What has to be answered for before a ticket goes on: orders, and notices."""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.models import Ticket
from dsr.models.notice import NoticeQuerySet
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor


def orders_are_closed(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Say that it is done only once every system has answered. GDPR Art. 5(2)."""
    waiting = ticket.orders.waiting().values_list("system", flat=True)
    if waiting:
        raise PolicyError(
            _(
                "%(ticket)s waits for these systems: %(systems)s. Note for each that "
                "it is done, or why it is impossible."
            )
            % {"ticket": ticket, "systems": ", ".join(waiting)}
        )


def notices_are_closed(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Tell every recipient of what was asked for, or justify why not.

    Of a restriction on the way they are told by the time the ticket closes: the reply
    does not wait for it. GDPR Art. 19; C-129/21.
    """
    _nobody_is_left(ticket, ticket.notices.of_answer())


def everyone_is_told(ticket: Ticket, by: Actor, at: datetime) -> None:
    """End nothing while a recipient is neither told nor excused. GDPR Art. 19."""
    _nobody_is_left(ticket, ticket.notices.all())


def _nobody_is_left(ticket: Ticket, notices: NoticeQuerySet) -> None:
    names = list(dict.fromkeys(notices.still_open().values_list("name", flat=True)))
    if names:
        raise PolicyError(
            _(
                "%(ticket)s: these recipients are not told yet: %(names)s. Have each "
                "notice sent, or excuse it with a reason (GDPR Art. 19)."
            )
            % {"ticket": ticket, "names": "; ".join(names)}
        )
