"""The ledger as a register: to read, to filter, never to change."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dsr.desk.permissions import REGISTERS
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.desk.timeline import facts_in_words
from dsr.models import LedgerEntry


@admin.register(LedgerEntry, site=desk)
class LedgerEntryAdmin(ReadOnlyAdmin[LedgerEntry]):
    """Every line, the newest first. A reference is typed whole: it is no person."""

    roles = REGISTERS
    date_field = "at"
    list_display = ("when", "reference", "number", "what", "by", "said", "short_digest")
    list_display_links = None
    list_filter = ("at", "event")
    search_fields = ("=reference",)
    ordering = ("-at", "-pk")
    list_per_page = 100

    @admin.display(description=_("What happened"), ordering="event")
    def what(self, entry: LedgerEntry) -> str:
        """Say what happened."""
        return entry.get_event_display()

    @admin.display(description=_("Facts"))
    def said(self, entry: LedgerEntry) -> str:
        """Say with which facts."""
        return facts_in_words(entry.facts)

    @admin.display(description=_("Digest"))
    def short_digest(self, entry: LedgerEntry) -> SafeString:
        """Show how the line's digest begins."""
        return format_html("<code>{}</code>", entry.digest[:12])
