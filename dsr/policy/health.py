"""The health envelope: data on health go through the medical adviser alone.

Source: GDPR Art. 9; Belgian Act of 30 July 2018, Art. 9 (the list of those with
access); Belgian Insurance Act, Art. 61 (certificates go to the medical adviser).
"""

import hashlib
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from dsr.models import Document, HealthClearance, SearchTask, Ticket
from dsr.policy.actors import check_role
from dsr.policy.refusal import PolicyError
from dsr.rights import right_of
from dsr.rights.grounds import SILENT
from dsr.vocabulary import Actor, Outcome, Role, State


def opens_envelopes(by: Actor) -> bool:
    """Say whether this actor may see data on health."""
    return Role.MEDICAL_ADVISER in by.roles


def health_findings(ticket: Ticket) -> QuerySet[SearchTask]:
    """Return the searches of a ticket that found data on health."""
    return SearchTask.objects.filter(ticket=ticket).with_health()


def tickets_with_envelope() -> QuerySet[Ticket]:
    """Return the open tickets with a health part: of the findings, or a document."""
    findings = SearchTask.objects.with_health().filter(ticket=OuterRef("pk"))
    sealed = Document.objects.filter(case=OuterRef("case"), is_health=True)
    papers = sealed.exclude(file="")
    open_ones = Ticket.objects.filter(state__in=State.OPEN)
    return open_ones.filter(Exists(findings) | Exists(papers))


def envelopes_seen(by: Actor) -> QuerySet[Ticket]:
    """Return the tickets whose health envelope this actor may open: all, or none."""
    found = tickets_with_envelope()
    return found if opens_envelopes(by) else found.none()


def is_cleared(ticket: Ticket) -> bool:
    """Say whether a medical adviser has looked at the findings as they are now."""
    digest = findings_digest(ticket)
    return HealthClearance.objects.filter(ticket=ticket, findings=digest).exists()


def findings_digest(ticket: Ticket) -> str:
    """Return the digest of all findings that hold data on health."""
    found = health_findings(ticket).order_by("pk").values_list("sha256", flat=True)
    return hashlib.sha256("".join(found).encode()).hexdigest()


def envelope_is_open(ticket: Ticket, by: Actor, at: datetime) -> None:
    """Look at what was found, once. GDPR Art. 9."""
    if not health_findings(ticket).exists():
        raise PolicyError(_("No health data were found; there is nothing to look at."))
    if is_cleared(ticket):
        raise PolicyError(_("The health data were looked at already."))


def health_is_cleared(ticket: Ticket, outcome: str) -> None:
    """Give no data on health that no medical adviser has looked at. GDPR Art. 9."""
    if not right_of(ticket).owes_copy or outcome not in Outcome.CARRIED_OUT:
        return
    if not health_findings(ticket).exists():
        return
    if not is_cleared(ticket):
        raise PolicyError(
            _(
                "Health data were found: a medical adviser has to look at them first, "
                "on the page “Health”; then propose."
            )
        )


def settled_by(search: SearchTask, collection: str, field: str) -> Role:
    """Return which role settles whether a field, or a whole record, is withheld."""
    whole = search.health.get(collection, {}).get("whole", False)
    sealed = search.health_fields(collection)
    is_health = whole or {field, field.partition(".")[0]} & sealed
    return Role.MEDICAL_ADVISER if is_health else Role.HANDLER


def may_withhold(
    search: SearchTask, *, collection: str, field: str, ground: str, by: Actor
) -> None:
    """Let each withhold only what they see; a record with both is taken apart.

    What the law forbids to mention is left out whole, whatever it holds.
    """
    check_role(by, settled_by(search, collection, field))
    mixed = not field and search.health_fields(collection)
    if mixed and ground != SILENT and not opens_envelopes(by):
        raise PolicyError(
            _(
                "This record may hold health data, which the medical adviser settles: "
                "withhold its other fields one by one."
            )
        )
