"""The health envelope: what belongs into it, and that an adviser looked inside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import lock_case, locked, record, record_case
from dsr.models import Document, HealthClearance, Ticket
from dsr.policy import PolicyError, check_role
from dsr.policy.health import findings_digest
from dsr.vocabulary import Actor, Event, Role


@transaction.atomic
def clear_health(ticket_id: int, *, by: Actor, at: datetime) -> Ticket:
    """Note that a medical adviser looked at the health data. GDPR Art. 9."""
    ticket = locked(ticket_id, "clear_health", by=by, at=at)
    clearance = HealthClearance.objects.create(
        ticket=ticket,
        findings=findings_digest(ticket),
        cleared_at=at,
        cleared_by=by.name,
    )
    record(ticket, Event.HEALTH_CLEARED, by=by, at=at, clearance=clearance.pk)
    return ticket


@transaction.atomic
def see_health(case_id: int, *, by: Actor, at: datetime, **what: int) -> None:
    """Note that somebody opened data on health; `what` names it by its number."""
    record_case(lock_case(case_id), Event.HEALTH_SEEN, by=by, at=at, **what)


@transaction.atomic
def seal_document(
    document_id: int, *, is_health: bool, by: Actor, at: datetime
) -> Document:
    """Put a document into the health envelope, or take it out again. GDPR Art. 9."""
    check_role(by, Role.HANDLER)
    cases = Document.objects.values_list("case", flat=True)
    case = lock_case(cases.get(pk=document_id))
    document = Document.objects.select_for_update().get(pk=document_id)
    if document.is_health == is_health:
        raise PolicyError(_("The document is marked so already."))
    document.is_health = is_health
    document.save(update_fields=["is_health"])
    event = Event.DOCUMENT_SEALED if is_health else Event.DOCUMENT_UNSEALED
    record_case(case, event, by=by, at=at, document=document.pk)
    return document
