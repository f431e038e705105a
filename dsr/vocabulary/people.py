"""Who asks, by what they can be found, and who may act."""

from dataclasses import dataclass
from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifierKind(models.TextChoices):
    """By what a person can be found; the values are identity keys of datasets."""

    EMAIL = "email", _("e-mail address")
    PHONE = "phone_number", _("telephone number")
    CUSTOMER = "customer_number", _("customer number")
    POLICY = "policy_number", _("policy number")
    CLAIM = "claim_number", _("claim number")


class Role(models.TextChoices):
    """Who may act; the values are names of groups.

    The DPO advises and oversees, a decider decides: Art. 38(6) keeps them apart. A
    medical adviser sees the health envelope alone, a reviewer the cases assigned to
    them; an administrator takes in staff and sees no case.
    """

    HANDLER = "handler", _("handler")
    DPO = "dpo", _("data protection officer")
    DECIDER = "decider", _("decider")
    MEDICAL_ADVISER = "medical_adviser", _("medical adviser")
    REVIEWER = "reviewer", _("reviewer")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("administrator")
    SUBJECT = "subject", _("the person")
    SYSTEM = "system", _("the system")
    OWNER = "owner", _("the owner of a system")
    RECIPIENT = "recipient", _("a recipient of data")

    STAFF = nonmember(
        (
            "handler",
            "dpo",
            "decider",
            "medical_adviser",
            "reviewer",
            "auditor",
            "admin",
        )
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a name for the ledger, and the roles that allow it.

    `name` is a user name, or `subject`, `system`, `owner`, `recipient`: never a
    person's own name.
    """

    name: str
    roles: frozenset[str]


SYSTEM = Actor("system", frozenset({Role.SYSTEM.value}))
SUBJECT = Actor("subject", frozenset({Role.SUBJECT.value}))
OWNER = Actor("owner", frozenset({Role.OWNER.value}))
RECIPIENT = Actor("recipient", frozenset({Role.RECIPIENT.value}))
