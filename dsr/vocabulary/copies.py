"""What goes with a copy: the information of Art. 15, and a direct transfer."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class InfoItem(models.TextChoices):
    """What a person who asks for access is told. GDPR Art. 15(1)(a)-(h), (2), (3)."""

    PURPOSES = "purposes", _("purposes")
    CATEGORIES = "categories", _("categories of data")
    RECIPIENTS = "recipients", _("recipients, by name")
    RETENTION = "retention", _("storage periods")
    RIGHTS = "rights", _("the other rights")
    COMPLAINT = "complaint", _("complaint to an authority")
    SOURCES = "sources", _("sources of the data")
    AUTOMATED = "automated", _("automated decisions")
    TRANSFERS = "transfers", _("transfers and their safeguards")
    COPY = "copy", _("copy of the data")

    # Owed to everyone of whom there are data; there is no case without them.
    ALWAYS_GIVEN = nonmember(("rights", "complaint", "copy"))


class InfoState(models.TextChoices):
    """What was decided on one item."""

    OPEN = "open", _("not answered yet")
    GIVEN = "given", _("given")
    NOT_APPLICABLE = "not_applicable", _("not applicable")
    REFUSED = "refused", _("refused")

    LEFT_OUT = nonmember(("not_applicable", "refused"))
    ANSWERS = nonmember(("given", "not_applicable", "refused"))


class LeftBehind(models.TextChoices):
    """Why a field is not taken along. GDPR Art. 20(1); WP242 rev.01."""

    DERIVED = "derived", _("derived by us, not provided")
    OTHER_BASIS = "other_basis", _("on another basis than consent or contract")
    NOT_DESCRIBED = "not_described", _("not known to come from the person")


class TransferState(models.TextChoices):
    """Where a direct transfer to another controller stands. GDPR Art. 20(2)."""

    ASKED = "asked", _("asked for")
    ACCEPTED = "accepted", _("accepted by the receiver")
    DONE = "done", _("transferred")
    INFEASIBLE = "infeasible", _("not technically feasible")

    STILL_OPEN = nonmember(("asked", "accepted"))
