"""Cases and tickets as the interface shows them; nothing is written through these."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from dsr.models import Case, RestrictionMeasure, Ticket
from dsr.policy import acts, measure_acts
from dsr.policy.acts.act import ActStatus
from dsr.policy.gates import checklist
from dsr.policy.health import health_findings, is_cleared
from dsr.rights import right_of
from dsr.vocabulary import Actor

TICKET = (
    "id",
    "reference",
    "right",
    "article",
    "state",
    "outcome",
    "owner",
    "received_on",
    "due_strict",
    "due",
    "extension_notice_due",
    "extended_at",
    "proposed_outcome",
    "decided_at",
    "replied_at",
    "closed_at",
)
DECISION = ("grounds", "law", "reasons")
ORDER = ("id", "system", "act", "state")
LETTER = ("id", "kind", "ticket", "state", "sent_at", "undelivered_at", "again_of")
NOTICE = ("id", "recipient", "operation", "state")


RESTRICTION = (
    *("id", "ticket", "ground", "state"),
    *("begun_at", "active_at", "notice_sent_at", "lift_on", "lifted_at"),
)


class RestrictionSerializer(serializers.ModelSerializer[RestrictionMeasure]):
    """A restriction with each of its acts: whether it may be done, or why not."""

    acts = serializers.SerializerMethodField()

    class Meta:
        model = RestrictionMeasure
        fields = (*RESTRICTION, "acts")
        read_only_fields = fields

    def get_acts(self, measure: RestrictionMeasure) -> list[dict[str, Any]]:
        """Ask the policy about every act, for the one who reads."""
        by: Actor = self.context["by"]
        return said_of(measure_acts(measure, by=by, at=timezone.now()))


class TicketSerializer(serializers.ModelSerializer[Ticket]):
    """A ticket without anything about the person."""

    reference = serializers.CharField(source="case.reference", read_only=True)
    right = serializers.CharField(source="right_code", read_only=True)
    article = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields: tuple[str, ...] = TICKET
        read_only_fields: tuple[str, ...] = TICKET

    def get_article(self, ticket: Ticket) -> str:
        """Cite the right."""
        return str(right_of(ticket).source)


class TicketWithActsSerializer(TicketSerializer):
    """A ticket with its checks, and each act: whether it may be done, or why not."""

    gates = serializers.SerializerMethodField()
    acts = serializers.SerializerMethodField()
    orders = serializers.SerializerMethodField()
    notices = serializers.SerializerMethodField()
    restrictions = RestrictionSerializer(source="measures", many=True, read_only=True)
    health = serializers.SerializerMethodField()

    class Meta(TicketSerializer.Meta):
        fields = (
            *(*TICKET, *DECISION, "gates", "acts"),
            *("orders", "notices", "restrictions", "health"),
        )
        read_only_fields = fields

    def get_gates(self, ticket: Ticket) -> list[dict[str, Any]]:
        """Return the checklist; an empty answer is still open."""
        return [
            {
                "gate": line.gate,
                "answer": line.answer,
                "note": line.note,
                "by": line.by,
                "may_answer": line.may_answer,
            }
            for line in checklist(ticket)
        ]

    def get_orders(self, ticket: Ticket) -> list[dict[str, Any]]:
        """Return what each system has to do, and whether it has answered."""
        return [dict(one) for one in ticket.orders.values(*ORDER)]

    def get_notices(self, ticket: Ticket) -> list[dict[str, Any]]:
        """Return who is to be told of what, and whether they are."""
        return [dict(one) for one in ticket.notices.values(*NOTICE)]

    def get_health(self, ticket: Ticket) -> dict[str, Any]:
        """Return how much was found for the medical adviser alone."""
        return health_of(ticket)

    def get_acts(self, ticket: Ticket) -> list[dict[str, Any]]:
        """Ask the policy about every act, for the one who reads."""
        by: Actor = self.context["by"]
        return said_of(acts(ticket, by=by, at=timezone.now()))


def said_of(found: list[ActStatus]) -> list[dict[str, Any]]:
    """Return the acts as JSON values."""
    return [
        {"name": act.name, "allowed": act.allowed, "why_not": act.why_not}
        for act in found
    ]


class EnvelopeSerializer(serializers.ModelSerializer[Ticket]):
    """What a medical adviser reads of a ticket: that its envelope was looked at."""

    reference = serializers.CharField(source="case.reference", read_only=True)
    health = serializers.SerializerMethodField()

    class Meta:
        model = Ticket
        fields: tuple[str, ...] = ("id", "reference", "health")
        read_only_fields: tuple[str, ...] = fields

    def get_health(self, ticket: Ticket) -> dict[str, Any]:
        """Return how much there is, and whether an adviser has looked at it."""
        return health_of(ticket)


def health_of(ticket: Ticket) -> dict[str, Any]:
    """Return how many records and fields are data on health; never their values."""
    found = list(health_findings(ticket))
    return {
        "records": sum(one.health_records for one in found),
        "fields": sum(one.health_field_count for one in found),
        "looked_at": bool(found) and is_cleared(ticket),
    }


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case with its tickets, for those who handle cases."""

    name = serializers.CharField(source="subject.name", read_only=True)
    tickets = TicketWithActsSerializer(many=True, read_only=True)
    identifiers = serializers.SerializerMethodField()
    letters = serializers.SerializerMethodField()
    hold = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (
            "reference",
            "channel",
            "received_at",
            "language",
            "name",
            "text",
            "contact_email",
            "contact_confirmed_at",
            "postal_address",
            "agent_name",
            "agent_relation",
            "own_reference",
            "identifiers",
            "letters",
            "hold",
            "tickets",
        )
        read_only_fields = fields

    def get_identifiers(self, case: Case) -> list[dict[str, Any]]:
        """Return by what the person can be found, and what of it is proven."""
        return [
            {
                "id": one.pk,
                "kind": one.kind,
                "value": one.value,
                "verified": one.verified_at is not None,
            }
            for one in case.subject.identifiers.all()
        ]

    def get_letters(self, case: Case) -> list[dict[str, Any]]:
        """Return the letters without their words, and which did not arrive."""
        return [dict(one) for one in case.letters.values(*LETTER)]

    def get_hold(self, case: Case) -> dict[str, Any] | None:
        """Return what keeps the case from deletion, if anything does."""
        hold = case.holds.in_force().first()
        if hold is None:
            return None
        return {
            "reason": hold.reason,
            "review_on": hold.review_on.isoformat(),
            "placed_at": hold.placed_at.isoformat(),
            "placed_by": hold.placed_by,
        }
