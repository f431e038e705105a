"""Restrictions on the desk: the list of those in force, and the pages of their acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dsr import casework
from dsr.desk.act_forms import reason
from dsr.desk.days import today
from dsr.desk.permissions import CASES, REGISTERS, actor
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.models import RefusedUse, RestrictionMeasure
from dsr.policy import MEASURE_ACTS, PolicyError, check_measure
from dsr.vocabulary import LockKind, MeasureState, UseException


class UseForm(forms.Form):
    """Under which exception restricted data were used, and why."""

    exception = forms.ChoiceField(
        label=_("Which exception? (GDPR Art. 18(2))"),
        widget=forms.RadioSelect,
        choices=UseException.choices,
    )
    why = reason(_("What was done with which data, and why?"))


class ProposeLiftForm(forms.Form):
    """Why the ground has ended."""

    reason = reason(
        _("Why has the ground ended?"),
        _("Stands in the notice to the person, in the language of the case."),
    )


class KeepForm(forms.Form):
    """Why it stays."""

    why = reason(_("Why does the restriction stay?"))


@dataclass(frozen=True, slots=True)
class DeskMeasureAct:
    """What the page of an act asks, does, and says."""

    form: type[forms.Form]
    do: Callable[..., Any]
    says: Promise


ACTS = {
    "note_use": DeskMeasureAct(
        UseForm,
        casework.note_use,
        _("The use is logged; restricted data may be used in these four cases only."),
    ),
    "propose_lift": DeskMeasureAct(
        ProposeLiftForm,
        casework.propose_lift,
        _("A second person has to agree; nothing is lifted yet."),
    ),
    "approve_lift": DeskMeasureAct(
        forms.Form,
        casework.approve_lift,
        _(
            "You agree, and the person is informed by letter. The restriction stays "
            "until the letter has gone out and the wait is over (GDPR Art. 18(3))."
        ),
    ),
    "keep_measure": DeskMeasureAct(
        KeepForm,
        casework.keep_measure,
        _(
            "The restriction stays; a notice that has not gone out is taken back. If "
            "the person was told already, write to them."
        ),
    ),
    "lift_measure": DeskMeasureAct(
        forms.Form,
        casework.lift_measure,
        _(
            "The systems are ordered to lift the marking, and the recipients are to be "
            "told, unless another restriction of the person is in force."
        ),
    ),
}


class StandFilter(admin.SimpleListFilter):
    """In force by default: the list is of what still binds the desk."""

    title = _("Stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer what is beside the default."""
        return [("lifted", _("lifted")), ("all", _("all"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RestrictionMeasure]
    ) -> QuerySet[RestrictionMeasure]:
        """Keep those in force unless others are asked for."""
        if self.value() == "all":
            return queryset
        if self.value() == "lifted":
            return queryset.filter(state=MeasureState.LIFTED)
        return queryset.filter(state__in=MeasureState.IN_FORCE)

    def choices(self, changelist: Any) -> Any:
        """Call the default by its name."""
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("in force"),
        }
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(
                    {self.parameter_name: value}
                ),
                "display": label,
            }


@admin.register(RestrictionMeasure, site=desk)
class RestrictionAdmin(ReadOnlyAdmin[RestrictionMeasure]):
    """The restrictions in force, the oldest first; none may be forgotten."""

    roles = REGISTERS
    list_display = ("reference", "ground", "state", "age", "lift_on", "refused")
    list_display_links = None
    list_filter = (StandFilter, "ground")
    list_select_related = ("ticket__case",)
    ordering = ("begun_at", "pk")

    @admin.display(description=_("Reference"))
    def reference(self, measure: RestrictionMeasure) -> SafeString:
        """Lead to the card of the ticket that began it."""
        url = reverse("admin:dsr_case_change", args=[measure.ticket.case_id])
        return format_html(
            '<a href="{}#measure-{}">{}</a>',
            url,
            measure.pk,
            measure.ticket.case.reference,
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet[RestrictionMeasure]:
        """Count for each what it forbade other programs."""
        of_it = RefusedUse.objects.filter(
            kind=LockKind.RESTRICTION, number=OuterRef("pk")
        )
        counted = of_it.order_by().values("number").annotate(n=Count("pk")).values("n")
        return super().get_queryset(request).annotate(refused=Subquery(counted))

    @admin.display(description=_("Refused uses"))
    def refused(self, measure: Any) -> SafeString | str:
        """Lead to what it forbade other programs."""
        if not measure.refused:
            return "–"
        url = reverse("admin:dsr_refuseduse_changelist")
        link = '<a href="{}?restriction={}">{}</a>'
        return format_html(link, url, measure.pk, measure.refused)

    @admin.display(description=_("Age"), ordering="begun_at")
    def age(self, measure: RestrictionMeasure) -> str:
        """Say for how many days it is, or was, in force."""
        return days_in_words(age_of(measure))


def age_of(measure: RestrictionMeasure) -> int:
    """Return the local calendar days since it began, or until it was lifted."""
    last = measure.lifted_at or today().at
    return (timezone.localdate(last) - timezone.localdate(measure.begun_at)).days


def days_in_words(days: int) -> str:
    """Write a number of days."""
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@desk.page("restriction/<int:pk>/<slug:name>/", name="measure_act", roles=CASES)
def measure_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what the act needs, do it, and go back to the case."""
    measures = RestrictionMeasure.objects.select_related("ticket__case__subject")
    measure = get_object_or_404(measures, pk=pk)
    if name not in ACTS:
        raise Http404
    act, by, now = ACTS[name], actor(request), today()
    bound = request.method == "POST"
    form = act.form(request.POST) if bound else act.form()
    url = reverse("admin:dsr_case_change", args=[measure.ticket.case_id])
    back = f"{url}#measure-{pk}"
    refusal = ""
    try:
        check_measure(name, measure, by=by, at=now.at)
        if bound and form.is_valid():
            act.do(pk, **form.cleaned_data, by=by, at=now.at)
            messages.success(request, str(act.says))
            return redirect(back)
    except PolicyError as error:
        refusal = str(error)
    return desk.render(
        request,
        "measure_act.html",
        title=MEASURE_ACTS[name].label,
        status=409 if refusal else 400 if bound else 200,
        measure=measure,
        case=measure.ticket.case,
        says=act.says,
        form=form,
        refusal=refusal,
        back=back,
    )
