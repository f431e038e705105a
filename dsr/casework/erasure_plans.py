"""The plan of an erasure, from what was decided: which record goes, which stays.

The verdicts on the categories of a ticket decide first; within what goes, the rules
of the policy keep single records. GDPR Art. 17(1) and (3).
"""

import secrets
from collections.abc import Sequence
from datetime import date

from dsr.casework.searches import identities_of
from dsr.controller import current
from dsr.controller.retention import RetentionRule
from dsr.models import Ticket
from dsr.rights.limitation import ACT, ACTIONS
from dsr.vocabulary import ErasureVerdict
from subjects.erasure.fates import ErasurePlan, Reason
from subjects.erasure.limits import Term
from subjects.erasure.plan import plan_erasure
from subjects.erasure.rules import Rule
from subjects.systems.base import System


def erasure_plan_of(
    ticket: Ticket, systems: Sequence[System], *, today: date, key: bytes
) -> ErasurePlan:
    """Plan what the verdicts of a ticket ask for; nothing is changed.

    What is already erased under the ticket goes again, should it have come back.

    Raises:
        DatasetError: a description cannot be used.
        ReadError: a system cannot answer.

    """
    return plan_erasure(
        systems,
        identities_of(ticket),
        retention_rules(),
        today=today,
        key=key,
        verdicts=verdicts_of(ticket, today),
    )


def verdicts_of(ticket: Ticket, today: date) -> dict[str, Reason | None]:
    """Return for each category that was judged why it stays, None where it goes.

    What was kept until a day that is past goes too, and what nothing keeps any more.
    """
    verdicts: dict[str, Reason | None] = {}
    for item in ticket.erasures.exclude(verdict=""):
        is_over = item.released_at or (item.keep_until and item.keep_until < today)
        if item.verdict == ErasureVerdict.ERASE or is_over:
            verdicts[item.category] = None
        else:
            verdicts[item.category] = Reason(item.exception, until=item.keep_until)
    return verdicts


def retention_rules() -> dict[str, Rule]:
    """Return the rules of the policy in force, by name."""
    return {key: _rule(one) for key, one in (current().retention or {}).items()}


def _rule(rule: RetentionRule) -> Rule:
    if rule.limitation is None:
        term = Term(rule.years or 0, from_year_end=rule.from_year_end)
        return Rule(rule.ground, rule.law or "", term, rule.while_open)
    action = ACTIONS[rule.limitation]
    law = f"{ACT} {action.place}"
    return Rule(rule.ground, law, action.term, rule.while_open)


def provisional_plan_of(
    ticket: Ticket, systems: Sequence[System], *, today: date
) -> ErasurePlan:
    """Plan as if every category that nobody judged yet went; to be looked at only.

    Raises as `erasure_plan_of`.
    """
    verdicts: dict[str, Reason | None] = dict.fromkeys(current().categories)
    return plan_erasure(
        systems,
        identities_of(ticket),
        retention_rules(),
        today=today,
        key=secrets.token_bytes(),  # forgotten at once: no value is shown
        verdicts=verdicts | verdicts_of(ticket, today),
    )
