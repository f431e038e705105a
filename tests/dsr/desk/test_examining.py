"""The pages of a rectification and an erasure, through the officer's browser."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dsr import casework
from dsr.models import Correction, ErasureItem, Ticket
from tests.dsr.desk.conftest import NOW, OFFICER, open_case
from tests.dsr.steps import DECIDER, answer_gates

pytestmark = pytest.mark.django_db
LONG = "There are good reasons, and they are written for the person."


def url(ticket: Ticket, name: str) -> str:
    return reverse("admin:act", args=[ticket.pk, name])


def card(client: Client, ticket: Ticket) -> str:
    page = client.get(reverse("admin:dsr_case_change", args=[ticket.case_id]))
    return page.content.decode()


def searched(right: str, *others: str) -> Ticket:
    """Open a case, prove who asks, and search."""
    ticket = open_case(right, *others).tickets.get(right_code=right)
    identifier = ticket.case.subject.identifiers.get(kind="email")
    casework.establish_identity(
        ticket.pk,
        method="call back",
        identifiers=[identifier.pk],
        by=OFFICER,
        at=NOW,
    )
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    casework.search_systems(at=NOW)
    return Ticket.objects.get(pk=ticket.pk)


def test_a_datum_is_noted_and_judged(
    officer: Client, staff: dict[str, User], system: Path
) -> None:
    ticket = searched("rectification")
    assert "note what is contested" in officer.get("/desk/dsr/ticket/").content.decode()
    said = {"system": "crm", "place": "name", "should_say": "Anne", "restrict": "on"}
    form = officer.get(url(ticket, "verify")).content.decode()
    assert "only as far as the accuracy of this datum reasonably needs" in form
    assert officer.post(url(ticket, "verify"), said).status_code == 302
    assert ticket.measures.get().ground == "accuracy_contested"
    datum = Correction.objects.get()
    judged = {"datum": datum.pk, "verdict": "supplement", "why": LONG}
    answer = officer.post(url(ticket, "judge_datum"), judged)
    assert answer.status_code == 409
    assert "supplemented by the person&#x27;s own statement" in answer.content.decode()
    judged["statement"] = "My name was always Anne."
    judged["tell_underwriting"] = "on"
    assert officer.post(url(ticket, "judge_datum"), judged).status_code == 302
    seen = card(officer, ticket)
    assert "Attach a supplementary statement" in seen
    assert "My name was always Anne." in seen
    assert "Tell underwriting: crm, name" in seen


def test_a_foreign_system_or_datum_is_told_per_field(
    officer: Client, staff: dict[str, User], system: Path
) -> None:
    ticket = searched("rectification")
    wrong = {"system": "attic", "place": "x", "should_say": "y"}
    assert "system" in officer.post(url(ticket, "verify"), wrong).context["form"].errors
    right = wrong | {"system": "crm"}
    officer.post(url(ticket, "verify"), right)
    answer = officer.post(
        url(ticket, "judge_datum"), {"datum": "99", "verdict": "keep"}
    )
    assert "datum" in answer.context["form"].errors


def test_grounds_that_the_case_shows_are_offered_first(
    officer: Client, staff: dict[str, User], system: Path
) -> None:
    ticket = searched("erasure", "marketing_opt_out")
    form = officer.get(url(ticket, "examine_grounds")).context["form"]
    codes = [code for code, _label in form.fields["ground"].choices]
    assert (codes[0], codes[-1]) == ("marketing_objection", "none")
    assert form.initial["ground"] == "marketing_objection"


def test_the_day_is_derived_shown_and_only_then_taken(
    officer: Client, staff: dict[str, User], system: Path
) -> None:
    ticket = searched("erasure")
    grounds = {"categories": ["claims", "contracts"], "ground": "no_longer_necessary"}
    assert officer.post(url(ticket, "examine_grounds"), grounds).status_code == 302
    event = timezone.localdate() - timedelta(days=100)
    said = {
        "categories": ["claims"],
        "verdict": "retain",
        "exception": "legal_claims",
        "why": LONG,
        "claim": "contract",
    }
    answer = officer.post(url(ticket, "examine_exceptions"), said)
    assert "event_on" in answer.context["form"].errors
    said["event_on"] = event.isoformat()
    offered = officer.post(url(ticket, "examine_exceptions"), said)
    assert offered.status_code == 400
    day = offered.context["form"]["keep_until"].value()
    assert date.fromisoformat(day).year == event.year + 3
    page = offered.content.decode()
    assert "Derived; look at it, then confirm: 3 years from" in page
    assert "Insurance Act Art. 88 § 1" in page
    assert not ErasureItem.objects.exclude(verdict="").exists()
    taken = officer.post(url(ticket, "examine_exceptions"), said | {"keep_until": day})
    assert taken.status_code == 302
    item = ErasureItem.objects.get(category="claims")
    assert item.keep_until == date.fromisoformat(day)
    seen = card(officer, ticket)
    assert "Claim and assistance files" in seen
    assert "The data are needed for legal claims (GDPR Art. 17(3)(e))" in seen
    assert "Insurance Act Art. 88 § 1" in seen
    assert "not judged yet" in seen
    said = {"categories": ["contracts"], "verdict": "erase"}
    officer.post(url(ticket, "examine_exceptions"), said)
    proposal = officer.get(url(ticket, "propose") + "?outcome=partial")
    assert proposal.context["form"]["grounds"].value() == ["legal_claims"]
    assert "Claim and assistance files" in proposal.content.decode()


def test_what_is_past_its_day_stands_on_the_home_page(
    officer: Client, staff: dict[str, User], system: Path
) -> None:
    ticket = searched("erasure")
    who: dict[str, Any] = {"by": OFFICER, "at": NOW}
    casework.examine_grounds(
        ticket.pk, categories=["claims"], ground="no_longer_necessary", **who
    )
    casework.examine_exceptions(
        ticket.pk,
        categories=["claims"],
        verdict="retain",
        exception="legal_claims",
        keep_until=timezone.localdate() + timedelta(days=30),
        why=LONG,
        **who,
    )
    label = "with data kept past their last day"
    assert label not in officer.get("/desk/").content.decode()
    refuse_and_reply(ticket)
    ErasureItem.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
    assert label in officer.get("/desk/").content.decode()
    queue = officer.get("/desk/dsr/ticket/?group=all&stand=kept").content.decode()
    assert ticket.case.reference in queue
    assert "past its last day" in card(officer, ticket)
    assert officer.post(url(ticket, "erase_kept"), {"why": LONG}).status_code == 302
    assert set(ticket.orders.values_list("act", "state")) == {("erase", "waiting")}


def refuse_and_reply(ticket: Ticket) -> None:
    """Refuse with the exception as its ground, and send the reply."""
    who: dict[str, Any] = {"by": OFFICER, "at": NOW}
    casework.propose(
        ticket.pk, outcome="refused", grounds=["legal_claims"], reasons=LONG, **who
    )
    answer_gates(ticket.pk, at=NOW)
    casework.decide(ticket.pk, by=DECIDER, at=NOW)
    letter = ticket.letters.get(kind="reply")
    casework.approve_letter(letter.pk, **who)
    casework.send_letters(at=NOW)
