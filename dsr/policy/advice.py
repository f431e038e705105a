"""What the data protection officer may do: advise, and allow; never decide."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.models import Advice, LateRefusal, Ticket
from dsr.policy.checks import local_day
from dsr.policy.refusal import PolicyError
from dsr.rights import right_of
from dsr.vocabulary import Actor, Outcome


def is_late_refusal(ticket: Ticket, at: datetime) -> bool:
    """Whether what is proposed should have been told by now. GDPR Art. 12(4)."""
    last = ticket.refusal_notice_due
    declined = ticket.proposed_outcome not in ("", *Outcome.CARRIED_OUT)
    can_refuse = Outcome.REFUSED in right_of(ticket).outcomes
    return can_refuse and declined and last is not None and local_day(at) > last


def refusal_is_in_time(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Refuse by a date of its own, which no extension moves. GDPR Art. 12(4)."""
    last = ticket.refusal_notice_due
    if last is None or not is_late_refusal(ticket, at):
        return
    if not LateRefusal.objects.for_proposal(ticket).exists():
        raise PolicyError(
            _(
                "A refusal was due by %(day)s, whatever was extended "
                "(GDPR Art. 12(4)); it takes the recorded leave of the data "
                "protection officer, or a proposal that grants the request."
            )
            % {"day": date_format(last)}
        )


def right_can_be_refused(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Allow no late refusal of what cannot be refused. GDPR Arts. 7(3) and 21(3)."""
    if Outcome.REFUSED not in right_of(ticket).outcomes:
        raise PolicyError(
            _("%(right)s cannot be refused, neither in time nor late.")
            % {"right": ticket.get_right_code_display()}
        )


def refusal_is_late(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Allow only what needs it, and once."""
    if not is_late_refusal(ticket, at):
        raise PolicyError(
            _("What is proposed needs no leave: it is in time, or no refusal.")
        )
    if LateRefusal.objects.for_proposal(ticket).exists():
        raise PolicyError(_("The late refusal is allowed already; it can be decided."))


def adviser_does_not_decide(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Keep apart who advises on a request and who decides it. GDPR Art. 38(6)."""
    advised = Advice.objects.filter(ticket=ticket, advised_by=by.name).exists()
    allowed = LateRefusal.objects.filter(ticket=ticket, overridden_by=by.name).exists()
    if advised or allowed:
        raise PolicyError(
            _(
                "You advised on this request as data protection officer; somebody "
                "else decides it (GDPR Art. 38(6))."
            )
        )
