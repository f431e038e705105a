"""The plan of an erasure as a page: what would become of each record, and why."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dsr import casework
from dsr.desk.days import today
from dsr.desk.languages import reader_language
from dsr.desk.permissions import CASES
from dsr.desk.planned import PlanView, Wanted, view_of
from dsr.desk.site import desk
from dsr.models import Ticket
from dsr.vocabulary import RightCode
from subjects.systems.base import ReadError
from subjects.systems.register import RegisterError, load_systems
from subjects.systems.shape import DatasetError


@desk.page("erase_plan/<int:pk>/", name="erase_plan", roles=CASES, methods=("GET",))
def erase_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the fate of every record, planned now; nothing is changed."""
    erasures = Ticket.objects.filter(right_code=RightCode.ERASURE)
    ticket = get_object_or_404(erasures.select_related("case__subject"), pk=pk)
    error, shown = "", None
    try:
        shown = _view(ticket, request)
    except (RegisterError, DatasetError, ReadError) as why:
        error = str(why)
    return desk.render(
        request,
        "erase_plan.html",
        title=_("What would become of each record"),
        case=ticket.case,
        ticket=ticket,
        plan=shown,
        error=error,
        unjudged=ticket.erasures.filter(verdict="").exists()
        or not ticket.erasures.exists(),
    )


def _view(ticket: Ticket, request: HttpRequest) -> PlanView:
    systems = load_systems(settings.SYSTEMS_FILE)
    try:
        planned = casework.provisional_plan_of(ticket, systems, today=today().day)
    finally:
        for system in systems:
            system.close()
    asked = request.GET
    wanted = Wanted(
        kind=asked.get("fate", ""),
        collection=asked.get("collection", ""),
        page=asked.get("page", "1"),
    )
    return view_of(planned, systems, wanted, reader_language())
