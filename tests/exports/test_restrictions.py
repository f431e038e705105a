"""Restrictions in the file of a case and in the period report, from their rows."""

import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from dsr import casework
from dsr.models import Letter, RestrictionMeasure, Ticket
from dsr.vocabulary import SYSTEM, State, UseException
from exports.reports.making import make_audit, make_bundle
from exports.reports.period import Period
from exports.reports.restrictions import lifted_without_notice, restriction_figures
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    company,
    house,
    open_case,
    walk,
)
from tests.dsr.machines.objection import weigh

__all__ = ["company", "house", "open_case", "walk"]

BRUSSELS = ZoneInfo("Europe/Brussels")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31), BRUSSELS)
AFTER = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def lifted(walk: Walk) -> Ticket:
    """Lift a restriction after its notice, and after one use of the data."""
    ticket = walk(State.CLOSED, "restriction", email=JEANNE)
    measure = RestrictionMeasure.objects.get()
    casework.note_use(
        measure.pk,
        exception=UseException.LEGAL_CLAIMS,
        why=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    casework.propose_lift(measure.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(measure.pk, by=COLLEAGUE, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    casework.lift_measure(measure.pk, by=OFFICER, at=RECEIVED + 10 * DAY)
    return ticket


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_file_of_a_case_holds_the_whole_life_of_a_restriction(
    lifted: Ticket,
) -> None:
    made = make_bundle(lifted.case, language="en", by=SYSTEM, at=AFTER)
    one: dict[str, Any] = json.loads(made.json)["tickets"][0]["restrictions"][0]
    assert (one["ground"], one["article"]) == ("accuracy_contested", "18(1)(a)")
    assert (one["state"], one["lift_approved_by"]) == ("lifted", "colleague")
    assert one["notice_sent_at"] < one["lifted_at"]
    assert [use["exception"] for use in one["uses"]] == ["legal_claims"]
    text = text_of(made.pdf)
    assert "the accuracy is contested (a)" in text
    assert "Use under Article 18(2)" in text


def test_the_file_of_a_case_holds_the_weighing(walk: Walk) -> None:
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    weigh(ticket.pk, "statistics")
    made = make_bundle(ticket.case, language="en", by=SYSTEM, at=AFTER)
    file = json.loads(made.json)["tickets"][0]
    assert {one["purpose"]: one["result"] for one in file["objected"]} == {
        "statistics": "continue",
        "client_management": "stop",
    }
    assert file["balancing"]["business_owner"] == "head.of.statistics"
    assert "head.of.statistics" in text_of(made.pdf)


def test_the_file_of_a_case_holds_the_grounds_found_absent(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    casework.examine_restriction(
        ticket.pk, grounds=["unlawful"], why=WHY, by=OFFICER, at=RECEIVED
    )
    made = make_bundle(ticket.case, language="en", by=SYSTEM, at=AFTER)
    file = json.loads(made.json)["tickets"][0]
    assert file["grounds_absent"]["grounds"] == ["unlawful"]


def test_what_is_in_force_is_counted_with_its_age(walk: Walk) -> None:
    walk(State.CLOSED, "restriction", email=JEANNE)
    figures = restriction_figures(MARCH)
    assert (figures["in_force"], figures["oldest_days"]) == (1, 26)
    assert sum(figures["ages"]) == 1
    before = Period(date(2026, 2, 1), date(2026, 2, 28), BRUSSELS)
    assert restriction_figures(before)["in_force"] == 0
    text = text_of(make_audit(MARCH, language="en", by=SYSTEM, at=AFTER).pdf)
    assert "Lifted without prior notice" in text


def test_what_was_lifted_after_its_notice_is_no_fault(lifted: Ticket) -> None:
    figures = restriction_figures(MARCH)
    assert (figures["in_force"], figures["lifted"]) == (0, 1)
    assert figures["lifted_without_notice"] == 0


@pytest.mark.parametrize("proof", ["none", "later"])
def test_a_lifting_without_an_earlier_letter_is_listed(
    lifted: Ticket, proof: str
) -> None:
    """The letter's own row is looked at, whatever the restriction says."""
    if proof == "none":
        RestrictionMeasure.objects.update(notice=None)
    else:
        letters = Letter.objects.filter(kind="lift_notice")
        letters.update(sent_at=RECEIVED + 10 * DAY + timedelta(hours=1))
    assert lifted_without_notice(MARCH) == [lifted.case.reference]
    assert restriction_figures(MARCH)["lifted_without_notice"] == 1
