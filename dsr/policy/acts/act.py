"""What an act is: who may do it, in which states, under which rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from dsr.models import Ticket
from dsr.vocabulary import Actor, Role

Rule = Callable[[Ticket, Actor, datetime], None]
HANDLER, DECIDER, DPO = Role.HANDLER.value, Role.DECIDER.value, Role.DPO.value
SYSTEM, SUBJECT = Role.SYSTEM.value, Role.SUBJECT.value
REVIEWER, ADVISER = Role.REVIEWER.value, Role.MEDICAL_ADVISER.value


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
