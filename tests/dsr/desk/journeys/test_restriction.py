"""Restriction: frozen at once, decided, told – and lifted only after a notice.

GDPR Art. 18.
"""

from collections.abc import Callable

import pytest
from django.urls import reverse

from dsr.models import Case, RestrictionMeasure, Ticket, find_faults
from tests.dsr.desk.journeys.answering import (
    recipients_told,
    systems_answered,
    taken,
    told_of,
)
from tests.dsr.desk.journeys.conftest import (
    AUTHORITY,
    ON_PAPER,
    WHY,
    Desk,
    checked,
    decided,
    ended,
    everyone_answered_for,
    read,
    unidentified,
    works,
)

DONE = "Vos données sont marquées dans tous nos systèmes."
FOUR = ("accuracy_contested", "unlawful", "claims_of_person", "objection_pending")
MINE = ("restriction", "measure", "order", "ticket")


@pytest.fixture
def ticket(desk: Desk, write: Callable[..., Case]) -> Ticket:
    """Receive a letter that asks for a restriction, and know who wrote it."""
    case = write("restriction", details={"restriction": {"what": "Mon adresse."}})
    return taken(desk, case)


def frozen(desk: Desk, ticket: Ticket, ground: str = "accuracy_contested") -> Ticket:
    """Apply the restriction, and have every system answer."""
    desk.does("olga", "apply_restriction", ticket, ground=ground)
    return systems_answered(desk, ticket)


def closed(desk: Desk, ticket: Ticket, outcome: str = "granted") -> str:
    """Go from the proposal to the end; return the reply."""
    ticket = decided(desk, checked(desk, ticket))
    assert ticket.state == "notifying"
    everyone_answered_for(desk, ticket)
    ticket = desk.does(
        "olga",
        "complete",
        ticket,
        done=DONE,
    )
    return ended(desk, ticket, outcome)


def lifts(desk: Desk, who: str, act: str, **said: str) -> None:
    """Do something with the one restriction at its page."""
    measure = RestrictionMeasure.objects.get()
    desk.posts(who, "admin:measure_act", measure.pk, act, **said)


def not_lifted(desk: Desk) -> str:
    """Try to lift the one restriction at its page, in vain; return what it says."""
    url = reverse("admin:measure_act", args=[RestrictionMeasure.objects.get().pk, "x"])
    answer = desk.browsers["olga"].post(url.replace("/x/", "/lift_measure/"))
    assert answer.status_code == 409
    assert RestrictionMeasure.objects.get().is_in_force
    return str(answer.content.decode())


def test_granted(desk: Desk, ticket: Ticket) -> None:
    ticket = frozen(desk, ticket)
    assert ticket.measures.get().state == "active"
    desk.does("olga", "propose", ticket, outcome="granted")
    text = closed(desk, ticket)
    assert "Nous avons accepté votre demande." in text
    assert "nous ne faisons que conserver ces données" in text
    assert "Nous vous informerons avant la levée" in text
    assert DONE in text
    assert ON_PAPER in text
    assert told_of(ticket.case, *MINE) == [
        "ticket.qualified",
        "ticket.taken",
        "ticket.proof_accepted",
        "restriction.applied",
        "measure.begun",
        "order.given",
        "order.closed",
        "order.closed",
        "measure.active",
        "ticket.proposed",
        "ticket.gates_answered",
        "ticket.gates_answered",
        "ticket.decided",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    ]


def test_partial(desk: Desk, ticket: Ticket) -> None:
    ticket = frozen(desk, ticket, "unlawful")
    said = "Vos données de contact restent utilisées : leur traitement est licite."
    desk.does(
        "olga",
        "propose",
        ticket,
        outcome="partial",
        grounds=["no_ground"],
        reasons=said,
    )
    text = closed(desk, ticket, "partial")
    assert "accepté votre demande en partie" in text
    assert said in text
    assert "[RGPD, art. 18, § 1, b)]" in text
    assert RestrictionMeasure.objects.get().is_in_force


def test_refused_with_all_four_grounds_absent(desk: Desk, ticket: Ticket) -> None:
    no = {"outcome": "refused", "grounds": ["no_ground"], "reasons": WHY}
    desk.does("olga", "examine_restriction", ticket, grounds=FOUR[:3], why=WHY)
    assert "all four" in desk.refused("olga", "propose", ticket, **no)
    desk.does("olga", "examine_restriction", ticket, grounds=FOUR, why=WHY)
    desk.does("olga", "propose", ticket, **no)
    checked(desk, ticket)
    assert "role of decider" in desk.refused("olga", "decide", ticket)
    ticket = decided(desk, checked(desk, ticket))
    text = ended(desk, ticket, "refused")
    assert "Nous ne pouvons pas accepter votre demande." in text
    assert WHY in text
    assert not RestrictionMeasure.objects.exists()


def test_no_data(desk: Desk, write: Callable[..., Case]) -> None:
    case = write(
        "restriction",
        name="Nemo Personne",
        email="nemo@demo.example",
        identifiers={"customer_number": "K-999999"},
    )
    ticket = taken(desk, case)
    desk.does("olga", "propose", ticket, outcome="no_data")
    ticket = decided(desk, checked(desk, ticket))
    text = ended(desk, ticket, "no_data")
    assert "aucune donnée à caractère personnel" in text


def test_not_identified(desk: Desk, write: Callable[..., Case]) -> None:
    ticket = unidentified(desk, write("restriction").tickets.get())
    text = ended(desk, ticket, "not_identified")
    assert "votre identité n'a pas pu être établie" in text


def test_extended(desk: Desk, ticket: Ticket) -> None:
    ticket = frozen(desk, ticket)
    due = ticket.due_strict
    desk.does("olga", "propose_extension", ticket, factors=["number"], reason=WHY)
    assert desk.refused("olga", "extend", ticket)
    ticket = desk.does("dirk", "extend", ticket)
    assert (ticket.due, ticket.due_strict) == (due, due)  # until the letter is sent
    works(desk)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert ticket.due
    assert due
    assert ticket.due > due
    assert AUTHORITY in read(ticket.letters.get(kind="extension_notice"))
    desk.does("olga", "propose", ticket, outcome="granted")
    closed(desk, ticket)


def test_nothing_is_lifted_before_the_notice(desk: Desk, ticket: Ticket) -> None:
    ticket = frozen(desk, ticket)
    desk.does("olga", "propose", ticket, outcome="granted")
    closed(desk, ticket)
    assert "18(3)" in not_lifted(desk)
    ended_because = "L'exactitude de vos données a été vérifiée et confirmée."
    lifts(desk, "olga", "propose_lift", reason=ended_because)
    assert "18(3)" in not_lifted(desk)
    lifts(desk, "dirk", "approve_lift")
    assert "18(3)" in not_lifted(desk)  # the notice waits, and is not sent
    works(desk)
    notice = ticket.letters.get(kind="lift_notice")
    assert (notice.state, notice.language) == ("sent", "fr")
    assert "vérifiée et confirmée" in read(notice)
    assert AUTHORITY in read(notice)
    assert "may be lifted from" in not_lifted(desk)
    works(desk, days=6)
    assert RestrictionMeasure.objects.get().is_in_force
    works(desk, days=8)
    measure = RestrictionMeasure.objects.get()
    assert (measure.state, measure.lifted_by) == ("lifted", "system")
    assert measure.notice_sent_at
    assert measure.lifted_at
    assert measure.notice_sent_at < measure.lifted_at
    systems_answered(desk, ticket)
    recipients_told(desk, ticket)
    assert told_of(ticket.case, "measure") == [
        "measure.begun",
        "measure.active",
        "measure.lift_proposed",
        "measure.lift_approved",
        "measure.lift_announced",
        "measure.lifted",
    ]
    listed = desk.browsers["olga"].get("/desk/dsr/restrictionmeasure/?stand=lifted")
    assert ticket.case.reference in listed.content.decode()
    assert list(find_faults()) == []
