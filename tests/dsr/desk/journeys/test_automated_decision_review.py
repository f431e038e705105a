"""A machine's decision looked at by a person, by the pages of the desk. Art. 22."""

from collections.abc import Callable
from typing import Any

import pytest

from dsr.models import Case, Ticket
from tests.dsr.desk.journeys.conftest import (
    DOUBTS,
    POURQUOI,
    WHY,
    Desk,
    settled,
    told,
    unidentified,
)

QUALIFIED: dict[str, Any] = {
    "what": "La lettre du 3 février 2026 qui met fin au contrat voyage.",
    "maker": "system",
    "rules": "score de paiement 4.2",
    "effect": "Le contrat prend fin.",
    "is_automated": "on",
    "is_significant": "on",
    "basis": "contract",
}
REVIEWED: dict[str, Any] = {
    "inputs": "Le contrat, les paiements et le calcul du score.",
    "view": "J'ai payé à temps.",
    "view_considered": "Le paiement de janvier a été retrouvé et compte.",
    "reasons": "Les primes étaient payées à temps selon la banque.",
    "explanation": "Le score compte les retards de paiement des douze derniers mois.",
    "minutes": "45",
}


def reviewed(desk: Desk, ticket: Ticket, result: str) -> Ticket:
    """Qualify the decision, assign it to Rita, and let her decide afresh."""
    desk.does("olga", "take_in_hand", ticket)
    desk.does("olga", "qualify_decision", ticket, **QUALIFIED)
    desk.does("dora", "assign_reviewer", ticket, reviewer="rita", authority=WHY)
    return desk.does("rita", "record_review", ticket, **REVIEWED, result=result)


def not_reviewed(desk: Desk, ticket: Ticket) -> Ticket:
    """Qualify the decision as one that a colleague took."""
    desk.does("olga", "take_in_hand", ticket)
    said = QUALIFIED | {"maker": "colleague", "basis": "", "evidence": WHY}
    del said["is_automated"]
    return desk.does("olga", "qualify_decision", ticket, **said)


@pytest.fixture
def ticket(write: Callable[..., Case]) -> Ticket:
    return write("automated_decision_review").tickets.get()


@pytest.mark.parametrize(
    ("result", "said"), [("overturned", "est annulée"), ("changed", "est modifiée")]
)
def test_granted(desk: Desk, ticket: Ticket, result: str, said: str) -> None:
    reviewed(desk, ticket, result)
    invitation = ticket.letters.get(kind="view_invitation")
    settled(desk, ticket, "granted")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.language) == ("sent", "fr")
    done = "Le contrat de voyage est rétabli au premier mars."
    ticket = desk.does("olga", "complete", ticket, done=done)
    told(
        desk,
        ticket,
        f"la décision : elle {said}",
        done,
        *(REVIEWED[part] for part in ("view_considered", "reasons", "explanation")),
        "Ombudsman des Assurances",
        ledger="case.opened ticket.taken decision.qualified review.assigned "
        "review.recorded ticket.proposed ticket.gates_answered ticket.decided "
        "ticket.carried_out letter.drafted letter.approved letter.sent",
    )
    assert ticket.human_reviews.get().recorded_by == "rita"


def test_refused(desk: Desk, ticket: Ticket) -> None:
    reviewed(desk, ticket, "upheld")
    ticket = settled(desk, ticket, "refused", "upheld_after_human_review")
    told(
        desk,
        ticket,
        "la décision : elle est maintenue",
        POURQUOI,
        *(REVIEWED[part] for part in ("view_considered", "reasons", "explanation")),
        "RGPD, art. 22, § 3",
        "Ombudsman des Assurances",
        ledger="decision.qualified review.assigned review.recorded ticket.proposed "
        "ticket.decided letter.drafted letter.approved letter.sent",
    )


def test_not_applicable(desk: Desk, ticket: Ticket) -> None:
    not_reviewed(desk, ticket)
    ticket = settled(desk, ticket, "not_applicable", "human_involved")
    told(
        desk,
        ticket,
        "La décision a été prise par une personne",
        POURQUOI,
        "Vous gardez tous vos autres droits.",
        ledger="decision.qualified ticket.proposed ticket.decided letter.sent",
    )


def test_no_data(desk: Desk, ticket: Ticket) -> None:
    desk.does("olga", "take_in_hand", ticket)
    ticket = settled(desk, ticket, "no_data")
    told(
        desk,
        ticket,
        "aucune décision vous concernant qui soit fondée exclusivement",
        "Nous avons cherché une telle décision à partir de :",
        POURQUOI,
        ledger="ticket.taken ticket.proposed ticket.decided letter.sent",
    )


def test_not_identified(desk: Desk, ticket: Ticket) -> None:
    ticket = unidentified(desk, ticket)
    told(
        desk,
        ticket,
        "votre identité n'a pas pu être établie",
        DOUBTS,
        "[RGPD, art. 12, § 2]",
        "Vous pouvez encore compléter votre demande.",
        ledger="ticket.identity_asked ticket.proposed ticket.decided letter.sent",
    )


def test_it_is_not_granted_in_part(desk: Desk, ticket: Ticket) -> None:
    reviewed(desk, ticket, "changed")
    page = desk.refused("olga", "propose", ticket, outcome="partial", reasons=WHY)
    assert "partial is not one of the available choices" in page


def test_nobody_decides_against_the_review(desk: Desk, ticket: Ticket) -> None:
    reviewed(desk, ticket, "upheld")
    page = desk.refused("olga", "propose", ticket, outcome="granted")
    assert "The review upheld the decision" in page
