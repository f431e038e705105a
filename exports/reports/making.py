"""Makes both reports, and notes in the ledger that they were made."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from dsr.controller import current
from dsr.models import DESK, Case, LedgerEntry, Letter
from dsr.policy import check_role
from dsr.vocabulary import Actor, Event, LetterState, Role
from exports.reports.audit import audit
from exports.reports.audit_page import audit_page
from exports.reports.case_file import case_file
from exports.reports.digest import data_digest
from exports.reports.pdf import Inside, make_report
from exports.reports.period import Period

MAY_READ = (Role.AUDITOR.value, Role.DPO.value, Role.SYSTEM.value)


@dataclass(frozen=True, slots=True)
class Made:
    """A report: the same data as PDF and as JSON, and their digest."""

    pdf: bytes
    json: bytes
    digest: str


def zone() -> ZoneInfo:
    """Return the controller's time zone."""
    return ZoneInfo(current().identity.time_zone)


def make_audit(period: Period, *, language: str, by: Actor, at: datetime) -> Made:
    """Make the report on a period; it names no person.

    Raises:
        PolicyError: the actor is neither auditor nor data protection officer.

    """
    check_role(by, *MAY_READ)
    with translation.override(language):
        data = audit(period, current(), at=at)
        digest = data_digest(data)
        html = audit_page(data, _generated(digest, language, at))
    text = _as_json(data, digest, at)
    inside = Inside("report.json", text, "The data of this report")
    made = Made(make_report(html, [inside], at=at), text, digest)
    _note(DESK, "period", made, by=by, at=at)
    return made


def make_bundle(case: Case, *, language: str, by: Actor, at: datetime) -> Made:
    """Make the file of one case, with its letters as they were sent inside.

    Raises:
        PolicyError: the actor is neither auditor nor data protection officer.

    """
    check_role(by, *MAY_READ)
    with translation.override(language):
        data = case_file(case, current())
        digest = data_digest(data)
        html = render_to_string(
            "reports/bundle.html",
            {
                "language": language,
                "data": data,
                "generated": _generated(digest, language, at),
            },
        )
    text = _as_json(data, digest, at)
    inside = [Inside("case.json", text, "The data of this file"), *_letters(case)]
    made = Made(make_report(html, inside, at=at), text, digest)
    _note(case.reference, "case", made, by=by, at=at)
    return made


def _letters(case: Case) -> Iterator[Inside]:
    """Yield each letter that was sent on its letterhead."""
    for letter in Letter.objects.filter(case=case, state=LetterState.SENT):
        if letter.pdf:
            with letter.pdf.open("rb") as file:
                name = f"letter-{letter.pk}.pdf"
                yield Inside(name, file.read(), f"SHA-256 {letter.pdf_sha256}")


def _generated(digest: str, language: str, at: datetime) -> dict[str, str]:
    """Return what a report says of itself; the data are the same in each language."""
    local, one = timezone.localtime(at, zone()), current().identity
    city = f"{one.postal_code} {one.city.to(language)}"
    return {
        "digest": digest,
        "at": local.isoformat(timespec="seconds"),
        "address": f"{one.street.to(language)}, {city}, {one.country.to(language)}",
    }


def _as_json(data: dict[str, Any], digest: str, at: datetime) -> bytes:
    whole = {**data, "generated_at": at.isoformat(), "data_sha256": digest}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


@transaction.atomic
def _note(reference: str, kind: str, made: Made, *, by: Actor, at: datetime) -> None:
    LedgerEntry.objects.append(
        reference, Event.REPORT_MADE, by=by.name, at=at, kind=kind, data=made.digest
    )
