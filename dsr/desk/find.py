"""Finds a case by its exact reference, or a person by exactly what names them.

The search is posted, so that an e-mail address never stands in a URL or a log.
"""

from functools import reduce
from operator import or_

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dsr.desk.permissions import CASES, REGISTERS, has_role
from dsr.desk.site import desk
from dsr.models import Case
from dsr.reference import find_references
from dsr.vocabulary import IdentifierKind
from subjects.models import Identifier, normal

MOST_PERSONS = 50  # in one URL


def cases_found(term: str, *, by_person: bool) -> QuerySet[Case]:
    """Return the cases a term names exactly; persons only for who may see them."""
    references = find_references(term)
    if references or not by_person:
        return Case.objects.filter(reference__in=references)
    said = [Q(kind=kind, normalized=normal(kind, term)) for kind in IdentifierKind]
    known = Identifier.objects.filter(reduce(or_, said))
    reached = Case.objects.of_contact(term) if "@" in term else Case.objects.none()
    return Case.objects.filter(
        Q(subject__in=known.values("subject")) | Q(pk__in=reached.values("pk"))
    )


@desk.page("find/", name="find", roles=REGISTERS, methods=("POST",))
def find(request: HttpRequest) -> HttpResponse:
    """Lead to the case, to a list of tickets, or say that nothing is known."""
    term = request.POST.get("term", "").replace("\0", "").strip()
    sees_cases = has_role(request, CASES)
    cases = list(cases_found(term, by_person=sees_cases)[:MOST_PERSONS]) if term else []
    if len(cases) == 1 and sees_cases:
        return redirect("admin:dsr_case_change", cases[0].pk)
    queue = reverse("admin:dsr_ticket_changelist")
    if cases:
        persons = ",".join(str(pk) for pk in sorted({c.subject_id for c in cases}))
        return redirect(f"{queue}?group=all&person={persons}")
    messages.warning(
        request,
        _(
            "Nothing is known under exactly that. A reference, an e-mail address or a "
            "number is found only when it is complete."
        ),
    )
    return redirect(queue)
