"""Every act has its page, goes through casework, and is refused where the law wants."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.desk.acts import ACTS
from dsr.models import Case, LedgerEntry, Ticket
from dsr.policy import ACTS as POLICY_ACTS
from tests.dsr.desk.conftest import DPO, NOW, OFFICER, open_case
from tests.dsr.steps import LAW

pytestmark = pytest.mark.django_db
LONG = "There are good reasons, and they are written for the person."


def url(ticket: Ticket, name: str) -> str:
    return reverse("admin:act", args=[ticket.pk, name])


def state(ticket: Ticket) -> str:
    return str(Ticket.objects.get(pk=ticket.pk).state)


def test_every_act_of_the_policy_has_a_page() -> None:
    assert set(POLICY_ACTS) <= set(ACTS)


def test_taking_in_hand_is_done_in_the_officers_name(
    officer: Client, ticket: Ticket
) -> None:
    page = officer.get(url(ticket, "take_in_hand"))
    assert page.status_code == 200
    assert "become its owner" in page.content.decode()
    answer = officer.post(url(ticket, "take_in_hand"), follow=True)
    assert "Done: Take in hand." in answer.content.decode()
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.owner) == ("in_progress", "officer")
    lines = LedgerEntry.objects.filter(event="ticket.taken")
    assert [line.by for line in lines] == ["officer"]


def test_a_refusal_cites_its_ground(
    officer: Client, dpo: Client, staff: object
) -> None:
    ticket = open_case("erasure").tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    page = officer.get(f"{url(ticket, 'propose')}?outcome=refused").content.decode()
    assert "GDPR Art. 17(3)(b)" in page
    assert "Which data are kept, under which article, and until when" in page
    nothing = {"categories": ["contracts"], "ground": "none"}
    assert officer.post(url(ticket, "examine_grounds"), nothing).status_code == 302
    said = {"outcome": "refused", "grounds": "no_ground", "reasons": LONG}
    assert officer.post(url(ticket, "propose"), said).status_code == 302
    seen = dpo.get(url(ticket, "decide")).content.decode()
    assert "of Article 17(1) is present (GDPR Art. 17(1))" in seen
    assert LONG in seen
    assert "G5 Unfounded, excessive, abusive" in seen
    answers = {"G2": "ours_alone", "G3": "no_doubt", "G5": "none", "G6": "none"}
    assert officer.post(url(ticket, "answer_gates"), answers).status_code == 400
    answers["G3_note"] = "They wrote from the address in the contract."
    assert officer.post(url(ticket, "answer_gates"), answers).status_code == 302
    assert dpo.post(url(ticket, "decide")).status_code == 302
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.outcome) == ("reply_pending", "refused")
    assert ticket.decided_by == "dpo"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "refused", "reasons": LONG}, "grounds"),
        ({"outcome": "refused", "grounds": "legal_obligation"}, "reasons"),
        ({"outcome": "refused", "grounds": "too_busy", "reasons": LONG}, "grounds"),
        ({"outcome": "not_applicable", "reasons": LONG}, "outcome"),
        ({"outcome": "rejected", "reasons": LONG}, "outcome"),
        ({"reasons": LONG}, "outcome"),
    ],
)
def test_a_proposal_that_is_not_the_rights_own_is_told_per_field(
    officer: Client, staff: object, said: dict[str, str], field: str
) -> None:
    ticket = open_case("erasure").tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    answer = officer.post(url(ticket, "propose"), said)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert state(ticket) == "in_progress"


FORGED = [
    ("officer", "decide", {}),
    ("officer", "propose", {"outcome": "granted"}),
    ("officer", "complete", {"done": LONG}),
    ("officer", "extend", {}),
    ("officer", "reopen", {"why": LONG}),
    ("officer", "close", {}),
    ("dpo", "take_in_hand", {}),
    ("dpo", "withdraw", {}),
]


@pytest.mark.parametrize(("who", "name", "said"), FORGED)
def test_a_forged_act_changes_nothing(
    enter: Callable[[str], Client],
    ticket: Ticket,
    who: str,
    name: str,
    said: dict[str, str],
) -> None:
    lines = LedgerEntry.objects.count()
    answer = enter(who).post(url(ticket, name), said)
    assert answer.status_code == 409
    assert "This cannot be done now" in answer.content.decode()
    assert state(ticket) == "triage"
    assert LedgerEntry.objects.count() == lines


@pytest.mark.parametrize("who", ["auditor", "superuser"])
def test_who_has_no_role_for_cases_cannot_act(
    enter: Callable[[str], Client], ticket: Ticket, who: str
) -> None:
    assert enter(who).post(url(ticket, "take_in_hand")).status_code == 403
    assert state(ticket) == "triage"


def test_one_person_is_not_two(
    enter: Callable[[str], Client], staff: dict[str, User]
) -> None:
    ticket = open_case("erasure").tickets.get()
    staff["officer"].groups.add(*staff["dpo"].groups.all())
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    officer = enter("officer")
    said = {"outcome": "refused", "grounds": "legal_restriction", "reasons": LONG}
    said["law"] = LAW
    officer.post(url(ticket, "propose"), said)
    answer = officer.post(url(ticket, "decide"))
    assert answer.status_code == 409
    assert "four eyes" in answer.content.decode()
    assert state(ticket) == "decision_pending"


def test_an_act_nobody_knows_is_not_found(officer: Client, ticket: Ticket) -> None:
    assert officer.post(url(ticket, "delete")).status_code == 404


def test_the_case_page_shows_what_may_be_done_and_why_not(
    officer: Client, ticket: Ticket
) -> None:
    page = officer.get(reverse("admin:dsr_case_change", args=[ticket.case_id]))
    text = page.content.decode()
    assert url(ticket, "take_in_hand") in text
    assert url(ticket, "decide") not in text
    assert "“Decide as proposed” is not possible in this state" in text


def test_the_case_page_takes_no_post(officer: Client, case: Case) -> None:
    page = reverse("admin:dsr_case_change", args=[case.pk])
    assert officer.post(page, {"text": "changed"}).status_code == 405
    case.refresh_from_db()
    assert case.text == "Please tell me what you hold about me."


def test_proof_that_is_accepted_verifies_what_was_chosen(
    officer: Client, ticket: Ticket, system: Path
) -> None:
    said = {"doubts": LONG, "items": "A call back at the number in the contract"}
    assert officer.post(url(ticket, "ask_identity"), said).status_code == 302
    assert state(ticket) == "awaiting_identity"
    identifier = ticket.case.subject.identifiers.get()
    proof = {"method": "call back", "identifiers": [identifier.pk]}
    assert officer.post(url(ticket, "accept_proof"), proof).status_code == 302
    identifier.refresh_from_db()
    assert (identifier.verified_by, state(ticket)) == ("officer", "collecting")


def test_only_the_persons_own_identifiers_are_offered(
    officer: Client, ticket: Ticket
) -> None:
    other = open_case(email="other@example.org").subject.identifiers.get()
    said = {"method": "call back", "identifiers": [other.pk]}
    answer = officer.post(url(ticket, "establish_identity"), said)
    assert answer.status_code == 400
    other.refresh_from_db()
    assert other.verified_at is None


def test_an_extension_takes_a_second_person(
    officer: Client, dpo: Client, ticket: Ticket
) -> None:
    said = {"reason": LONG, "factors": ["amount"]}
    assert officer.post(url(ticket, "propose_extension"), said).status_code == 302
    assert officer.post(url(ticket, "extend")).status_code == 409
    assert LONG in dpo.get(url(ticket, "extend")).content.decode()
    assert dpo.post(url(ticket, "extend")).status_code == 302
    assert Ticket.objects.get(pk=ticket.pk).extended_by == DPO.name


def test_a_ticket_can_be_assigned_to_a_handler_only(
    officer: Client, ticket: Ticket
) -> None:
    assert officer.post(url(ticket, "assign"), {"owner": "auditor"}).status_code == 400
    assert officer.post(url(ticket, "assign"), {"owner": "officer"}).status_code == 302
    assert Ticket.objects.get(pk=ticket.pk).owner == "officer"


def test_a_repeated_request_is_merged_into_the_earlier(
    officer: Client, ticket: Ticket, staff: object
) -> None:
    casework.confirm_address(ticket.case_id, by=OFFICER, at=NOW)
    later = open_case().tickets.get()
    assert later.case.subject_id == ticket.case.subject_id
    said = {"into_id": ticket.pk}
    assert officer.post(url(later, "merge"), said).status_code == 302
    assert state(later) == "merged"
