"""The acts of the desk: who may do each, and in which states of the ticket.

A state's part in the rule stands in the ticket's transitions and nowhere else.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from dsr.models import Ticket
from dsr.policy.actors import check_role
from dsr.policy.acts.act import Act, ActStatus
from dsr.policy.acts.advice import ADVICE
from dsr.policy.acts.at_once import AT_ONCE
from dsr.policy.acts.copies import COPIES
from dsr.policy.acts.erasure import ERASURE
from dsr.policy.acts.every_right import COMMON
from dsr.policy.acts.excess import EXCESS
from dsr.policy.acts.human_review import HUMAN_REVIEW
from dsr.policy.acts.rectification import RECTIFICATION
from dsr.policy.acts.restriction import OBJECTION, RESTRICTION
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor

OF_A_RIGHT = (
    *AT_ONCE,
    *COPIES,
    *HUMAN_REVIEW,
    *RECTIFICATION,
    *ERASURE,
    *RESTRICTION,
    *OBJECTION,
)
ACTS = {act.name: act for act in (*COMMON, *ADVICE, *EXCESS, *OF_A_RIGHT)}


def check(act: str, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Raise a PolicyError unless the act may be done now, by this actor."""
    known = ACTS[act]
    check_role(by, *known.roles)
    for rule in known.law:
        rule(ticket, by, at)
    if not hasattr(ticket, known.transition):
        raise PolicyError(
            _("%(right)s knows no act “%(act)s”.")
            % {"right": ticket.get_right_code_display(), "act": known.label}
        )
    if not can_proceed(getattr(ticket, known.transition)):
        raise PolicyError(
            _("%(ticket)s is “%(state)s”; “%(act)s” is not possible in this state.")
            % {
                "ticket": ticket,
                "state": ticket.get_state_display(),
                "act": known.label,
            }
        )
    for rule in known.rules:
        rule(ticket, by, at)


def acts(ticket: Ticket, *, by: Actor, at: datetime) -> list[ActStatus]:
    """Return every act of the right with whether it may be done now, or why not."""
    known = [act for act in ACTS.values() if hasattr(ticket, act.transition)]
    return [_status(act, ticket, by=by, at=at) for act in known]


def _status(act: Act, ticket: Ticket, *, by: Actor, at: datetime) -> ActStatus:
    try:
        check(act.name, ticket, by=by, at=at)
    except PolicyError as error:
        return ActStatus(act.name, act.label, allowed=False, why_not=str(error))
    return ActStatus(act.name, act.label, allowed=True, why_not="")


__all__ = ["ACTS", "Act", "ActStatus", "acts", "check"]
