"""The nine rights, and how a request under one can end."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class RightCode(models.TextChoices):
    """The nine rights of the privacy policy, one ticket each."""

    ACCESS = "access", _("Access")
    RECTIFICATION = "rectification", _("Rectification")
    ERASURE = "erasure", _("Erasure")
    RESTRICTION = "restriction", _("Restriction of processing")
    OBJECTION = "objection", _("Objection")
    MARKETING_OPT_OUT = "marketing_opt_out", _("Objection to direct marketing")
    AUTOMATED_DECISION_REVIEW = (
        "automated_decision_review",
        _("Review of an automated decision"),
    )
    PORTABILITY = "portability", _("Portability")
    CONSENT_WITHDRAWAL = "consent_withdrawal", _("Withdrawal of consent")


class Outcome(models.TextChoices):
    """How a ticket ended; a field of its own beside the state."""

    GRANTED = "granted", _("granted")
    PARTIAL = "partial", _("partially granted")
    REFUSED = "refused", _("refused")
    NO_DATA = "no_data", _("no data found")
    NOT_IDENTIFIED = "not_identified", _("requester not identified")
    NOT_APPLICABLE = "not_applicable", _("right not applicable")
    FEE = "fee", _("a fee is asked")
    REDIRECTED = "redirected", _("other controller")
    MERGED = "merged", _("merged")
    WITHDRAWN = "withdrawn", _("withdrawn")

    # What a decision may be; the others come about by an act of their own.
    DECIDABLE = nonmember(
        (
            "granted",
            "partial",
            "refused",
            "no_data",
            "not_identified",
            "not_applicable",
            "fee",
        )
    )
    # A second person must agree (four eyes; EDPB CEF 2025).
    FOUR_EYES = nonmember(("partial", "refused", "not_identified", "fee"))
    # Something is carried out before the reply.
    CARRIED_OUT = nonmember(("granted", "partial"))
    # Each must name at least one ground.
    NEEDS_GROUND = nonmember(("partial", "refused", "not_identified", "not_applicable"))
