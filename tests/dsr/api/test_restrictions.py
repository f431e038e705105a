"""Restrictions and legal holds by another program, through the same verbs."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from dsr import casework
from dsr.api.acts import CASE_ACTS, MEASURE_ACTS
from dsr.casework.ticket_lock import lock
from dsr.desk import case_acts
from dsr.models import Case, LegalHold, RestrictionMeasure, Ticket
from dsr.policy import MEASURE_ACTS as POLICY_ACTS
from dsr.vocabulary import RestrictionGround
from tests.dsr.desk.conftest import NOW, OFFICER, system
from tests.dsr.steps import WHY

__all__ = ["system"]
pytestmark = pytest.mark.django_db
Enter = Callable[[str], APIClient]


@pytest.fixture
def measure(system: Path, ticket: Ticket) -> RestrictionMeasure:
    """Begin a restriction that every system has marked."""
    with transaction.atomic():
        begun = casework.begin_measure(
            lock(ticket.pk), RestrictionGround.ACCURACY_CONTESTED, by=OFFICER, at=NOW
        )
    orders = list(ticket.orders.values_list("pk", flat=True))
    casework.close_orders(
        ticket.pk, orders=orders, done=True, note=WHY, by=OFFICER, at=NOW
    )
    return begun


def post(client: APIClient, url: str, **said: Any) -> tuple[int, Any]:
    answer = client.post(f"/api/v1/{url}/", said, format="json")
    is_json = answer["Content-Type"] == "application/json"
    return answer.status_code, answer.json() if is_json else None


def test_the_interface_knows_every_act_on_a_restriction_and_each_hold() -> None:
    assert set(MEASURE_ACTS) == set(POLICY_ACTS)
    assert {"hold", "lift_hold"} == set(case_acts.ACTS) & set(CASE_ACTS)


def test_a_restriction_is_used_and_its_end_is_prepared(
    program: Enter, measure: RestrictionMeasure
) -> None:
    officer, dpo = program("officer"), program("dpo")
    case = officer.get(f"/api/v1/cases/{measure.ticket.case.reference}/").json()
    (shown,) = case["tickets"][0]["restrictions"]
    assert (shown["id"], shown["state"]) == (measure.pk, "active")
    allowed = [act["name"] for act in shown["acts"] if act["allowed"]]
    assert allowed == ["note_use", "propose_lift"]
    url = f"restrictions/{measure.pk}"
    used = {"exception": "legal_claims", "why": WHY}
    assert post(officer, f"{url}/note_use", **used)[0] == 200
    assert measure.uses.get().why == WHY
    proposed = post(officer, f"{url}/propose_lift", reason=WHY)[1]
    assert proposed["state"] == "lift_proposed"
    status, said = post(officer, f"{url}/approve_lift")
    assert (status, "role of decider" in said["error"]) == (409, True)
    assert post(dpo, f"{url}/approve_lift")[0] == 200
    status, said = post(officer, f"{url}/lift_measure")
    assert (status, "must be informed before" in said["error"]) == (409, True)
    assert post(officer, f"{url}/keep_measure", why=WHY)[1]["state"] == "active"


def test_what_is_wrong_with_an_act_on_a_restriction_is_named(
    program: Enter, measure: RestrictionMeasure
) -> None:
    officer, url = program("officer"), f"restrictions/{measure.pk}"
    said = {"exception": "hunger", "why": "no"}
    assert set(post(officer, f"{url}/note_use", **said)[1]) == {"exception", "why"}
    assert post(officer, f"{url}/tear_up")[0] == 404
    assert post(officer, "restrictions/4711/note_use", **said)[0] == 404
    assert post(program("auditor"), f"{url}/lift_measure")[0] == 403
    assert post(program("anonymous"), f"{url}/lift_measure")[0] == 401


def test_a_case_is_held_and_let_go(program: Enter, case: Case) -> None:
    officer, dpo = program("officer"), program("dpo")
    url = f"cases/{case.reference}"
    review = (timezone.localdate() + timedelta(days=100)).isoformat()
    said = {"reason": WHY, "review_on": review}
    status, refused = post(officer, f"{url}/hold", **said)
    assert (status, "data protection officer" in refused["error"]) == (409, True)
    held = post(dpo, f"{url}/hold", **said)[1]["hold"]
    assert (held["review_on"], held["placed_by"]) == (review, "dpo")
    assert LegalHold.objects.in_force().count() == 1
    assert post(dpo, f"{url}/lift_hold")[1]["hold"] is None
    assert post(dpo, f"{url}/lift_hold")[0] == 409
    assert set(post(dpo, f"{url}/hold")[1]) == {"reason", "review_on"}
    assert post(dpo, f"{url}/burn")[0] == 404
    assert post(program("auditor"), f"{url}/hold", **said)[0] == 403
