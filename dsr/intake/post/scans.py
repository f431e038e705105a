"""Scanned letters: kept when they are added, gone once an officer has settled them.

The row lives only while the scan waits; what became of it stands in the ledger. Its
file then lies with a case, as it was scanned, or is deleted: the paper is there.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dsr import casework
from dsr.casework import NewCase, NewFile
from dsr.intake.desk_mails import alert_about_paper
from dsr.intake.post.proposal import seems_urgent
from dsr.intake.post.reading import read_scan
from dsr.models import DESK, Case, DeskMail, Document, DocumentKind, LedgerEntry, Scan
from dsr.policy import PolicyError, check_role
from dsr.vocabulary import (
    SUBJECT,
    SYSTEM,
    Actor,
    Channel,
    Event,
    NoRequest,
    Role,
    ScanResult,
)

# The words of a mandate or a proof of identity are not the person's message.
WORDS_COUNT = (DocumentKind.ORIGINAL, DocumentKind.ATTACHMENT)


def add_scan(
    content: bytes, *, name: str, content_type: str, by: Actor, at: datetime
) -> Scan:
    """Read a scanned letter, and keep it until it is settled.

    Raises:
        PolicyError: these very bytes wait already, or lie with a case.

    """
    check_role(by, Role.HANDLER)
    digest = hashlib.sha256(content).hexdigest()
    _not_known(digest)
    read = read_scan(content, content_type)  # takes seconds: before the transaction
    urgent = seems_urgent(read.text)
    try:
        with transaction.atomic():
            scan = Scan.objects.create(
                sha256=digest,
                file=ContentFile(content, name="scan"),
                name=name[:255],
                content_type=content_type[:100],
                text=read.text,
                problem=read.problem[:250],
                references=list(read.references),
                is_urgent=urgent,
                added_at=at,
                added_by=by.name,
            )
            _note(Event.SCAN_ADDED, scan, by=by, at=at, sha256=digest)
            if urgent:
                alert_about_paper(scan=scan, case=None, at=at)
    except IntegrityError:  # added twice at once
        _not_known(digest)
        raise
    return scan


def _not_known(digest: str) -> None:
    document = Document.objects.filter(sha256=digest).select_related("case").first()
    if document is not None:
        raise PolicyError(
            _("This very scan lies with %(case)s already.") % {"case": document.case}
        )
    if Scan.objects.filter(sha256=digest).exists():
        raise PolicyError(_("This very scan waits below already; settle it there."))


@transaction.atomic
def open_from_scan(scan_id: int, new: NewCase, *, by: Actor, at: datetime) -> Case:
    """Open a case from a scanned letter; the scan is the request as it came."""
    scan = _locked(scan_id, by=by)
    files = [*new.files, _file(scan, DocumentKind.ORIGINAL)]
    case = casework.open_case(replace(new, files=files), by=by, at=at)
    _alert_if_typed(scan, case, new.text, at=at)
    _settled(scan, ScanResult.OPENED, case=case, by=by, at=at)
    return case


@transaction.atomic
def open_from_words(new: NewCase, *, by: Actor, at: datetime) -> Case:
    """Open a case that was typed in; if an authority wrote the letter, alert."""
    case = casework.open_case(new, by=by, at=at)
    if new.channel == Channel.POST and seems_urgent(new.text):
        alert_about_paper(scan=None, case=case, at=at)
    return case


@transaction.atomic
def join_from_scan(
    scan_id: int,
    *,
    reference: str,
    kind: str,
    received_at: datetime,
    text: str = "",
    rights: Sequence[str] = (),
    by: Actor,
    at: datetime,
) -> Case:
    """Add a scanned letter to its case; a right asked for newly gets its own clock.

    `kind` says what the paper is (`DocumentKind`); `text` joins the thread.
    """
    scan = _locked(scan_id, by=by)
    case = Case.objects.filter(reference=reference.strip().upper()).first()
    if case is None:
        raise PolicyError(_("There is no case with this reference."))
    if text.strip() and kind in WORDS_COUNT:
        words = text.strip()[: casework.LONGEST_MESSAGE]
        casework.write_message(case.pk, text=words, by=SUBJECT, at=at)
    casework.add_document(case.pk, _file(scan, kind), by=by, at=at)
    for right in rights:
        casework.add_right(
            case.pk, right_code=right, received_at=received_at, by=SYSTEM, at=at
        )
    _alert_if_typed(scan, case, text, at=at)
    _settled(scan, ScanResult.JOINED, case=case, by=by, at=at)
    return case


@transaction.atomic
def discard_scan(scan_id: int, *, why: str, by: Actor, at: datetime) -> None:
    """Delete a scan that is no request; the ledger keeps why (`NoRequest`)."""
    scan = _locked(scan_id, by=by)
    if why not in NoRequest:
        raise PolicyError(_("Say why the letter is no request."))
    _settled(scan, ScanResult.NOTHING, case=None, by=by, at=at, why=why)


def _locked(scan_id: int, *, by: Actor) -> Scan:
    check_role(by, Role.HANDLER)
    scan = Scan.objects.select_for_update().filter(pk=scan_id).first()
    if scan is None:
        raise PolicyError(_("This scan has been settled already."))
    return scan


def _file(scan: Scan, kind: str) -> NewFile:
    with scan.file.open("rb") as stored:
        return NewFile(kind, scan.name, scan.content_type, stored.read())


def _alert_if_typed(scan: Scan, case: Case, text: str, *, at: datetime) -> None:
    """Alert about what an officer typed where the scan itself could not be read."""
    if not scan.is_urgent and seems_urgent(text):
        alert_about_paper(scan=None, case=case, at=at)


def _settled(
    scan: Scan,
    result: ScanResult,
    *,
    case: Case | None,
    by: Actor,
    at: datetime,
    **facts: str,
) -> None:
    """Say in the ledger what became of the scan; its own copy of the file goes.

    An alert about it leads to its case from now on, and is deleted with that.
    """
    alerts = DeskMail.objects.filter(scan=scan)
    if case is None:
        alerts.exclude(sent_at=None).delete()
    alerts.update(scan=None, case=case)
    _note(
        Event.SCAN_SETTLED,
        scan,
        reference=case.reference if case else DESK,
        by=by,
        at=at,
        result=str(result),
        **facts,
    )
    name, storage = scan.file.name or "", scan.file.storage
    scan.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _note(
    event: Event,
    scan: Scan,
    *,
    reference: str = DESK,
    by: Actor,
    at: datetime,
    **facts: str,
) -> None:
    LedgerEntry.objects.append(
        reference, event, by=by.name, at=at, scan=scan.pk, **facts
    )
