"""Unfounded or excessive: never with one click, always shown. GDPR Art. 12(5)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.clock.months import add_months
from dsr.models import AbuseEvidence, EarlierReply, Ticket, UnfoundedEvidence
from dsr.policy.refusal import PolicyError
from dsr.rights import right_of
from dsr.rights.grounds import EXCESSIVE_ABUSE, EXCESSIVE_REPETITIVE, UNFOUNDED
from dsr.vocabulary import Actor, Outcome

YEAR = 12  # months; requests a year apart are never excessive, EDPB 01/2022 § 185


def right_can_be_excessive(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Charge or refuse nothing that is absolute. GDPR Arts. 7(3), 12(5) and 21(3)."""
    if Outcome.REFUSED not in right_of(ticket).outcomes:
        raise PolicyError(
            _("%(right)s is free and cannot be refused; there is nothing to show.")
            % {"right": ticket.get_right_code_display()}
        )


def earlier_was_answered(ticket: Ticket, earlier: Ticket) -> None:
    """Count as repeated only what the same person asked before and was told."""
    same = earlier.case.subject_id == ticket.case.subject_id
    same = same and earlier.right_code == ticket.right_code
    if not same or earlier.pk == ticket.pk or earlier.replied_at is None:
        raise PolicyError(
            _("%(earlier)s is no answered request of the same person and right.")
            % {"earlier": earlier}
        )
    if earlier.received_on > ticket.received_on:
        raise PolicyError(_("%(earlier)s came later.") % {"earlier": earlier})
    free_from = add_months(earlier.received_on, YEAR)
    if ticket.received_on >= free_from:
        raise PolicyError(
            _(
                "%(earlier)s was received on %(day)s: an interval of a year or more is "
                "never excessive (EDPB Guidelines 01/2022 § 185)."
            )
            % {"earlier": earlier, "day": date_format(earlier.received_on)}
        )


def excess_is_shown(ticket: Ticket, grounds: Collection[str]) -> None:
    """Propose “unfounded” or “excessive” only on evidence that is on record."""
    if UNFOUNDED in grounds and not UnfoundedEvidence.objects.filter(ticket=ticket):
        raise PolicyError(
            _(
                "Nothing on record shows that %(ticket)s is manifestly unfounded; "
                "record the facts first (GDPR Art. 12(5))."
            )
            % {"ticket": ticket}
        )
    repeats = EarlierReply.objects.filter(ticket=ticket)
    if EXCESSIVE_REPETITIVE.code in grounds and not repeats.exists():
        raise PolicyError(
            _(
                "No earlier reply to the same request is on record; record its date "
                "and scope first (GDPR Art. 12(5))."
            )
        )
    abuse = AbuseEvidence.objects.filter(ticket=ticket)
    if EXCESSIVE_ABUSE.code in grounds and not abuse.exists():
        raise PolicyError(
            _(
                "An abuse has two parts, and both must be proven (C-526/24): record "
                "the evidence of abuse first."
            )
        )
