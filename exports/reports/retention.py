"""What the desk deleted of its own data in a period, and what it still holds."""

from typing import Any

from django.db.models import Sum

from dsr.models import Deletion, Document, DocumentKind, LegalHold, RegisterTotal
from exports.reports.period import Period

TOTAL = (
    *("year", "right_code", "channel", "outcome"),
    *("number", "in_time", "extended"),
)


def retention(period: Period) -> dict[str, Any]:
    """Count what was deleted by tier and kind; identity documents stored must be 0."""
    first, end = period.instants
    deleted = Deletion.objects.filter(deleted_at__gte=first, deleted_at__lt=end)
    rows = deleted.order_by("tier", "kind").values("tier", "kind")
    return {
        "deleted": [
            {"tier": one["tier"], "kind": one["kind"], "count": one["number"]}
            for one in rows.annotate(number=Sum("count"))
        ],
        "identity_documents_stored": Document.objects.filter(
            kind=DocumentKind.PROOF
        ).count(),
        "legal_holds": LegalHold.objects.in_force().count(),
        "register_totals": _totals(first.year, end.year),
    }


def _totals(first: int, last: int) -> list[dict[str, Any]]:
    """Return what is left of the requests of these years that are no longer kept."""
    totals = RegisterTotal.objects.filter(year__gte=first, year__lte=last)
    return list(totals.values(*TOTAL))
