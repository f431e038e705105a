"""Files that belong to a case, kept as they came."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from dsr.casework.new_case import NewFile
from dsr.casework.ticket_lock import lock_known, record_case
from dsr.models import Case, Document
from dsr.policy import check_role
from dsr.vocabulary import Actor, Event, Role


@transaction.atomic
def add_document(case_id: int, file: NewFile, *, by: Actor, at: datetime) -> Document:
    """Keep a file with the case."""
    check_role(by, Role.HANDLER, Role.SUBJECT, Role.SYSTEM)
    return add_file(lock_known(case_id), file, by=by, at=at)


def add_file(case: Case, file: NewFile, *, by: Actor, at: datetime) -> Document:
    """Keep a file with a case that the caller holds."""
    digest = hashlib.sha256(file.content).hexdigest()
    document = Document.objects.create(
        case=case,
        kind=file.kind,
        file=ContentFile(file.content, name="file"),
        name=file.name[:255],
        content_type=file.content_type[:100],
        size=len(file.content),
        sha256=digest,
        added_at=at,
        added_by=by.name,
    )
    record_case(
        case, Event.CASE_DOCUMENT_ADDED, by=by, at=at, kind=file.kind, sha256=digest
    )
    return document
