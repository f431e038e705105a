"""The interface opens cases and does acts through casework, or says why not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from dsr.api.acts import ACTS
from dsr.models import Case, LedgerEntry, Ticket
from dsr.policy import ACTS as POLICY_ACTS
from tests.dsr.desk.conftest import open_case

pytestmark = pytest.mark.django_db
Enter = Callable[[str], APIClient]
TICKETS, CASES = "/api/v1/tickets/", "/api/v1/cases/"
LONG = "There are good reasons, and they are written for the person."
NEW: dict[str, Any] = {
    "received_at": "2026-10-05T09:30:00+02:00",
    "language": "fr",
    "rights": ["access", "erasure"],
    "text": "Quelles données avez-vous ?",
    "name": "Jean Petit",
    "email": "jean@example.org",
    "identifiers": {"customer_number": "C-1"},
    "details": {"erasure": {"what": "tout"}},
}


def test_the_interface_knows_every_act_of_the_policy() -> None:
    assert set(POLICY_ACTS) <= set(ACTS)


def test_a_case_is_opened(program: Enter) -> None:
    answer = program("officer").post(CASES, NEW, format="json")
    assert answer.status_code == 201
    case = Case.objects.get()
    assert answer.json()["reference"] == case.reference
    assert (case.channel, case.opened_by) == ("api", "officer")
    assert case.tickets.get(right_code="erasure").details == {"what": "tout"}
    assert LedgerEntry.objects.filter(event="case.opened", by="officer").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rights": []}, "rights"),
        ({"rights": ["a_tenth"]}, "rights"),
        ({"rights": "access"}, "rights"),
        ({"received_at": "2999-01-01T00:00:00Z"}, "received_at"),
        ({"received_at": "1900-01-01T00:00:00Z"}, "received_at"),
        ({"received_at": None}, "received_at"),
        ({"language": "xx"}, "language"),
        ({"email": "nobody"}, "email"),
        ({"identifiers": {"national_number": "1"}}, "identifiers"),
        ({"details": {"a_tenth": {}}}, "details"),
        ({"details": {"erasure": {"colour": "red"}}}, "details"),
        ({"details": []}, "details"),
        ({"text": "x" * 100_001}, "text"),
    ],
)
def test_bad_input_is_named_by_its_field(
    program: Enter, changes: dict[str, Any], field: str
) -> None:
    answer = program("officer").post(CASES, {**NEW, **changes}, format="json")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert not Case.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null"])
def test_a_body_that_is_no_object_is_told(program: Enter, body: str) -> None:
    client = program("officer")
    answer = client.generic("POST", CASES, body, content_type="application/json")
    assert answer.status_code == 400


def test_an_act_is_done_in_the_callers_name(program: Enter, ticket: Ticket) -> None:
    answer = program("officer").post(f"{TICKETS}{ticket.pk}/take_in_hand/")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["owner"]) == (
        "in_progress",
        "officer",
    )


FORGED = [
    ("officer", "decide", {}),
    ("officer", "propose", {"outcome": "granted"}),
    ("officer", "reopen", {"why": LONG}),
    ("dpo", "take_in_hand", {}),
]


@pytest.mark.parametrize(("who", "act", "said"), FORGED)
def test_an_act_that_may_not_be_done_answers_with_the_sentence(
    program: Enter, ticket: Ticket, who: str, act: str, said: dict[str, str]
) -> None:
    lines = LedgerEntry.objects.count()
    url = f"{TICKETS}{ticket.pk}/{act}/"
    answer = program(who).post(url, said, format="json")
    assert answer.status_code == 409
    assert answer.json()["error"].endswith(".")
    assert Ticket.objects.get().state == "triage"
    assert LedgerEntry.objects.count() == lines


@pytest.mark.parametrize(
    ("act", "said", "field"),
    [
        ("propose", {"outcome": "not_applicable"}, "outcome"),
        ("propose", {"outcome": "refused", "grounds": ["too_busy"]}, "grounds"),
        ("propose", {}, "outcome"),
        ("merge", {"into_id": 999}, "into_id"),
        ("assign", {"owner": "auditor"}, "owner"),
        ("accept_proof", {"method": "call", "identifiers": [999]}, "identifiers"),
        ("ask_identity", {"doubts": "hm", "items": "x"}, "doubts"),
        ("withdraw", [], "non_field_errors"),
    ],
)
def test_what_an_act_takes_is_checked_by_field(
    program: Enter, ticket: Ticket, act: str, said: Any, field: str
) -> None:
    url = f"{TICKETS}{ticket.pk}/{act}/"
    answer = program("officer").post(url, said, format="json")
    assert answer.status_code == 400
    assert list(answer.json()) == [field]


@pytest.mark.parametrize("url", ["1/delete/", "999/withdraw/"])
def test_what_does_not_exist_is_not_found(
    program: Enter, ticket: Ticket, url: str
) -> None:
    assert program("officer").post(TICKETS + url).status_code == 404


def test_tickets_are_listed_by_legal_day_without_personal_data(
    program: Enter, case: Case
) -> None:
    open_case("erasure", email="other@example.org")
    answer = program("auditor").get(TICKETS)
    assert answer.json()["count"] == 2
    assert "Ann" not in answer.content.decode()
    assert "example.org" not in answer.content.decode()
    only = program("auditor").get(f"{TICKETS}?right=erasure&state=triage").json()
    assert [one["right"] for one in only["results"]] == ["erasure"]
    assert program("auditor").get(f"{TICKETS}?state=asleep").status_code == 400


def test_a_case_shows_what_may_be_done(program: Enter, case: Case) -> None:
    shown = program("officer").get(f"{CASES}{case.reference}/").json()
    assert shown["name"] == "Ann Example"
    acts = {act["name"]: act for act in shown["tickets"][0]["acts"]}
    assert acts["take_in_hand"]["allowed"]
    assert acts["decide"]["why_not"]


#   method, url                  anonymous officer dpo  auditor superuser
MATRIX = [
    ("get", TICKETS, (401, 200, 200, 200, 403)),
    ("get", "case", (401, 200, 200, 403, 403)),
    ("post", CASES, (401, 400, 403, 403, 403)),
    ("post", "act", (401, 400, 400, 403, 403)),
]


@pytest.mark.parametrize(("method", "url", "statuses"), MATRIX)
def test_each_address_is_for_its_roles(
    program: Enter, ticket: Ticket, method: str, url: str, statuses: tuple[int, ...]
) -> None:
    where = {
        "case": f"{CASES}{ticket.case.reference}/",
        "act": f"{TICKETS}{ticket.pk}/propose/",
    }.get(url, url)
    who = ("anonymous", "officer", "dpo", "auditor", "superuser")
    answers = [getattr(program(name), method)(where).status_code for name in who]
    assert tuple(answers) == statuses


def test_a_session_needs_the_token_against_forgery(
    staff: dict[str, User], ticket: Ticket
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff["officer"])
    answer = browser.post(f"{TICKETS}{ticket.pk}/take_in_hand/")
    assert answer.status_code == 403
    assert Ticket.objects.get().state == "triage"


def test_the_checks_are_read_and_answered(program: Enter, ticket: Ticket) -> None:
    url = f"{TICKETS}{ticket.pk}/answer_gates/"
    said = {"answers": [{"gate": "G2", "answer": "ours_alone"}]}
    shown = program("officer").post(url, said, format="json").json()["gates"]
    assert [line["gate"] for line in shown] == [f"G{n}" for n in range(10)]
    assert (shown[2]["answer"], shown[2]["by"]) == ("ours_alone", "officer")
    assert shown[5]["may_answer"] == ["none", "unfounded", "excessive", "abuse"]
    for wrong in ([], [{"gate": "G2", "answer": "hm"}], None):
        answer = program("officer").post(url, {"answers": wrong}, format="json")
        assert (answer.status_code, list(answer.json())) == (400, ["answers"])
