"""Who sees which case: all of them, those assigned, or none. GDPR Art. 32(1)(b).

A reviewer sees the cases whose review is theirs, as long as the ticket is open.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dsr.models import Case, HumanReview
from dsr.policy.refusal import PolicyError
from dsr.vocabulary import Actor, Role

EVERY_CASE = frozenset({Role.HANDLER.value, Role.DPO.value, Role.DECIDER.value})
SOME_CASES = EVERY_CASE | {Role.REVIEWER.value}


def cases_seen(cases: QuerySet[Case], by: Actor) -> QuerySet[Case]:
    """Keep the cases that this actor may see."""
    if not by.roles.isdisjoint(EVERY_CASE):
        return cases
    if Role.REVIEWER not in by.roles:
        return cases.none()
    mine = HumanReview.objects.of_reviewer(by.name)
    return cases.filter(pk__in=mine.values("ticket__case"))


def check_sees_case(case_id: int, by: Actor) -> None:
    """Raise unless the actor may see the case."""
    if not cases_seen(Case.objects.filter(pk=case_id), by).exists():
        raise PolicyError(
            _("A case is seen by who handles it, or by the reviewer it is assigned to.")
        )
