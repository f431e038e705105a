"""The letter beside its form: rendered by the server, with no script of its own."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_sameorigin

from dsr.desk.letter_forms import PartsForm
from dsr.desk.permissions import CASES
from dsr.desk.site import desk
from dsr.letters.catalogue import CATALOGUE
from dsr.letters.previewing import preview_with
from dsr.models import Letter
from dsr.vocabulary import LetterState

# The page holds what strangers wrote: it may fetch nothing, send nothing, run
# nothing. Only our own desk may frame it.
POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "form-action": [NONE],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-same-origin"],
}


def find_letter(pk: int | str) -> Letter:
    """Return a letter with its case, or raise Http404."""
    if not str(pk).isdecimal():
        raise Http404
    letters = Letter.objects.select_related("case__subject", "ticket")
    return get_object_or_404(letters, pk=pk)


@desk.page("letter/<int:pk>/preview/", name="letter_preview", roles=CASES)
@xframe_options_sameorigin
@csp_replace(POLICY)  # type: ignore[arg-type]  # its types know no view with a key
def letter_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft as it would go out, with the texts typed so far; save nothing."""
    letter = find_letter(pk)
    if letter.state != LetterState.DRAFT or not CATALOGUE[letter.kind].has_pdf:
        raise Http404
    known = PartsForm(letter=letter).fields
    typed = {name: request.POST[name] for name in known if name in request.POST}
    preview = preview_with(letter, typed)
    marks = render_to_string("admin/desk/letter_marks.html", {"preview": preview})
    html = preview.html.replace("</head>", f"{marks}</head>", 1)
    response = HttpResponse(html)
    response["Cache-Control"] = "private, no-store"
    return response
