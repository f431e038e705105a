"""What a decision on a request for restriction has to rest on. GDPR Art. 18."""

from django.utils.translation import gettext as _

from dsr.models import RestrictionExamination, Ticket
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import (
    MeasureState,
    OrderAct,
    Outcome,
    RestrictionGround,
    RightCode,
)

NO_GROUND = "no_ground"


def restriction_bears_out(ticket: Ticket, outcome: str, grounds: list[str]) -> None:
    """Grant what is in force; refuse only where no ground is. GDPR Art. 18(1).

    Art. 18 knows no exceptions: beside an absent ground only Arts. 12(5) and 23.
    """
    if ticket.right_code != RightCode.RESTRICTION:
        return
    if outcome in Outcome.CARRIED_OUT:
        restriction_is_in_force(ticket)
    if outcome == Outcome.REFUSED and NO_GROUND in grounds:
        _every_ground_was_examined(ticket)
    if outcome not in Outcome.CARRIED_OUT:
        _no_system_is_waited_for(ticket)


def restriction_is_in_force(ticket: Ticket) -> None:
    """Decide once every system has marked the data. GDPR Art. 18(1)."""
    _no_system_is_waited_for(ticket)
    if ticket.orders.all().failed(OrderAct.RESTRICT):
        raise PolicyError(
            _(
                "No system could mark the data, so %(ticket)s restricts nothing: apply "
                "the restriction again, once one can (GDPR Art. 18(1))."
            )
            % {"ticket": ticket}
        )
    if not ticket.measures.filter(state__in=MeasureState.IN_FORCE).exists():
        raise PolicyError(
            _(
                "%(ticket)s restricts nothing yet: apply the restriction first, with "
                "its ground (GDPR Art. 18(1))."
            )
            % {"ticket": ticket}
        )


def _no_system_is_waited_for(ticket: Ticket) -> None:
    """Know of each measure whether it is in force, before it is decided on."""
    begun = ticket.measures.filter(state=MeasureState.PROPOSED)
    if begun.exists():
        systems = ticket.orders.waiting().values_list("system", flat=True)
        raise PolicyError(
            _(
                "The restriction is still being applied in: %(systems)s. Note for "
                "each that it is done, or why it is impossible."
            )
            % {"systems": ", ".join(systems)}
        )


def _every_ground_was_examined(ticket: Ticket) -> None:
    """Name in a refusal which grounds were examined. GDPR Art. 12(4)."""
    done = RestrictionExamination.objects.filter(ticket=ticket).first()
    absent = done.absent if done else []
    left = [str(one.label) for one in RestrictionGround if one not in absent]
    if left:
        raise PolicyError(
            _(
                "Not examined, or present: %(grounds)s. Refuse only after all four "
                "grounds of GDPR Art. 18(1) were examined and none is met."
            )
            % {"grounds": "; ".join(left)}
        )


def ground_was_not_found_absent(ticket: Ticket, ground: str) -> None:
    """Apply on a ground that nobody found absent; a new look comes first."""
    done = RestrictionExamination.objects.filter(ticket=ticket).first()
    if done is not None and ground in done.absent:
        raise PolicyError(
            _(
                "“%(ground)s” was examined and found absent; examine the grounds anew "
                "before you apply it."
            )
            % {"ground": RestrictionGround(ground).label}
        )
