"""What the numbers of the home page mean: each is a condition, and a list of rows.

The home page counts by these and the queue filters by the same, so that a number
and the list behind it never differ.
"""

from collections.abc import Callable

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate

from dsr.desk.days import Today
from dsr.models import (
    ErasureDebt,
    ErasureItem,
    LegalHold,
    RecipientNotice,
    SystemOrder,
    Ticket,
    Timer,
    computed_otherwise,
)
from dsr.models.ticket import TicketQuerySet
from dsr.vocabulary import Channel, NoticeState, Outcome, State

Condition = Callable[[Today], Q]

OPEN = Q(state__in=State.OPEN)
IN_TIME = Q(replied_on__lte=F("due")) | Q(due__isnull=True)


def overdue(now: Today) -> Q:
    """Keep the open ones whose legal day has passed."""
    return OPEN & Q(due__lt=now.day)


def due_within(number: int) -> Condition:
    """Keep the open ones, not overdue, whose strict day is that near.

    A strict day that has passed while the time limit was suspended counts as near.
    """

    def condition(now: Today) -> Q:
        last = now.in_working_days(number)
        return OPEN & Q(due_strict__lte=last) & (Q(due__gte=now.day) | Q(due=None))

    return condition


def unconfirmed(now: Today) -> Q:
    """Keep the open ones from the web whose address nobody has confirmed."""
    return OPEN & Q(case__channel=Channel.WEB, case__contact_confirmed_at=None)


def waiting(now: Today) -> Q:
    """Keep those in which the person is to act."""
    told = Q(fee_notice__noticed_at__isnull=False, fee_notice__paid_at=None)
    fee = Q(state=State.REPLY_PENDING, outcome=Outcome.FEE) & told
    return Q(state__in=State.WAITING) | fee


def unanswered(now: Today) -> Q:
    """Keep the open ones of which a system has not answered, or where one is untold.

    Recipients may be owed word after the reply, too. GDPR Art. 19.
    """
    orders = SystemOrder.objects.waiting().values("ticket")
    awaited = RecipientNotice.objects.awaited()
    untold = awaited.filter(state=NoticeState.OPEN).values("ticket")
    return OPEN & Q(pk__in=orders) | Q(pk__in=untold)


def to_decide(now: Today) -> Q:
    """Keep those that wait for a second person."""
    undecided = Q(extended_at=None, extension_proposed_at__isnull=False)
    return Q(state=State.DECISION_PENDING) | OPEN & undecided


def alarmed(now: Today) -> Q:
    """Keep the open ones with a timer that has fired."""
    return OPEN & Q(has_alarm=True)


def outdated(now: Today) -> Q:
    """Keep the open ones computed with another calendar or policy than today's."""
    return computed_otherwise()


def kept_too_long(now: Today) -> Q:
    """Keep those of which something kept should be erased by now. Art. 5(1)(e)."""
    late = ErasureItem.objects.past(now.day)
    owed = ErasureDebt.objects.all().past(now.day)
    return Q(pk__in=late.values("ticket")) | Q(pk__in=owed.values("ticket"))


def received_this_month(now: Today) -> Q:
    """Keep those received since the first of the month."""
    return Q(received_at__gte=now.month_start)


def answered_this_month(now: Today) -> Q:
    """Keep those answered since the first of the month."""
    return Q(replied_at__gte=now.month_start)


def on_time_this_month(now: Today) -> Q:
    """Keep those of them answered by their legal day."""
    return answered_this_month(now) & IN_TIME


def hold_to_review(now: Today) -> Q:
    """Keep those of a case whose legal hold has come to its day of review."""
    holds = LegalHold.objects.to_review(now.day)
    return Q(case__in=holds.values("case"))


DUE: dict[str, Condition] = {
    "overdue": overdue,
    "2": due_within(2),
    "5": due_within(5),
    "10": due_within(10),
}
STAND: dict[str, Condition] = {
    "unconfirmed": unconfirmed,
    "waiting": waiting,
    "unanswered": unanswered,
    "to_decide": to_decide,
    "alarm": alarmed,
    "outdated": outdated,
    "hold_review": hold_to_review,
    "kept": kept_too_long,
}
MONTH: dict[str, Condition] = {
    "received": received_this_month,
    "answered": answered_this_month,
    "on_time": on_time_this_month,
}


def annotated(tickets: TicketQuerySet, now: Today) -> TicketQuerySet:
    """Add what the conditions ask about: alarms, and the local day of the reply."""
    fired = Timer.objects.filter(ticket=OuterRef("pk"), fired_at__isnull=False)
    return tickets.annotate(
        has_alarm=Exists(fired),
        is_strictly_late=Q(due_strict__lt=now.day),
        replied_on=TruncDate("replied_at", tzinfo=now.zone),
    )


def all_tickets(now: Today) -> TicketQuerySet:
    """Return every ticket, ready for the conditions."""
    return annotated(Ticket.objects.all(), now)
