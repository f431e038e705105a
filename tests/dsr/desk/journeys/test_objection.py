"""Objection: the basis, the weighing under a restriction, and what then stops.

GDPR Art. 21(1) and 21(6).
"""

from collections.abc import Callable

import pytest

from dsr.models import Case, RestrictionMeasure, Ticket, find_faults
from tests.dsr.desk.journeys.answering import (
    recipients_told,
    systems_answered,
    taken,
    told_of,
)
from tests.dsr.desk.journeys.conftest import (
    WHY,
    Desk,
    checked,
    decided,
    ended,
    unidentified,
    works,
)

MINE = ("objection", "measure", "order", "ticket")
BOTH = ("statistics", "client_management")
POURQUOI = "La lutte contre la fraude l'emporte ici, comme expliqué ci-dessus."
DONE = "Nous avons arrêté cet usage dans tous nos systèmes."


@pytest.fixture
def ticket(desk: Desk, write: Callable[..., Case]) -> Ticket:
    """Receive an objection, and know who wrote it."""
    situation = "Je suis médecin, et ces statistiques désignent ma patientèle."
    case = write("objection", details={"objection": {"situation": situation}})
    return taken(desk, case)


def weighing(desk: Desk, ticket: Ticket) -> Ticket:
    """Check the basis, restrict the data, tell who received them, begin to weigh."""
    desk.does("olga", "check_basis", ticket, purposes=BOTH)
    desk.does("olga", "begin_balancing", ticket)
    return recipients_told(desk, systems_answered(desk, ticket))


def weighed(desk: Desk, ticket: Ticket, *continuing: str) -> Ticket:
    """Write the weighing down, owned by the head of statistics."""
    return desk.does(
        "olga",
        "weigh_interests",
        ticket,
        interest=WHY,
        alternatives=WHY,
        business_owner="Dora",
        continuing=continuing,
    )


def proposes(desk: Desk, ticket: Ticket, outcome: str, *grounds: str) -> Ticket:
    """Propose, with reasons for the person in their language."""
    said = {"outcome": outcome, "grounds": grounds, "reasons": POURQUOI}
    return desk.does("olga", "propose", ticket, **said)


def stopped(desk: Desk, ticket: Ticket, **said: str) -> Ticket:
    """Have every system stop, and note it."""
    assert ticket.state == "executing"
    assert "waits for these systems" in desk.refused(
        "olga", "complete", ticket, done=DONE
    )
    systems_answered(desk, ticket)
    return desk.does("olga", "complete", ticket, done=DONE, **said)


def test_granted_without_a_weighing_and_erasure_follows(
    desk: Desk, ticket: Ticket
) -> None:
    ticket = weighing(desk, ticket)
    measure = ticket.measures.get()
    assert (measure.state, measure.article) == ("active", "18(1)(d)")
    proposes(desk, ticket, "granted")
    ticket = stopped(desk, decided(desk, checked(desk, ticket)), erase="on")
    text = ended(desk, ticket, "granted")
    assert "Nous avons accepté votre demande." in text
    assert "statistiques" in text.casefold()
    assert DONE in text
    assert told_of(ticket.case, *MINE) == [
        "ticket.qualified",
        "ticket.taken",
        "ticket.proof_accepted",
        "objection.basis",
        "objection.balancing",
        "measure.begun",
        "order.given",
        "order.closed",
        "order.closed",
        "measure.active",
        "ticket.proposed",
        "ticket.gates_answered",
        "ticket.gates_answered",
        "ticket.decided",
        "order.given",
        "order.closed",
        "order.closed",
        "ticket.carried_out",
        "ticket.qualified",
        "objection.erases",
        "ticket.replied",
        "ticket.closed",
    ]
    erasure = ticket.case.tickets.get(right_code="erasure")
    assert erasure.state == "triage"


def test_partial(desk: Desk, ticket: Ticket) -> None:
    ticket = weighed(desk, weighing(desk, ticket), "client_management")
    proposes(desk, ticket, "partial", "compelling_grounds")
    ticket = stopped(desk, decided(desk, checked(desk, ticket)))
    text = ended(desk, ticket, "partial")
    assert "accepté votre demande en partie" in text
    assert POURQUOI in text
    assert "[RGPD, art. 21, § 1]" in text
    assert dict(ticket.objected.values_list("purpose", "result")) == {
        "statistics": "stop",
        "client_management": "continue",
    }


def test_refused_and_its_restriction_ends_after_a_notice(
    desk: Desk, ticket: Ticket
) -> None:
    no = {"outcome": "refused", "grounds": ["compelling_grounds"], "reasons": POURQUOI}
    ticket = weighing(desk, ticket)
    assert "No weighing shows" in desk.refused("olga", "propose", ticket, **no)
    ticket = weighed(desk, ticket, *BOTH)
    proposes(desk, ticket, "refused", "compelling_grounds")
    checked(desk, ticket)
    assert "role of decider" in desk.refused("olga", "decide", ticket)
    ticket = decided(desk, checked(desk, ticket))
    text = ended(desk, ticket, "refused")
    assert "Nous ne pouvons pas accepter votre demande." in text
    assert POURQUOI in text
    measure = RestrictionMeasure.objects.get()
    assert measure.state == "lift_proposed"
    desk.posts("dirk", "admin:measure_act", measure.pk, "approve_lift")
    works(desk)
    assert ticket.letters.get(kind="lift_notice").state == "sent"
    works(desk, days=8)
    assert RestrictionMeasure.objects.get().state == "lifted"
    systems_answered(desk, ticket)
    recipients_told(desk, ticket)
    assert list(find_faults()) == []


def test_not_applicable_names_the_real_basis(desk: Desk, ticket: Ticket) -> None:
    desk.does("olga", "check_basis", ticket, purposes=["legal_obligations"])
    assert "6(1)(e) or (f)" in desk.refused("olga", "begin_balancing", ticket)
    proposes(desk, ticket, "not_applicable", "legal_basis")
    text = ended(desk, decided(desk, checked(desk, ticket)), "not_applicable")
    assert "Le droit que vous invoquez ne s'applique pas ici." in text
    assert "[RGPD, art. 6, § 1, c)]" in text
    assert "Vous gardez tous vos autres droits." in text
    assert not RestrictionMeasure.objects.exists()


def test_no_data(desk: Desk, write: Callable[..., Case]) -> None:
    case = write(
        "objection",
        name="Nemo Personne",
        email="nemo@demo.example",
        identifiers={"customer_number": "K-999999"},
    )
    ticket = taken(desk, case)
    desk.does("olga", "propose", ticket, outcome="no_data")
    text = ended(desk, decided(desk, checked(desk, ticket)), "no_data")
    assert "aucune donnée à caractère personnel" in text


def test_not_identified(desk: Desk, write: Callable[..., Case]) -> None:
    ticket = unidentified(desk, write("objection").tickets.get())
    text = ended(desk, ticket, "not_identified")
    assert "votre identité n'a pas pu être établie" in text


def test_returned_and_reopened(desk: Desk, ticket: Ticket) -> None:
    ticket = weighing(desk, ticket)
    proposes(desk, ticket, "granted")
    ticket = desk.does("dirk", "return_proposal", ticket, why=WHY)
    assert ticket.state == "balancing"
    proposes(desk, ticket, "granted")
    ticket = stopped(desk, decided(desk, checked(desk, ticket)))
    ended(desk, ticket, "granted")
    assert "takes the role" in desk.refused("olga", "reopen", ticket, why=WHY)
    ticket = desk.does("dora", "reopen", ticket, why=WHY)
    assert ticket.state == "balancing"
    ticket = weighed(desk, ticket, *BOTH)
    proposes(desk, ticket, "refused", "legal_claims")
    ended(desk, decided(desk, checked(desk, ticket)), "refused")
    assert told_of(ticket.case, "ticket").count("ticket.closed") == 2
