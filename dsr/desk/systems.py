"""The systems that are searched: what is listed, whether it answers, what it misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dsr.desk.permissions import ADMINS, CASES
from dsr.desk.site import desk
from dsr.letters.system_titles import system_title
from dsr.vocabulary import OrderAct
from subjects.systems.base import System
from subjects.systems.describing.check import Remark, check_graph, check_system, plan_of
from subjects.systems.describing.picture import draw
from subjects.systems.describing.trial import Tried, dry_run
from subjects.systems.people import PEOPLE
from subjects.systems.register import RegisterError, load_systems
from subjects.systems.shape import DatasetError

ROLES = CASES | ADMINS


@dataclass(frozen=True, slots=True)
class SystemRow:
    """A listed system as the page shows it."""

    key: str
    title: str
    kind: str
    owner: str
    collections: int
    acts: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a test of one system showed; `tried` only of a dry run."""

    title: str
    asks_owner: str  # who is asked instead, where only people can look
    errors: list[Remark]
    doubts: list[Remark]
    tried: list[Tried]


@desk.page(
    "systems/",
    name="systems",
    roles=ROLES,
    methods=("GET",),
    nav=gettext_lazy("Systems"),
)
def systems(request: HttpRequest) -> HttpResponse:
    """List the systems, with what no search would reach."""
    return _page(request, [])


@desk.page("systems/try/", name="try_systems", roles=ROLES, methods=("GET", "POST"))
def try_systems(request: HttpRequest) -> HttpResponse:
    """Test one system, or all: whether it answers, and each question of a search."""
    if request.method != "POST":
        return redirect("admin:systems")
    try:
        listed = _listed()
        asked = request.POST.get("system", "")
        chosen = [one for one in listed if asked in ("", one.key)]
        if not chosen:
            messages.error(request, _("This system is not in the list any more."))
            return redirect("admin:systems")
        runs = request.POST.get("what") == "dry_run"
        trials = [_trial(one, listed if runs else ()) for one in chosen]
    except (RegisterError, DatasetError):
        trials = []  # the page says what is wrong with the list
    return _page(request, trials)


@desk.page("systems/graph.svg", name="systems_graph", roles=ROLES, methods=("GET",))
def graph(request: HttpRequest) -> HttpResponse:
    """Draw how a search goes; nothing of anybody is in it."""
    try:
        picture = draw(plan_of(_listed()))
    except (RegisterError, DatasetError) as error:
        return HttpResponse(str(error), status=409, content_type="text/plain")
    return HttpResponse(picture, content_type="image/svg+xml")


def _listed() -> Sequence[System]:
    return load_systems(Path(settings.SYSTEMS_FILE))


def _page(request: HttpRequest, trials: list[Trial]) -> HttpResponse:
    error, rows, remarks = "", [], []
    try:
        listed = _listed()
        rows = [_row(one) for one in listed]
        remarks = list(check_graph(listed))
    except (RegisterError, DatasetError) as wrong:
        error = str(wrong)
    return desk.render(
        request,
        "systems.html",
        title=_("Systems"),
        rows=rows,
        error=error,
        mismatches=[one for one in remarks if one.is_error],
        unreached=[one for one in remarks if not one.is_error],
        trials=trials,
    )


def _row(system: System) -> SystemRow:
    acts = [OrderAct(act).label for act in OrderAct.values if act in system.acts]
    return SystemRow(
        key=system.key,
        title=_title(system),
        kind=system.kind,
        owner=system.owner,
        collections=sum(len(one.collections) for one in system.datasets),
        acts=", ".join(str(label) for label in acts),
    )


def _title(system: System) -> str:
    return system_title(system.key, get_language() or "en")


def _trial(system: System, for_run: Sequence[System]) -> Trial:
    """Test a system; given all systems, also run it dry, unless it does not answer."""
    try:
        remarks = check_system(system)
        errors = [one for one in remarks if one.is_error]
        runs = for_run and not errors
        tried = list(dry_run(system, plan_of(for_run))) if runs else []
    finally:
        system.close()
    doubts = [one for one in remarks if not one.is_error]
    owner = system.owner if system.kind == PEOPLE else ""
    return Trial(_title(system), owner, errors, doubts, tried)
