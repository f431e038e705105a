"""The Django application `subjects`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubjectsConfig(AppConfig):
    """Names the application in the admin."""

    name = "subjects"
    verbose_name = _("People and their data")
