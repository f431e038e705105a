"""The desk's pages, registered when Django looks for the admin of this application."""

from dsr.desk import (
    act_page,
    calendar,
    case_acts,
    case_page,
    downloads,
    find,
    ledger,
    letters,
    queue,
    restrictions,
    reviews,
    searches,
    staff,
    tray,
    tray_acts,
    typed_in,
)

__all__ = [
    "act_page",
    "calendar",
    "case_acts",
    "case_page",
    "downloads",
    "find",
    "ledger",
    "letters",
    "queue",
    "restrictions",
    "reviews",
    "searches",
    "staff",
    "tray",
    "tray_acts",
    "typed_in",
]
