"""Passing files on to another controller, where the person asks. GDPR Art. 20(2)."""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.models import DirectTransfer, Ticket
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor, TransferState

NOT_FEASIBLE = "transfer_not_feasible"


def transfer_of(ticket: Ticket) -> DirectTransfer | None:
    """Return the transfer that the person asked for, if they did."""
    return DirectTransfer.objects.filter(ticket=ticket).first()


def transfer_is_open(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Settle what was asked for, once."""
    transfer = transfer_of(ticket)
    if transfer is None or not transfer.is_open:
        raise PolicyError(
            _("No direct transfer of %(ticket)s is waiting.") % {"ticket": ticket}
        )


def transfer_is_asked(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Have a receiver agree once."""
    transfer_is_open(ticket, by, at)
    transfer = transfer_of(ticket)
    if transfer is not None and transfer.state != TransferState.ASKED:
        raise PolicyError(_("The receiver has agreed already; transfer the files."))


def transfer_is_accepted(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Send no files to somebody who has not agreed to take them. GDPR Art. 32."""
    transfer_is_open(ticket, by, at)
    transfer = transfer_of(ticket)
    if transfer is not None and transfer.state != TransferState.ACCEPTED:
        raise PolicyError(
            _("The receiver has not agreed yet; note that first, or why it cannot be.")
        )


def no_transfer_yet(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Name one receiver."""
    if transfer_of(ticket) is not None:
        raise PolicyError(_("A receiver is named already; settle that transfer."))


def transfer_bears_out(ticket: Ticket, grounds: list[str]) -> None:
    """Refuse the direct transfer only where it was asked for and cannot be."""
    if NOT_FEASIBLE not in grounds:
        return
    transfer = transfer_of(ticket)
    if transfer is None or transfer.state != TransferState.INFEASIBLE:
        raise PolicyError(
            _(
                "No direct transfer was found infeasible: note the technical reason "
                "first, or drop this ground (GDPR Art. 20(2))."
            )
        )
