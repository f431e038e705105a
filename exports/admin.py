"""Packages and reports at the desk: what went out, and the two reports to order."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dsr import casework
from dsr.desk.permissions import CASES, REGISTERS, actor
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import Case
from dsr.policy.health import health_findings, opens_envelopes
from dsr.vocabulary import Role
from exports.delivery import file_name
from exports.models import Package
from exports.reports.making import Made, make_audit, make_bundle, zone
from exports.reports.period import Period

MAY_ORDER = frozenset({Role.AUDITOR.value, Role.DPO.value})
TYPES = {"pdf": "application/pdf", "json": "application/json"}
FORMATS = (
    ("pdf", gettext_lazy("PDF, with the data inside")),
    ("json", gettext_lazy("only the data (JSON)")),
)


@admin.register(Package, site=desk)
class PackageAdmin(ReadOnlyAdmin[Package]):
    """The packages that were made; one is opened from its case, while it is current."""

    roles = REGISTERS
    list_display = ("ticket", "state", "built_at", "size", "fetches", "last_error")
    list_filter = ("state",)
    list_select_related = ("ticket__case",)
    search_fields = ("ticket__case__reference",)
    fields = (
        "ticket", "state", "proposed_at", "built_at", "kept_days", "size", "sha256",
        "fetches", "last_error", "manifest",
    )  # fmt: skip


@desk.page("package/<int:ticket_id>/", name="open_package", roles=CASES)
def open_package(request: HttpRequest, ticket_id: int) -> HttpResponseBase:
    """Show what a package holds, and hand it out; the ledger says who looked."""
    packages = Package.objects.select_related("ticket__case")
    found = get_object_or_404(packages, ticket_id=ticket_id)
    back = reverse("admin:dsr_case_change", args=[found.ticket.case_id])
    if not found.is_current or not found.is_on_disk or not found.is_its_own:
        messages.error(request, _("There is no package of this proposal any more."))
        return redirect(back)
    sealed = health_findings(found.ticket).exists()
    may_open = not sealed or opens_envelopes(actor(request))
    if request.method != "POST" or not may_open:
        title = _("The package of %(ticket)s") % {"ticket": found.ticket}
        return desk.render(
            request,
            "package.html",
            title=title,
            status=200 if request.method != "POST" else 403,
            package=found,
            may_open=may_open,
            back=back,
        )
    casework.package_opened(
        ticket_id, sha256=found.sha256, by=actor(request), at=timezone.now()
    )
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=file_name(found),
        content_type="application/zip",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


class ReportForm(forms.Form):
    """What both reports ask: the language, and as what it is wanted."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES
    )
    wanted = forms.ChoiceField(
        label=gettext_lazy("As"), choices=FORMATS, widget=forms.RadioSelect
    )


class PeriodForm(ReportForm):
    """The days of a period report."""

    field_order = ("first", "last", "language", "wanted")
    first = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_last(self) -> date:
        """Refuse a period that ends before it begins."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data["last"]
        if first and last < first:
            raise forms.ValidationError(
                _("The last day lies before the first; exchange them.")
            )
        found: date = last
        return found


class CaseForm(ReportForm):
    """The case whose file is wanted."""

    field_order = ("reference", "language", "wanted")
    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"), max_length=20
    )

    def clean_reference(self) -> Case:
        """Return the case of this reference."""
        reference = self.cleaned_data["reference"].strip().upper()
        case = Case.objects.filter(reference=reference).first()
        if case is None:
            raise forms.ValidationError(
                _("There is no case %(reference)s; look it up in the queue."),
                params={"reference": reference},
            )
        return case


@desk.page(
    "reports/period/",
    name="period_report",
    roles=MAY_ORDER,
    nav=gettext_lazy("Period report"),
)
def period_report(request: HttpRequest) -> HttpResponse:
    """Make the report on a period, for an auditor or the officer."""
    today = timezone.localdate(timezone=zone())
    initial = {"first": today.replace(day=1), "last": today, **_usual()}
    form = PeriodForm(request.POST or None, initial=initial)
    if form.is_valid():
        asked, now = form.cleaned_data, timezone.now()
        period = Period(asked["first"], asked["last"], zone())
        made = make_audit(period, language=asked["language"], by=actor(request), at=now)
        name = f"period-{period.first}-{period.last}"
        return _download(made, name, asked["wanted"])
    says = _("Figures of the period, for the file of the audit. It names no person.")
    return _page(request, _("Make the period report"), form, says)


@desk.page(
    "reports/case/",
    name="case_report",
    roles=MAY_ORDER,
    nav=gettext_lazy("Case file"),
)
def case_report(request: HttpRequest) -> HttpResponse:
    """Make the file of one case, for an auditor or the officer."""
    initial = {"reference": request.GET.get("reference", ""), **_usual()}
    form = CaseForm(request.POST or None, initial=initial)
    if form.is_valid():
        asked, now = form.cleaned_data, timezone.now()
        case = asked["reference"]
        made = make_bundle(case, language=asked["language"], by=actor(request), at=now)
        return _download(made, f"case-{case.reference}", asked["wanted"])
    says = _("Everything on record about one case. It holds personal data.")
    return _page(request, _("Make the case file"), form, says)


def _page(
    request: HttpRequest, title: str, form: forms.Form, says: str
) -> HttpResponse:
    back = reverse("admin:index")
    return desk.render(
        request, "form.html", title=title, form=form, says=says, back=back
    )


def _usual() -> dict[str, str]:
    return {"language": (get_language() or "en").split("-")[0], "wanted": "pdf"}


def _download(made: Made, name: str, wanted: str) -> HttpResponse:
    content = made.pdf if wanted == "pdf" else made.json
    response = HttpResponse(content, content_type=TYPES[wanted])
    response["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
