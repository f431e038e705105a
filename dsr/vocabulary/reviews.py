"""What is said of an automated decision, and of its review. GDPR Art. 22."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DecisionBasis(models.TextChoices):
    """What allowed a machine to decide alone. GDPR Art. 22(2)."""

    CONTRACT = "contract", _("necessary for a contract – Article 22(2)(a)")
    LAW = "law", _("allowed by a law, with its safeguards – Article 22(2)(b)")
    CONSENT = "consent", _("explicit consent – Article 22(2)(c)")
    NONE = "none", _("none of Article 22(2)")


class SpecialBasis(models.TextChoices):
    """What allowed a machine to use data on health and the like. GDPR Art. 22(4)."""

    CONSENT = "consent", _("explicit consent – Article 9(2)(a)")
    PUBLIC_INTEREST = (
        "public_interest",
        _("substantial public interest in a law – Article 9(2)(g)"),
    )
    NONE = "none", _("none of Article 22(4)")


class ReviewResult(models.TextChoices):
    """What a person decided afresh. GDPR Art. 22(3)."""

    OVERTURNED = "overturned", _("overturned")
    CHANGED = "changed", _("changed")
    UPHELD = "upheld", _("upheld")
