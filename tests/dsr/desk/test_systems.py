"""The systems' page: what is listed, whether it answers, what no search reaches."""

from collections.abc import Callable
from pathlib import Path

from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from dsr import casework
from dsr.models import LedgerEntry, Ticket
from tests.dsr.desk.conftest import NOW, OFFICER

LOST = """
      - name: diary
        fields:
          - {name: day}
"""


def page() -> str:
    return reverse("admin:systems")


def test_the_page_lists_systems_and_what_no_search_reaches(
    enter: Callable[[str], Client], system: Path
) -> None:
    described = system.with_name("crm.yml")
    described.write_text(described.read_text("utf-8") + LOST, "utf-8")

    found = enter("ada").get(page())

    assertContains(found, "Customer file")
    assertContains(found, "none: all are for a human")
    assertContains(
        found, "<strong>crm:diary</strong> no search reaches it: no identity"
    )
    assertContains(enter("ada").get(reverse("admin:systems_graph")), "<svg")


def test_a_system_is_tested_and_run_dry(officer: Client, system: Path) -> None:
    given = {"system": "crm", "what": "dry_run"}

    found = officer.post(reverse("admin:try_systems"), given)

    assertContains(found, "It answers, and is as described.")
    assertContains(found, "<td>answers</td>")
    assertContains(found, "no index begins with it")
    assertNotContains(found, "Ann Example")


def test_a_system_that_is_gone_is_told_without_a_dry_run(
    officer: Client, system: Path
) -> None:
    system.unlink()

    found = officer.post(reverse("admin:try_systems"), {"what": "dry_run"})

    assertContains(found, "cannot be reached")
    assertNotContains(found, "<td>answers</td>")


def test_a_list_that_cannot_be_used_is_said(officer: Client, system: Path) -> None:
    system.with_name("systems.toml").write_text("[[system", "utf-8")

    assertContains(officer.get(page()), "The list of systems cannot be used: ")
    assertContains(officer.post(reverse("admin:try_systems")), "cannot be used: ")
    graph = officer.get(reverse("admin:systems_graph"))
    assert (graph.status_code, graph["Content-Type"]) == (409, "text/plain")


def test_who_has_no_role_there_sees_nothing(enter: Callable[[str], Client]) -> None:
    for name in ("auditor", "medic", "superuser"):
        assert enter(name).get(page()).status_code == 403
        assert enter(name).post(reverse("admin:try_systems")).status_code == 403


def test_what_a_ticket_s_search_does_not_reach_is_shown_and_on_record(
    officer: Client, system: Path, found: Ticket
) -> None:
    described = system.with_name("crm.yml")
    described.write_text(described.read_text("utf-8") + LOST, "utf-8")
    case = reverse("admin:dsr_case_change", args=[found.case_id])

    casework.search_again(found.pk, by=OFFICER, at=NOW)

    assertContains(officer.get(case), "1 collection was not searched")
    assertContains(officer.get(case), "<strong>crm:diary</strong>: no identity given")
    ordered = LedgerEntry.objects.filter(event="search.ordered").last()
    assert ordered is not None
    assert ordered.facts["unreached"] == ["crm:diary"]
