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


class ProofResult(models.TextChoices):
    """What came of asking who somebody is. GDPR Art. 12(6)."""

    SUFFICIENT = "sufficient", _("identity established")
    INSUFFICIENT = "insufficient", _("not sufficient")
    UNANSWERED = "unanswered", _("not established in the end")


class ComplexityFactor(models.TextChoices):
    """Why two further months may be needed. GDPR Art. 12(3); EDPB 01/2022 § 163."""

    AMOUNT = "amount", _("the amount of data")
    STORAGE = "storage", _("how the data are stored: hard to retrieve or to collate")
    REDACTION = "redaction", _("others' data or trade secrets have to be redacted")
    INTELLIGIBLE = "intelligible", _("further work to make the data intelligible")
    NUMBER = "number", _("the number of requests of this person")
