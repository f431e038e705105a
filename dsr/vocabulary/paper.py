"""What becomes of a letter on paper that was scanned."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanResult(models.TextChoices):
    """What an officer made of a scan."""

    OPENED = "opened", _("opened a case")
    JOINED = "joined", _("joined a case")
    NOTHING = "nothing", _("no request")


class NoRequest(models.TextChoices):
    """Why a scanned letter is none of the desk's business."""

    OTHER_MATTER = (
        "other_matter",
        _("Another matter: the paper goes to the department that handles it."),
    )
    ADVERTISING = "advertising", _("Advertising, or a letter to everybody.")
    BAD_SCAN = "bad_scan", _("A bad scan: the letter is scanned again.")
