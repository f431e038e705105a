"""Lists of the desk: read by role, never changed through a form of Django's own."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dsr.desk.permissions import CASES, has_role

ModelT = TypeVar("ModelT", bound=Model)
# How the filters of a list ask; to guess at a text letter by letter is none of it.
WAYS_TO_ASK = ("", "exact", "gte", "lt", "isnull")


class ReadOnlyAdmin(admin.ModelAdmin[ModelT]):
    """Rows to look at. Whatever changes one is an act with a page of its own."""

    roles = CASES
    change_list_template = "admin/dsr/change_list.html"
    show_full_result_count = False
    list_per_page = 50
    actions: Any = ()
    date_field = ""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Show the list under the name of what it lists."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description=_("When"))
    def when(self, row: Any) -> str:
        """Write the row's instant on the twenty-four hour clock."""
        instant = timezone.localtime(getattr(row, self.date_field))
        return date_format(instant, "j M Y, H:i")

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Allow what the page's own filters ask; Django allows every field of the row.

        Who reads a register would else learn addresses and letters from counts.
        """
        offered = [
            one if isinstance(one, str) else getattr(one, "parameter_name", "")
            for one in self.get_list_filter(request)
        ]
        name, _sign, way = lookup.partition("__")
        return name in offered and way in WAYS_TO_ASK

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everyone: rows come about by acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everyone: rows change by acts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse everyone: a row leaves by retention, not by a click."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those look who have one of the roles; a superuser has none by that."""
        return has_role(request, self.roles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the module to those who may look."""
        return has_role(request, self.roles)
