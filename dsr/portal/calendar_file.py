"""A calendar entry for the day by which we must answer (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

FOLD = 73  # octets of one line besides its line end; the standard allows 75


def calendar_file(reference: str, due: date, *, at: datetime) -> str:
    """Return one whole-day entry. It names the reference and nobody."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    summary = _("Last day for the answer to %(reference)s") % {"reference": reference}
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Rightsdesk//Portal//EN",
        "BEGIN:VEVENT",
        f"UID:{reference}@rightsdesk",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(_folded(line) + "\r\n" for line in lines)


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a long line between characters; a continuation begins with a space."""
    parts, part = [], ""
    for sign in line:
        if len((part + sign).encode()) > FOLD:
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])
