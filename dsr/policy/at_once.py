"""What the law asks of what takes effect at once, before it is confirmed."""

from datetime import datetime

from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.models import Ticket
from dsr.policy.refusal import PolicyError
from dsr.rights import right_of
from dsr.vocabulary import Actor, CheckResult, Outcome

CONSENTS = ("6(1)(a)", "9(2)(a)", "22(2)(c)")  # where the law wants consent


def erasure_is_checked(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Confirm a withdrawal only once each purpose was looked at. Art. 17(1)(b)."""
    left = ticket.purpose_checks.unanswered().values_list("purpose", flat=True)
    if left:
        raise PolicyError(
            _(
                "%(ticket)s: nobody noted what becomes of the data for: %(purposes)s. "
                "Note for each that they are erased, or for which declared purpose "
                "they are kept (GDPR Art. 17(1)(b))."
            )
            % {"ticket": ticket, "purposes": ", ".join(left)}
        )


def purpose_is_erased(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Ask for erasure only of what nothing else justifies. GDPR Art. 17(1)(b)."""
    if not ticket.purpose_checks.filter(result=CheckResult.ERASED).exists():
        raise PolicyError(
            _(
                "%(ticket)s: for no purpose it is noted that the data are erased; "
                "note that first."
            )
            % {"ticket": ticket}
        )


def proposal_fits_effect(ticket: Ticket, outcome: str) -> None:
    """Confirm what is in effect, once all have answered; decide only that nothing is.

    GDPR Arts. 7(3), 12(3), 17(1)(b) and 21(3).
    """
    right = right_of(ticket)
    if right.effect_at_once and outcome in Outcome.CARRIED_OUT:
        possible = ", ".join(f"“{one.label}”" for one in right.proposable)
        raise PolicyError(
            _(
                "%(ticket)s takes effect once an address is known, and is confirmed "
                "when systems and recipients have answered. Only %(outcomes)s can be "
                "proposed."
            )
            % {"ticket": ticket, "outcomes": possible}
        )


def basis_is_declared(purpose: str, kept_for: str, basis: str) -> None:
    """Keep data only for another purpose, on a basis that the policy declared.

    Source: GDPR Arts. 13(1)(c) and 17(1)(b); EDPB Guidelines 05/2020, §§ 121-123.
    """
    declared = current().purposes.get(kept_for)
    if kept_for == purpose or declared is None:
        raise PolicyError(
            _(
                "Data may be kept only for another purpose of the policy: once consent "
                "is withdrawn, no other basis takes its place (EDPB 05/2020)."
            )
        )
    others = [one for one in declared.basis if one not in CONSENTS]
    if basis not in others:
        raise PolicyError(
            _(
                "The policy declares no such basis for “%(purpose)s”; it declares: "
                "%(bases)s."
            )
            % {
                "purpose": declared.title.to("en"),
                "bases": ", ".join(others) or "–",
            }
        )
