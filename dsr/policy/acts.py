"""The acts of the desk: who may do each, and in which states of the ticket.

A state's part in the rule stands in the ticket's transitions and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import can_proceed

from dsr.models import Ticket
from dsr.policy import checks
from dsr.policy.actors import check_role
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor, Role

Rule = Callable[[Ticket, Actor, datetime], None]
HANDLER, DECIDER, DPO = Role.HANDLER.value, Role.DECIDER.value, Role.DPO.value
SYSTEM, SUBJECT = Role.SYSTEM.value, Role.SUBJECT.value


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done to a ticket.

    `transition` names the method of the ticket whose source states allow it; a
    right whose ticket has none knows no such act. `law` holds in every state.
    """

    name: str
    label: Promise
    transition: str
    roles: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    law: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class ActStatus:
    """Whether an act may be done now, and if not, why not."""

    name: str
    label: Promise
    allowed: bool
    why_not: str


ACTS = {
    act.name: act
    for act in (
        Act("take_in_hand", gettext_lazy("Take in hand"), "take_in_hand", (HANDLER,)),
        Act(
            "ask_identity",
            gettext_lazy("Ask for proof of identity"),
            "ask_identity",
            (HANDLER,),
            (checks.contact_known,),
            (checks.right_asks_identity,),
        ),
        Act(
            "reject_proof",
            gettext_lazy("Proof is not sufficient"),
            "reject_proof",
            (HANDLER,),
            (checks.contact_known,),
        ),
        Act(
            "accept_proof",
            gettext_lazy("Identity is established"),
            "accept_proof",
            (HANDLER,),
            (checks.mandate_is_shown,),
        ),
        Act(
            "establish_identity",
            gettext_lazy("Identity is known"),
            "establish_identity",
            (HANDLER,),
            (checks.mandate_is_shown,),
        ),
        Act(
            "ask_clarification",
            gettext_lazy("Ask for clarification"),
            "ask_clarification",
            (HANDLER,),
            (checks.contact_known,),
            (checks.right_asks_clarification,),
        ),
        Act("clarify", gettext_lazy("Go on"), "clarify", (HANDLER, SYSTEM)),
        Act(
            "propose_extension",
            gettext_lazy("Propose an extension"),
            "propose_extension",
            (HANDLER,),
            (checks.in_month_one, checks.not_extended),
            (checks.right_is_extendable,),
        ),
        Act(
            "extend",
            gettext_lazy("Agree to the extension"),
            "extend",
            (DECIDER,),
            (
                checks.extension_is_proposed,
                checks.not_extended,
                checks.in_month_one,
                checks.second_person_extends,
                checks.contact_known,
            ),
            (checks.right_is_extendable,),
        ),
        Act("propose", gettext_lazy("Propose a decision"), "propose", (HANDLER,)),
        Act(
            "return_proposal",
            gettext_lazy("Return the proposal"),
            "return_proposal",
            (DECIDER, HANDLER),
        ),
        Act(
            "decide",
            gettext_lazy("Decide as proposed"),
            "grant",
            (DECIDER, HANDLER),
            (checks.second_person_decides, checks.refusal_is_in_time),
        ),
        Act(
            "complete",
            gettext_lazy("Note what was done"),
            "complete",
            (HANDLER, SYSTEM),
            (checks.package_completes_itself,),
        ),
        Act(
            "check_erasure",
            gettext_lazy("Processing has stopped"),
            "check_erasure",
            (HANDLER,),
        ),
        Act(
            "confirm",
            gettext_lazy("Confirm what was stopped"),
            "confirm",
            (HANDLER,),
        ),
        Act("close", gettext_lazy("Close"), "close", (HANDLER, SYSTEM)),
        Act(
            "redirect",
            gettext_lazy("Pass on to another controller"),
            "redirect",
            (HANDLER,),
            (checks.contact_known,),
        ),
        Act("merge", gettext_lazy("Merge"), "merge", (HANDLER,)),
        Act("withdraw", gettext_lazy("Withdraw"), "withdraw", (HANDLER, SUBJECT)),
        Act("reopen", gettext_lazy("Reopen"), "reopen", (DPO,)),
    )
}


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
