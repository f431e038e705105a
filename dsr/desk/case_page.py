"""The case page: one screen with what came, where each ticket stands, what was done."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dsr.desk.cards import card
from dsr.desk.case_forms import MessageForm
from dsr.desk.conditions import annotated
from dsr.desk.days import today
from dsr.desk.languages import reader_language
from dsr.desk.permissions import DPO, HANDLERS, actor, has_role
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.retention import retention
from dsr.desk.site import desk
from dsr.desk.timeline import timeline
from dsr.models import Case, LedgerEntry, Ticket
from dsr.policy.seeing import SOME_CASES, cases_seen

SHORT_LINES = 8  # of a thread or a timeline before it is folded


def find_case(pk: str) -> Case:
    """Return the case with what its page shows, or raise Http404."""
    cases = Case.objects.select_related("subject").prefetch_related(
        "documents",
        "messages",
        "subject__identifiers",
        "arrivals",
        "shared_mails__arrival",
    )
    case = cases.filter(pk=int(pk)).first() if pk.isdecimal() else None
    if case is None:
        raise Http404
    return case


def tickets_of(case: Case) -> list[Ticket]:
    """Return the case's tickets with what their cards show."""
    tickets = annotated(Ticket.objects.filter(case=case), today())
    return list(
        tickets.by_urgency()
        .select_related("balancing", "examination")
        .prefetch_related(
            "corrections",
            "searches__withheld",
            "letters",
            "clock_events",
            "orders",
            "errands__search",
            "errands__order",
            "notices__errands",
            "purpose_checks",
            "gate_answers",
            "information",
            "human_reviews",
            "advice",
            "late_refusals",
            "identity_checks",
            "clarifications",
            "earlier_replies__earlier__case",
            "measures__uses",
            "measures__notice",
            "objected",
        )
    )


@admin.register(Case, site=desk)
class CaseAdmin(ReadOnlyAdmin[Case]):
    """Cases as they came in; the page of one is where the work is done."""

    roles = SOME_CASES
    date_field = "received_at"
    list_display = ("reference", "channel", "when", "person", "language")
    list_filter = ("channel", "language", "received_at")
    list_select_related = ("subject",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Keep the cases that the one who asks may see."""
        return cases_seen(super().get_queryset(request), actor(request))

    @admin.display(description=_("Person"))
    def person(self, case: Case) -> str:
        """Show initials; the name stands on the case page."""
        return case.subject.initials

    @method_decorator(require_safe)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> TemplateResponse:
        """Show the case; its buttons lead to the acts, and change nothing here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        by, now = actor(request), today()
        case = find_case(object_id)
        if not cases_seen(Case.objects.filter(pk=case.pk), by).exists():
            raise PermissionDenied
        tickets = tickets_of(case)
        for ticket in tickets:
            ticket.case = case
        lines = LedgerEntry.objects.filter(reference=case.reference)
        return desk.render(
            request,
            "case.html",
            title=case.reference,
            case=case,
            cards=[card(ticket, by=by, now=now, tickets=tickets) for ticket in tickets],
            letters=list(case.letters.filter(ticket=None)),
            messages_of_case=list(case.messages.all()),
            timeline=timeline(reversed(lines)),
            short_lines=SHORT_LINES,
            message_form=MessageForm(),
            is_handler=has_role(request, HANDLERS),
            retention=retention(case, language=reader_language()),
            is_dpo=has_role(request, DPO),
        )
