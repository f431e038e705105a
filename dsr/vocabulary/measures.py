"""Restriction as a measure: where it stands, why it began, what it still allows."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureState(models.TextChoices):
    """Where a restriction stands; it lives on when its ticket is closed."""

    PROPOSED = "proposed", _("being applied")
    ACTIVE = "active", _("in force")
    LIFT_PROPOSED = "lift_proposed", _("in force, lifting proposed")
    LIFT_NOTICE_SENT = "lift_notice_sent", _("in force, lifting announced")
    LIFTED = "lifted", _("lifted")

    # Until it is lifted the data are only stored; GDPR Art. 18(2).
    IN_FORCE = nonmember(("proposed", "active", "lift_proposed", "lift_notice_sent"))


class RestrictionGround(models.TextChoices):
    """The four grounds of GDPR Art. 18(1); there is no other."""

    ACCURACY_CONTESTED = "accuracy_contested", _("the accuracy is contested (a)")
    UNLAWFUL = "unlawful", _("unlawful, but the person opposes erasure (b)")
    CLAIMS_OF_PERSON = (
        "claims_of_person",
        _("the person needs the data for legal claims (c)"),
    )
    OBJECTION_PENDING = "objection_pending", _("an objection is being weighed (d)")

    # Erasure would take from the person what the restriction keeps; Art. 18(1)(b), (c).
    KEEPS_FROM_ERASURE = nonmember(("unlawful", "claims_of_person"))

    @property
    def article(self) -> str:
        """The place in the law."""
        letters = {
            "accuracy_contested": "a",
            "unlawful": "b",
            "claims_of_person": "c",
            "objection_pending": "d",
        }
        return f"18(1)({letters[self.value]})"


class UseException(models.TextChoices):
    """For what restricted data may be used all the same; GDPR Art. 18(2)."""

    CONSENT = "consent", _("the person's consent")
    LEGAL_CLAIMS = "legal_claims", _("legal claims")
    ANOTHER_PERSON = "another_person", _("the protection of another person's rights")
    PUBLIC_INTEREST = (
        "public_interest",
        _("an important public interest of the Union or a Member State"),
    )


class LockKind(models.TextChoices):
    """What forbids to use a person's data for a purpose."""

    RESTRICTION = "restriction", _("restriction")  # GDPR Art. 18(2)
    OBJECTION = "objection", _("objection")  # GDPR Art. 21(1)
    OPT_OUT = "opt_out", _("objection to advertising")  # GDPR Art. 21(3)
    WITHDRAWN = "withdrawn", _("consent withdrawn")  # GDPR Art. 7(3)


class Weighing(models.TextChoices):
    """What becomes of a use that was objected to; GDPR Art. 21(1)."""

    STOP = "stop", _("stops")
    CONTINUE = "continue", _("goes on: compelling grounds were shown")
