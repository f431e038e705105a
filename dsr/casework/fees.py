"""A fee, proposed and told; what follows from it stands in `fee_ends`."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from dsr.casework import clockwork
from dsr.casework.ticket_lock import record
from dsr.models import FeeNotice, Letter, Ticket
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.fees import fee_may_be_asked
from dsr.vocabulary import Actor, Event, Outcome


@dataclass(frozen=True, slots=True)
class Fee:
    """How much, on which basis (`FeeBasis`), for which costs, and by when."""

    amount: Decimal
    basis: str
    cost_basis: str
    pay_by: date
    currency: str = "EUR"


def check_fee(
    ticket: Ticket, fee: Fee | None, *, outcome: str, grounds: list[str], at: datetime
) -> None:
    """Ask a fee with the outcome that needs one, and with no other."""
    if (fee is not None) != (outcome == Outcome.FEE):
        raise PolicyError(
            _("A fee is proposed with its amount, its basis, and a day to pay by.")
        )
    if fee is None:
        return
    long_reason(fee.cost_basis, _("What the fee covers"))
    fee_may_be_asked(
        ticket,
        basis=fee.basis,
        amount=fee.amount,
        pay_by=fee.pay_by,
        grounds=grounds,
        at=at,
    )


def keep_fee(ticket: Ticket, fee: Fee | None, *, by: Actor, at: datetime) -> None:
    """Write down a fee that is proposed; one that was not told is replaced."""
    if fee is not None:
        FeeNotice.objects.update_or_create(
            ticket=ticket,
            defaults={**asdict(fee), "proposed_at": at, "proposed_by": by.name},
        )


def fee_told(ticket: Ticket, letter: Letter, *, by: Actor, at: datetime) -> None:
    """Let the ticket wait for the fee; it is not answered, and the time limit runs."""
    fee = FeeNotice.objects.get(ticket=ticket)
    fee.letter, fee.noticed_at = letter, letter.sent_at or at
    fee.save()
    clockwork.set_timers(ticket, at=at)
    record(
        ticket,
        Event.FEE_TOLD,
        by=by,
        at=at,
        letter=letter.pk,
        amount=str(fee.amount),
        currency=fee.currency,
        pay_by=fee.pay_by.isoformat(),
    )
