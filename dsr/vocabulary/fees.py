"""What a fee may rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeeBasis(models.TextChoices):
    """Why a fee may be asked at all; everything else is free. GDPR Art. 12(5)."""

    EXCESSIVE = (
        "excessive",
        _("manifestly unfounded or excessive – Article 12(5)(a)"),
    )
    FURTHER_COPY = "further_copy", _("a further copy of the same – Article 15(3)")
