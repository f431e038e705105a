"""Restrictions and objections on the desk: cards, pages of acts, and the list."""

from collections.abc import Callable

import pytest
from django.test import Client

from dsr import casework
from dsr.models import RefusedUse, RestrictionMeasure, Ticket
from dsr.vocabulary import LockKind, State
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    close_orders,
)
from tests.dsr.machines.objection import weigh

Enter = Callable[[str], Client]
LIST = "/desk/dsr/restrictionmeasure/"


@pytest.fixture
def frozen(walk: Walk) -> Ticket:
    """Close a request for restriction; the restriction stays."""
    return walk(State.CLOSED, "restriction", email=JEANNE)


def page(client: Client, ticket: Ticket) -> str:
    return client.get(f"/desk/dsr/case/{ticket.case_id}/change/").content.decode()


def act(client: Client, measure: RestrictionMeasure, name: str, **said: str) -> int:
    url = f"/desk/restriction/{measure.pk}/{name}/"
    return client.post(url, said).status_code


def test_the_form_of_the_ground_begins_with_what_the_person_named(
    walk: Walk, enter: Enter
) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    url = f"/desk/ticket/{ticket.pk}/apply_restriction/"
    client = enter("officer")
    shown = client.get(url).content.decode()
    assert "the person needs the data for legal claims (c)" in shown
    answer = client.post(url, {"ground": "claims_of_person", "what": "The claim."})
    assert answer.status_code == 302
    measure = RestrictionMeasure.objects.get()
    assert (measure.ground, measure.what) == ("claims_of_person", "The claim.")
    assert "18(1)(c)" in page(client, ticket)


def test_which_grounds_are_absent_stands_on_the_card(walk: Walk, enter: Enter) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE)
    client = enter("officer")
    answer = client.post(
        f"/desk/ticket/{ticket.pk}/examine_restriction/",
        {"grounds": ["unlawful"], "why": WHY},
    )
    assert answer.status_code == 302
    assert "Grounds found absent" in page(client, ticket)


def test_an_objection_is_taken_to_its_weighing(walk: Walk, enter: Enter) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE)
    client = enter("officer")
    base = f"/desk/ticket/{ticket.pk}"
    offered = client.get(f"{base}/check_basis/").content.decode()
    assert 'value="statistics"' in offered
    assert 'value="direct_marketing"' not in offered
    client.post(f"{base}/check_basis/", {"purposes": ["statistics"]})
    client.post(f"{base}/begin_balancing/")
    weighing = client.get(f"{base}/weigh_interests/").content.decode()
    assert "Art. 222, 3°" in weighing
    answer = client.post(
        f"{base}/weigh_interests/",
        {
            "situation": WHY,
            "interest": WHY,
            "alternatives": WHY,
            "business_owner": "head.of.statistics",
            "continuing": ["statistics"],
        },
    )
    assert answer.status_code == 302
    shown = page(client, ticket)
    assert "goes on: compelling grounds were shown" in shown
    assert "head.of.statistics" in shown
    assert "criminal offence" in shown
    assert "an objection is being weighed (d)" in shown


def test_erasure_is_offered_after_an_objection_only(walk: Walk, enter: Enter) -> None:
    client = enter("officer")
    ticket = walk(State.EXECUTING, "objection", email=JEANNE)
    close_orders(ticket.pk)
    url = f"/desk/ticket/{ticket.pk}/complete/"
    assert 'name="erase"' in client.get(url).content.decode()
    assert client.post(url, {"done": WHY, "erase": "on"}).status_code == 302
    assert Ticket.objects.filter(right_code="erasure").exists()
    shown = page(client, ticket)
    assert "An objection was upheld" in shown


def test_a_restriction_is_lifted_page_by_page(
    frozen: Ticket, enter: Enter, staff: dict[str, object]
) -> None:
    officer, decider = enter("officer"), enter("dpo")
    measure = RestrictionMeasure.objects.get()
    assert act(officer, measure, "note_use", exception="consent", why=WHY) == 302
    assert act(officer, measure, "lift_measure") == 409
    assert act(officer, measure, "propose_lift", reason="short") == 400
    assert act(officer, measure, "propose_lift", reason=WHY) == 302
    assert act(officer, measure, "approve_lift") == 409
    assert act(decider, measure, "approve_lift") == 302
    refusal = officer.post(f"/desk/restriction/{measure.pk}/lift_measure/")
    assert "18(3)" in refusal.content.decode()
    shown = page(officer, frozen)
    assert "Uses under Article 18(2)" in shown
    assert "in force, lifting proposed" in shown
    assert act(decider, measure, "keep_measure", why=WHY) == 302
    assert RestrictionMeasure.objects.get().state == "active"


@pytest.mark.parametrize("name", ["approve_lift", "propose_lift", "lift_measure"])
def test_the_page_of_an_act_says_what_it_does(
    frozen: Ticket, enter: Enter, name: str
) -> None:
    measure = RestrictionMeasure.objects.get()
    url = f"/desk/restriction/{measure.pk}/{name}/"
    assert enter("auditor").get(url).status_code == 403
    shown = enter("officer").get(url)
    assert frozen.case.reference in shown.content.decode()
    assert shown.status_code == (409 if name != "propose_lift" else 200)
    assert enter("officer").get(url.replace(name, "other")).status_code == 404


def test_the_list_holds_what_is_in_force_with_its_age(
    frozen: Ticket, walk: Walk, enter: Enter
) -> None:
    client = enter("auditor")
    shown = client.get(LIST).content.decode()
    assert frozen.case.reference in shown
    assert "the accuracy is contested (a)" in shown
    assert "days" in shown
    measure = RestrictionMeasure.objects.get()
    casework.propose_lift(measure.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(measure.pk, by=COLLEAGUE, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    casework.lift_measure(measure.pk, by=OFFICER, at=RECEIVED + 10 * DAY)
    assert frozen.case.reference not in client.get(LIST).content.decode()
    lifted = client.get(f"{LIST}?stand=lifted").content.decode()
    assert frozen.case.reference in lifted
    assert "10 days" in lifted
    assert frozen.case.reference in client.get(f"{LIST}?stand=all").content.decode()


def test_a_card_says_what_of_the_other_tickets_matters(
    house: object, enter: Enter, walk: Walk
) -> None:
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    casework.add_right(ticket.case_id, right_code="erasure", by=OFFICER, at=RECEIVED)
    shown = page(enter("officer"), ticket)
    assert "In the same case" in shown
    assert "An objection is pending" in shown
    assert "Restricted (Objection)" in shown


def test_what_is_weighed_is_shown_with_its_outcome(walk: Walk, enter: Enter) -> None:
    ticket = walk(State.BALANCING, "objection", email=JEANNE)
    weigh(ticket.pk, "statistics")
    shown = page(enter("officer"), ticket)
    assert "stops" in shown
    assert "6(1)(f)" in shown


def test_what_a_restriction_forbade_other_programs_is_listed(
    frozen: Ticket, enter: Enter
) -> None:
    measure = RestrictionMeasure.objects.get()
    for number in (measure.pk, measure.pk + 1):
        RefusedUse.objects.create(
            asked_at=RECEIVED,
            asked_by="crm",
            purpose="direct_marketing",
            kind=LockKind.RESTRICTION,
            number=number,
        )
    client = enter("auditor")

    listed = f"/desk/dsr/refuseduse/?restriction={measure.pk}"
    assert f'<a href="{listed}">1</a>' in client.get(LIST).content.decode()
    shown = client.get(listed).content.decode()
    assert "1 refused use" in shown
    assert "direct_marketing" in shown
    assert "0 refused uses" in client.get(f"{listed}x").content.decode()

    assert casework.delete_expired(at=RECEIVED + 1900 * DAY) >= 2
    assert not RefusedUse.objects.exists()
