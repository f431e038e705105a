"""The mailboxes that are read: when last, and why not since."""

from django.contrib import admin

from dsr.desk.permissions import ADMINS, CASES
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import Mailbox


@admin.register(Mailbox, site=desk)
class MailboxAdmin(ReadOnlyAdmin[Mailbox]):
    """Every mailbox that is or was configured; whoever runs the desk sees them too."""

    roles = CASES | ADMINS
    list_display = (
        "account", "folder", "checked_at", "unreachable_since", "last_error",
    )  # fmt: skip
    list_display_links = None
    fields = list_display
