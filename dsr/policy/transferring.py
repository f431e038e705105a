"""What may be taken along, and passed on to another controller. GDPR Art. 20."""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.models import DirectTransfer, ProvenanceMap, Ticket
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor, Outcome, RightCode, TransferState

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


def provenance_bears_out(ticket: Ticket, outcome: str) -> None:
    """Give only what the person provided, by a map of every field. Art. 20(1)."""
    portable = ticket.right_code == RightCode.PORTABILITY
    if not portable or outcome not in Outcome.CARRIED_OUT:
        return
    drawn = ProvenanceMap.objects.filter(ticket=ticket).first()
    if drawn is None:
        raise PolicyError(
            _(
                "It is not known which fields the person provided: have the systems "
                "described, then search again (GDPR Art. 20(1))."
            )
        )
    if not drawn.taken:
        raise PolicyError(
            _(
                "Nothing that was found was provided by the person on consent or "
                "contract: propose “right not applicable”, and offer access."
            )
        )


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
