"""What other programs were refused, because the data are locked. GDPR Art. 18(2)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dsr.desk.permissions import REGISTERS
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import RefusedUse
from dsr.vocabulary import LockKind

TOO_LONG = 19  # digits: more than the number of any row


class RestrictionFilter(admin.SimpleListFilter):
    """One restriction, by its number; chosen through the list of restrictions."""

    title = _("restriction")
    parameter_name = "restriction"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the one whose link was followed, and nothing else."""
        chosen = request.GET.get(self.parameter_name)
        return [(chosen, gettext("of one restriction"))] if chosen else []

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RefusedUse]
    ) -> QuerySet[RefusedUse]:
        """Keep what this restriction forbade."""
        number = self.value()
        if number is None:
            return queryset
        if not number.isdecimal() or len(number) >= TOO_LONG:
            return queryset.none()
        return queryset.filter(kind=LockKind.RESTRICTION, number=int(number))


@admin.register(RefusedUse, site=desk)
class RefusedUseAdmin(ReadOnlyAdmin[RefusedUse]):
    """The refused uses, the latest first; they name no person."""

    roles = REGISTERS
    date_field = "asked_at"
    list_display = ("when", "asked_by", "purpose", "exception", "kind", "number")
    list_display_links = None
    list_filter = ("kind", RestrictionFilter)
