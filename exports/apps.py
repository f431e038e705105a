"""The Django application `exports`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """Names the application in the admin."""

    name = "exports"
    verbose_name = _("What goes out")
