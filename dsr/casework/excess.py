"""What shows that a request is unfounded or excessive, kept before it is proposed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from dsr.casework.ticket_lock import locked, record
from dsr.controller import current
from dsr.models import AbuseEvidence, EarlierReply, Ticket, UnfoundedEvidence
from dsr.policy import PolicyError
from dsr.policy.checks import long_reason
from dsr.policy.excess import earlier_was_answered
from dsr.vocabulary import Actor, Event


@dataclass(frozen=True, slots=True)
class Abuse:
    """The two parts of an abuse and the facts they are read from. CJEU C-526/24."""

    objective: str
    subjective: str
    given_voluntarily: str
    purpose: str
    time_elapsed: str
    conduct: str
    public_pattern: str = ""


@transaction.atomic
def record_abuse(ticket_id: int, *, abuse: Abuse, by: Actor, at: datetime) -> Ticket:
    """Keep the evidence of an abuse: both its parts, and every factor looked at."""
    ticket = locked(ticket_id, "record_abuse", by=by, at=at)
    long_reason(abuse.objective, _("The objective part"))
    long_reason(abuse.subjective, _("The subjective part"))
    factors = (
        abuse.given_voluntarily,
        abuse.purpose,
        abuse.time_elapsed,
        abuse.conduct,
    )
    if not all(text.strip() for text in factors):
        raise PolicyError(
            _("Say of each factor of C-526/24 what is known, or that nothing is.")
        )
    ticket.examine_excess()
    facts = asdict(abuse) | {"recorded_at": at, "recorded_by": by.name}
    kept, _made = AbuseEvidence.objects.update_or_create(ticket=ticket, defaults=facts)
    record(ticket, Event.ABUSE_RECORDED, by=by, at=at, evidence=kept.pk)
    return ticket


@transaction.atomic
def record_unfounded(ticket_id: int, *, facts: str, by: Actor, at: datetime) -> Ticket:
    """Keep the facts that make a request manifestly unfounded."""
    ticket = locked(ticket_id, "record_unfounded", by=by, at=at)
    long_reason(facts, _("The account of the facts"))
    ticket.examine_excess()
    kept, _made = UnfoundedEvidence.objects.update_or_create(
        ticket=ticket,
        defaults={"facts": facts.strip(), "recorded_at": at, "recorded_by": by.name},
    )
    record(ticket, Event.UNFOUNDED_RECORDED, by=by, at=at, evidence=kept.pk)
    return ticket


@transaction.atomic
def record_repetition(
    ticket_id: int, *, earlier_id: int, scope: str, by: Actor, at: datetime
) -> Ticket:
    """Keep that the same was asked, and answered, before; EDPB 01/2022 §§ 182-187."""
    ticket = locked(ticket_id, "record_repetition", by=by, at=at)
    long_reason(scope, _("The scope of the earlier reply"))
    earlier = Ticket.objects.select_related("case").filter(pk=earlier_id).first()
    if earlier is None:
        raise PolicyError(_("There is no such ticket."))
    earlier_was_answered(ticket, earlier)
    ticket.examine_excess()
    zone = ZoneInfo(current().identity.time_zone)
    replied_at = earlier.replied_at or at
    kept, _made = EarlierReply.objects.update_or_create(
        ticket=ticket,
        earlier=earlier,
        defaults={
            "replied_on": replied_at.astimezone(zone).date(),
            "scope": scope.strip(),
            "recorded_at": at,
            "recorded_by": by.name,
        },
    )
    record(
        ticket,
        Event.REPETITION_RECORDED,
        by=by,
        at=at,
        evidence=kept.pk,
        earlier=earlier.pk,
    )
    return ticket
