"""The day to which a letter is bound, and whether it would leave after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import Ticket
from dsr.policy.checks import local_day
from dsr.policy.refusal import PolicyError
from dsr.rights import right_of
from dsr.vocabulary import LetterKind, Outcome

ASKS = (LetterKind.IDENTITY_REQUEST, LetterKind.CLARIFICATION_REQUEST)
# A no, whole or in part, has a day of its own; GDPR Art. 12(4).
DECLINES = frozenset(Outcome.DECIDABLE) - {Outcome.GRANTED, Outcome.NO_DATA}


@dataclass(frozen=True, slots=True)
class Bound:
    """The last day on which a letter may leave, and what stands behind it.

    `legal` is the day of the law; `leave_by` is earlier where paper has to travel.
    """

    legal: date
    leave_by: date
    source: str
    effect: str

    def is_missed(self, at: datetime) -> bool:
        """Say whether a letter that leaves now leaves too late."""
        return local_day(at) > self.leave_by

    def sentence(self) -> str:
        """Say since when it is late, and what follows from it."""
        last = _("It should have left by %(day)s (%(source)s).") % {
            "day": date_format(self.leave_by),
            "source": self.source,
        }
        return f"{last} {self.effect}"


def bound_of(kind: str, ticket: Ticket | None, *, on_paper: bool) -> Bound | None:
    """Return the day that binds a letter of this kind; None if no day does."""
    found = _legal_day(kind, ticket) if ticket is not None else None
    if found is None:
        return None
    legal, source, effect = found
    travels = on_paper and kind not in ASKS
    # "Provided" in time means retrievable in time: paper leaves earlier (law.md C.2).
    days = current().clock.on(legal).postal_days if travels else 0
    return Bound(legal, legal - timedelta(days=days), source, effect)


def in_time_or_ticked(
    bound: Bound | None, *, although_late: bool, at: datetime
) -> None:
    """Let a late letter go only when somebody says that it goes although late."""
    if bound is None or although_late or not bound.is_missed(at):
        return
    raise PolicyError(
        f"{bound.sentence()} "
        + _("To send it all the same, tick “send it although it is late”.")
    )


def _legal_day(kind: str, ticket: Ticket) -> tuple[date, str, str] | None:
    if kind == LetterKind.EXTENSION_NOTICE:
        return (
            ticket.extension_notice_due,
            "GDPR Art. 12(3)",
            _("A later notice extends nothing."),
        )
    if kind in ASKS and _suspends(ticket):
        days = current().clock.on(ticket.received_on).ask_max_days
        return (
            ticket.received_on + timedelta(days=days),
            "EDPB Guidelines 01/2022, § 159",
            _("A later question does not suspend the time limit."),
        )
    if kind == LetterKind.REPLY:
        return _reply_day(ticket)
    return None


def _suspends(ticket: Ticket) -> bool:
    return current().clock.on(ticket.received_on).suspension != "strict"


def _reply_day(ticket: Ticket) -> tuple[date, str, str] | None:
    last = ticket.due or ticket.due_strict
    refuse_by = ticket.refusal_notice_due
    if ticket.outcome in DECLINES and right_of(ticket).grounds and refuse_by:
        return (
            min(last, refuse_by),
            "GDPR Art. 12(4)",
            _("What is not granted is told within one month, whatever was extended."),
        )
    return (
        last,
        "GDPR Art. 12(3)",
        _("The answer is late; it must be given all the same."),
    )
