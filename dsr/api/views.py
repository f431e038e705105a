"""The interface: tickets and cases to read, cases to open, acts to do."""

from django.db.models import Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request
from rest_framework.response import Response

from dsr import casework
from dsr.api.acts import ACTS, CASE_ACTS, MEASURE_ACTS
from dsr.api.door import ADVISERS, HANDLERS, REGISTERS, Door
from dsr.api.reading import (
    CaseSerializer,
    EnvelopeSerializer,
    RestrictionSerializer,
    TicketSerializer,
    TicketWithActsSerializer,
)
from dsr.api.writing import NewCaseSerializer
from dsr.models import Case, RestrictionMeasure, Ticket
from dsr.policy.health import envelopes_seen
from dsr.policy.seeing import SOME_CASES, cases_seen
from dsr.vocabulary import Actor, RightCode, State


class Filters(serializers.Serializer[None]):
    """By what tickets are filtered; an unknown value is an error, not an empty list."""

    state = serializers.ChoiceField(choices=State.choices, required=False)
    right = serializers.ChoiceField(choices=RightCode.choices, required=False)


class Pages(LimitOffsetPagination):
    """`limit` and `offset`; at most 500 tickets at once."""

    default_limit = 100
    max_limit = 500


class TicketList(Door):
    """Tickets by legal day."""

    roles = REGISTERS

    def get(self, request: Request) -> Response:
        """List tickets, the earliest strict day first."""
        filters = Filters(data=request.query_params)
        filters.is_valid(raise_exception=True)
        tickets = Ticket.objects.by_urgency().select_related("case")
        if "state" in filters.validated_data:
            tickets = tickets.filter(state=filters.validated_data["state"])
        if "right" in filters.validated_data:
            tickets = tickets.filter(right_code=filters.validated_data["right"])
        pages = Pages()
        page = pages.paginate_queryset(tickets, request, view=self)
        return pages.get_paginated_response(TicketSerializer(page, many=True).data)


class CaseList(Door):
    """The way in for another program."""

    roles = HANDLERS

    def post(self, request: Request) -> Response:
        """Open a case (201), through the same verb as every other channel."""
        said = NewCaseSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        by = self.actor()
        case = casework.open_case(said.new_case(), by=by, at=timezone.now())
        shown = case_as_shown(case.reference, by)
        return Response(shown, status=status.HTTP_201_CREATED)


class CaseDetail(Door):
    """One case; to a reviewer, one that is assigned to them."""

    roles = SOME_CASES

    def get(self, request: Request, reference: str) -> Response:
        """Show a case with its tickets and what may be done to each."""
        return Response(case_as_shown(reference, self.actor()))


class TicketAct(Door):
    """An act on a ticket; a medical adviser reads no more of it than its envelope."""

    roles = SOME_CASES | ADVISERS

    def post(self, request: Request, pk: int, act: str) -> Response:
        """Do the act in the caller's name; 409 with the sentence when it may not be."""
        if act not in ACTS:
            raise Http404
        by = self.actor()
        seen = cases_seen(Case.objects.all(), by)
        tickets = Ticket.objects.select_related("case__subject")
        sealed = envelopes_seen(by).values("pk")
        reached = tickets.filter(Q(case__in=seen) | Q(pk__in=sealed))
        ticket = get_object_or_404(reached, pk=pk)
        said = ACTS[act].takes(data=request.data, context={"ticket": ticket})
        said.is_valid(raise_exception=True)
        done = ACTS[act].do(pk, **said.validated_data, by=by, at=timezone.now())
        if not seen.filter(pk=ticket.case_id).exists():
            return Response(EnvelopeSerializer(done).data)
        return Response(TicketWithActsSerializer(done, context={"by": by}).data)


class CaseAct(Door):
    """An act on a case."""

    def post(self, request: Request, reference: str, act: str) -> Response:
        """Do the act in the caller's name, and show the case."""
        if act not in CASE_ACTS:
            raise Http404
        by = self.actor()
        case = get_object_or_404(
            cases_seen(Case.objects.all(), by), reference=reference
        )
        said = CASE_ACTS[act].takes(data=request.data)
        said.is_valid(raise_exception=True)
        CASE_ACTS[act].do(case.pk, **said.validated_data, by=by, at=timezone.now())
        return Response(case_as_shown(reference, by))


class RestrictionAct(Door):
    """An act on a restriction, which may outlive its ticket. GDPR Art. 18."""

    def post(self, request: Request, pk: int, act: str) -> Response:
        """Do the act in the caller's name, and show the restriction."""
        if act not in MEASURE_ACTS:
            raise Http404
        by, measures = self.actor(), RestrictionMeasure.objects.select_related("ticket")
        get_object_or_404(measures, pk=pk)
        said = MEASURE_ACTS[act].takes(data=request.data)
        said.is_valid(raise_exception=True)
        MEASURE_ACTS[act].do(pk, **said.validated_data, by=by, at=timezone.now())
        return Response(
            RestrictionSerializer(measures.get(pk=pk), context={"by": by}).data
        )


def case_as_shown(reference: str, by: Actor) -> object:
    """Return a case as JSON values, or raise Http404."""
    tickets = Prefetch("tickets", Ticket.objects.select_related("case").by_urgency())
    cases = Case.objects.select_related("subject").prefetch_related(tickets)
    case = get_object_or_404(cases_seen(cases, by), reference=reference)
    return CaseSerializer(case, context={"by": by}).data
