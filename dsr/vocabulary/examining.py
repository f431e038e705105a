"""The words of the records that the examination of a request leaves behind."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class CorrectionVerdict(models.TextChoices):
    """What becomes of a datum that the person says is wrong. GDPR Art. 16."""

    CORRECT = "correct", _("correct it")
    SUPPLEMENT = "supplement", _("attach a supplementary statement")
    KEEP = "keep", _("keep it, it is accurate")
    ANNOTATE = "annotate", _("keep it with a note, accuracy cannot be established")

    # The datum stays as it is.
    KEPT = nonmember(("keep", "annotate"))


class ErasureGround(models.TextChoices):
    """Why data are to be erased. GDPR Art. 17(1)(a)-(f)."""

    NO_LONGER_NECESSARY = "no_longer_necessary", _("no longer necessary, (a)")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("consent withdrawn, no other basis, (b)")
    OBJECTION_UPHELD = (
        "objection_upheld",
        _("objection without overriding grounds, (c)"),
    )
    MARKETING_OBJECTION = "marketing_objection", _("objection to direct marketing, (c)")
    UNLAWFUL = "unlawful", _("unlawfully processed, (d)")
    LEGAL_OBLIGATION_TO_ERASE = (
        "legal_obligation_to_erase",
        _("a law obliges us to erase, (e)"),
    )
    CHILD_ISS = "child_iss", _("collected from a child for an online service, (f)")


class ErasureVerdict(models.TextChoices):
    """What becomes of a category of data for which there is a ground."""

    ERASE = "erase", _("erase")
    RETAIN = "retain", _("keep, with restricted access, until a day")


class Claim(models.TextChoices):
    """Whose action may still be brought, by the kind of time limit that it has."""

    CONTRACT = "contract", _("action under the insurance contract")
    LIFE_RESERVE = "life_reserve", _("action concerning the reserve of a life policy")
    DIRECT_ACTION = "direct_action", _("direct action of an injured third party")
    RECOURSE = "recourse", _("our recourse against the insured")
