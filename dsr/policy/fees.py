"""When a fee may be asked, and when it counts. GDPR Arts. 12(5)(a) and 15(3)."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from dsr.models import EarlierReply, FeeNotice, Ticket
from dsr.policy.checks import local_day
from dsr.policy.refusal import PolicyError
from dsr.rights.grounds import EXCESSIVE_ABUSE, EXCESSIVE_REPETITIVE, UNFOUNDED
from dsr.vocabulary import Actor, FeeBasis, RightCode

CHARGEABLE = (UNFOUNDED, EXCESSIVE_REPETITIVE.code, EXCESSIVE_ABUSE.code)


def fee_may_be_asked(
    ticket: Ticket,
    *,
    basis: str,
    amount: Decimal,
    pay_by: date,
    grounds: Collection[str],
    at: datetime,
) -> None:
    """Ask a fee once, for what the law names, with time to decide on it."""
    if FeeNotice.objects.filter(ticket=ticket, noticed_at__isnull=False).exists():
        raise PolicyError(_("A fee was asked for this request; it is asked once."))
    if amount <= 0:
        raise PolicyError(_("A fee is more than nothing; say how much."))
    if pay_by <= local_day(at):
        raise PolicyError(_("Give the person time to pay, or to withdraw."))
    if basis == FeeBasis.FURTHER_COPY:
        _is_a_further_copy(ticket)
    elif set(CHARGEABLE).isdisjoint(grounds):
        raise PolicyError(
            _(
                "A fee under Article 12(5)(a) needs its ground: manifestly unfounded, "
                "or excessive."
            )
        )


def _is_a_further_copy(ticket: Ticket) -> None:
    """Charge a copy of what was given already; the first is free. GDPR Art. 15(3)."""
    if ticket.right_code != RightCode.ACCESS:
        raise PolicyError(_("Only access knows a further copy (GDPR Art. 15(3))."))
    if not EarlierReply.objects.filter(ticket=ticket).exists():
        raise PolicyError(
            _(
                "The first copy is free (GDPR Art. 15(3)); record the earlier reply "
                "that gave the same data."
            )
        )


def fee_is_awaited(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Charge nothing of which the person was not told before. EDPB 01/2022 § 194."""
    if not FeeNotice.objects.awaited().filter(ticket=ticket).exists():
        raise PolicyError(
            _("No fee is awaited for %(ticket)s: none was asked, or it is settled.")
            % {"ticket": ticket}
        )


def fee_day_has_passed(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Leave the person the time that the letter gave."""
    fee = FeeNotice.objects.awaited().filter(ticket=ticket).first()
    if fee and local_day(at) <= fee.pay_by:
        raise PolicyError(_("The day to pay by has not passed; wait for it."))
