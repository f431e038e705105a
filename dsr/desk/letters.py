"""Letters: the register of all, and the page where one is read, completed, approved."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dsr import casework
from dsr.desk.days import today
from dsr.desk.letter_acts import ACTS, LetterAct
from dsr.desk.letter_forms import PartsForm
from dsr.desk.letter_preview import find_letter
from dsr.desk.permissions import CASES, REGISTERS, actor, has_role
from dsr.desk.read_only import ReadOnlyAdmin
from dsr.desk.site import desk
from dsr.letters.catalogue import CATALOGUE
from dsr.letters.fixing import preview
from dsr.letters.previewing import preview_with
from dsr.models import Letter
from dsr.policy import PolicyError
from dsr.vocabulary import LetterState


class WayFilter(admin.SimpleListFilter):
    """Keeps the letters to carry to the post, or those that did not arrive."""

    title = _("way")
    parameter_name = "way"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer the two choices."""
        return [
            ("to_post", str(_("letters to post"))),
            ("returned", str(_("letters that did not arrive"))),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep what was chosen."""
        chosen = {"to_post": queryset.to_post, "returned": queryset.returned}
        keep = chosen.get(str(self.value()))
        return keep() if keep else queryset


@admin.register(Letter, site=desk)
class LetterAdmin(ReadOnlyAdmin[Letter]):
    """Every letter with its facts; auditors read these, not the letters."""

    roles = REGISTERS
    date_field = "created_at"
    list_display = (
        "when",
        "reference",
        "what",
        "language",
        "way",
        "state",
        "sent",
        "proof",
    )
    list_display_links = None
    list_filter = ("state", WayFilter, "kind", "language", "created_at")
    list_select_related = ("case",)
    ordering = ("-created_at", "-pk")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Link the letter for those who may read it."""
        second = "opened" if has_role(request, CASES) else "what"
        return tuple(second if x == "what" else x for x in self.list_display)

    @admin.display(description=_("Reference"))
    def reference(self, letter: Letter) -> str:
        """Name the case."""
        return letter.case.reference

    @admin.display(description=_("Letter"))
    def what(self, letter: Letter) -> str:
        """Name the kind of letter."""
        return letter.get_kind_display()

    @admin.display(description=_("Letter"))
    def opened(self, letter: Letter) -> SafeString:
        """Name the kind of letter, and lead to its page."""
        url = reverse("admin:dsr_letter_change", args=[letter.pk])
        return format_html('<a href="{}">{}</a>', url, letter.get_kind_display())

    @admin.display(description=_("Sent"))
    def sent(self, letter: Letter) -> str:
        """Write when it went out."""
        if letter.sent_at is None:
            return "–"
        return date_format(timezone.localtime(letter.sent_at), "j M Y, H:i")

    @admin.display(description=_("By"))
    def way(self, letter: Letter) -> Promise:
        """Say whether it goes by mail or by post."""
        return _("e-mail") if letter.to_email else _("post")

    @method_decorator(require_safe)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the letter with what can be done to it."""
        if not has_role(request, CASES):
            raise PermissionDenied
        letter = find_letter(object_id)
        return desk.render(
            request,
            "letter.html",
            title=letter.get_kind_display(),
            letter=letter,
            case=letter.case,
            parts=PartsForm(letter=letter).said(),
            has_pdf=CATALOGUE[letter.kind].has_pdf,
            late=_late(letter),
            acts=[(name, act) for name, act in ACTS.items() if act.fits(letter)],
            back=reverse("admin:dsr_case_change", args=[letter.case_id]),
        )


def _late(letter: Letter) -> dict[str, Any]:
    """Return by when an unsent letter has to leave, and whether that day has passed."""
    bound = casework.bound_of_letter(letter)
    if bound is None or letter.state in (LetterState.SENT, LetterState.CANCELLED):
        return {}
    missed = bound.is_missed(today().at)
    return {"leave_by": bound.leave_by, "sentence": bound.sentence() if missed else ""}


def pdf_of(letter: Letter) -> bytes | None:
    """Return the PDF as sent; of a draft, as it would go out; None if there is none."""
    if not letter.pdf:
        return preview(letter)
    with letter.pdf.open("rb") as pdf:
        content: bytes = pdf.read()
    return content


@desk.page("letter/<int:pk>/pdf/", name="letter_pdf", roles=CASES, methods=("GET",))
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the letter as PDF: as sent, or a draft as it would go out now."""
    letter = find_letter(pk)
    pdf = pdf_of(letter)
    if pdf is None:
        raise Http404
    name = f"{letter.case.reference}-{letter.pk}.pdf"
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@desk.page("letter/<int:pk>/<slug:name>/", name="letter_act", roles=CASES)
def letter_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask what the act needs, then do it in the officer's name."""
    letter = find_letter(pk)
    if name not in ACTS:
        raise Http404
    act = ACTS[name]
    bound = request.method == "POST"
    form = act.form(request.POST if bound else None, letter=letter)
    back = reverse("admin:dsr_letter_change", args=[pk])
    refusal = ""
    if form.is_valid():
        try:
            act.do(pk, **form.cleaned_data, by=actor(request), at=today().at)
            messages.success(request, str(act.said))
            return redirect(back)
        except PolicyError as error:
            refusal = str(error)
    return desk.render(
        request,
        "letter_form.html",
        title=act.label,
        status=409 if refusal else 400 if bound else 200,
        case=letter.case,
        letter=letter,
        says=act.says,
        form=form,
        refusal=refusal,
        back=back,
        act_name=name,
        **_beside(act, letter),
    )


def _beside(act: LetterAct, letter: Letter) -> dict[str, Any]:
    """Return what stands beside the form: the letter, and what the law wants in it."""
    entry = CATALOGUE[letter.kind]
    if not act.beside or not entry.has_pdf or letter.state != LetterState.DRAFT:
        return {}
    return {"beside": True, "preview": preview_with(letter, {}), "law": entry.source}
