"""The cover sheet of a case on paper, to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dsr.desk.permissions import HANDLERS
from dsr.desk.site import desk
from dsr.intake.post.cover_sheet import cover_sheet
from dsr.models import Case
from dsr.policy.checks import local_day


@desk.page("cover/<int:pk>/", name="cover_sheet", roles=HANDLERS, methods=("GET",))
def cover_sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet that leads a paper to this case."""
    case = get_object_or_404(Case, pk=pk)
    pdf = cover_sheet(case.reference, received_on=local_day(case.received_at))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.reference}-cover.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
