"""Who may see what at the desk: the roles of the groups, and nothing else.

Whoever configures the desk (a superuser) sees no case by that: the access list of
GDPR Art. 32 are the roles.
"""

from django.http import HttpRequest

from dsr.policy import actor_of
from dsr.policy.seeing import EVERY_CASE
from dsr.vocabulary import Actor, Role

HANDLERS = frozenset({Role.HANDLER.value})
DPO = frozenset({Role.DPO.value})
REVIEWERS = frozenset({Role.REVIEWER.value})
ADMINS = frozenset({Role.ADMIN.value})
ADVISERS = frozenset({Role.MEDICAL_ADVISER.value})
# Those who read what people wrote and what was found about them.
CASES = EVERY_CASE
# Those who read what was found: a medical adviser only the data on health.
FINDINGS = CASES | ADVISERS
# Those who read the registers: which ticket stands where, and the ledger.
REGISTERS = CASES | {Role.AUDITOR.value}

REMEMBERED = "desk.actor"


def actor(request: HttpRequest) -> Actor:
    """Return who acts, asking the database once a request."""
    if REMEMBERED not in request.META:
        request.META[REMEMBERED] = actor_of(request.user)
    known: Actor = request.META[REMEMBERED]
    return known


def has_role(request: HttpRequest, roles: frozenset[str]) -> bool:
    """Say whether the one who asks has one of these roles."""
    return not actor(request).roles.isdisjoint(roles)
