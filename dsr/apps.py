"""The Django application `dsr`."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from dsr.controller import current


class DsrConfig(AppConfig):
    """Names the application in the admin."""

    name = "dsr"
    verbose_name = _("Requests")

    def ready(self) -> None:
        """Register the nine tickets, and refuse to start with an unusable policy."""
        import_module("dsr.rights")
        current()
