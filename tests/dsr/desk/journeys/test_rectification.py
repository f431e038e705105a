"""Rectification from the letter to the closed ticket, by the desk's pages. Art. 16."""

from collections.abc import Callable
from typing import Any

import pytest

from dsr.models import Case, Ticket
from tests.dsr.desk.journeys.conftest import (
    WHY,
    Desk,
    checked,
    decided,
    ended,
    everyone_answered_for,
    in_order,
    known,
    read,
    unidentified,
    works,
)

Write = Callable[..., Case]
STREET = {
    "system": "crm",
    "place": "rue",
    "says": "Rue Haute 1",
    "should_say": "Rue Haute 11",
    "evidence": "Le contrat porte le numéro 11.",
}
NOTE = {
    "system": "claims",
    "place": "note d'appel",
    "says": "Elle était en tort.",
    "should_say": "Elle n'était pas en tort.",
}
VERIFIED = "Nous avons comparé la donnée avec le contrat que vous avez signé."
STATEMENT = "Je n'ai jamais dit que j'étais en tort."
REASONS = "Une donnée exacte reste comme elle est ; un avis peut être complété."
DONE = "Nous avons corrigé la rue dans nos deux systèmes."
NOW_READS = {"details": "Rue: Rue Haute 11."}


def taken(desk: Desk, write: Write, **more: Any) -> Ticket:
    """Take a letter in hand that asks for a correction, and search."""
    case = write("rectification", **more)
    return known(desk, desk.does("olga", "take_in_hand", case.tickets.get()))


def judged(desk: Desk, ticket: Ticket, noted: dict[str, str], **said: str) -> Ticket:
    """Note a contested datum, and judge it."""
    ticket = desk.does("olga", "verify", ticket, **noted)
    datum = ticket.corrections.get(place=noted["place"]).pk
    return desk.does("olga", "judge_datum", ticket, datum=datum, **said)


def put(desk: Desk, ticket: Ticket, outcome: str, *given: str) -> Ticket:
    """Propose an outcome, answer the checks, and have it decided."""
    said = {"grounds": given, "reasons": REASONS} if given else {"reasons": ""}
    ticket = desk.does("olga", "propose", ticket, outcome=outcome, **said)
    return decided(desk, checked(desk, ticket))


def finished(desk: Desk, ticket: Ticket) -> Ticket:
    """See it corrected everywhere and everyone told."""
    ticket = everyone_answered_for(desk, ticket, **NOW_READS)
    return desk.does("olga", "complete", ticket, done=DONE)


def test_it_is_granted(desk: Desk, write: Write) -> None:
    ticket = judged(desk, taken(desk, write), STREET, verdict="correct")
    ticket = put(desk, ticket, "granted")
    assert ticket.state == "correcting"
    said = ended(desk, finished(desk, ticket), "granted")
    for part in (
        "Nous avons accepté votre demande.",
        "droit de rectification",
        "Rue Haute 1",
        "Rue Haute 11",
        DONE,
        "Gestion des clients",
        "AXA Demo Partners SAS, Paris",
    ):
        assert part in said
    assert in_order(
        ticket,
        "ticket.taken",
        "datum.noted",
        "datum.judged",
        "ticket.proposed",
        "ticket.gates_answered",
        "ticket.decided",
        "order.given",
        "order.closed",
        "notice.owed",
        "notice.sent",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    )
    notice = ticket.notices.get(state="sent").letter
    assert notice is not None
    assert "Rue Haute 11" in notice.text


def test_it_is_granted_in_part(desk: Desk, write: Write) -> None:
    ticket = judged(desk, taken(desk, write), STREET, verdict="correct")
    added = {"verdict": "supplement", "why": VERIFIED, "statement": STATEMENT}
    ticket = judged(desk, ticket, NOTE, **added)
    ticket = put(desk, ticket, "partial", "opinion")
    said = ended(desk, finished(desk, ticket), "partial")
    for part in (
        "Nous avons accepté votre demande en partie.",
        "Rue Haute 11",
        STATEMENT,
        REASONS,
        "RGPD, art. 16",
    ):
        assert part in said
    assert in_order(ticket, "datum.judged", "datum.judged", "ticket.decided")


@pytest.mark.parametrize(
    ("verdict", "ground", "told"),
    [
        ("keep", "accurate", "exact"),
        ("annotate", "not_established", "établi"),
    ],
)
def test_it_is_refused(
    desk: Desk, write: Write, verdict: str, ground: str, told: str
) -> None:
    ticket = judged(desk, taken(desk, write), STREET, verdict=verdict, why=VERIFIED)
    ticket = put(desk, ticket, "refused", ground)
    assert ticket.state == "reply_pending"
    assert not ticket.orders.exists()
    said = ended(desk, ticket, "refused")
    for part in ("Nous ne pouvons pas accepter votre demande", VERIFIED, REASONS, told):
        assert part in said
    assert in_order(ticket, "datum.judged", "ticket.decided", "ticket.replied")


def test_there_are_no_data(desk: Desk, write: Write) -> None:
    ticket = taken(
        desk,
        write,
        name="Nadia Absente",
        email="nadia@demo.example",
        identifiers={"customer_number": "K-999999"},
    )
    said = ended(desk, put(desk, ticket, "no_data"), "no_data")
    assert "aucune donnée" in said
    assert in_order(ticket, "search.done", "ticket.proposed", "ticket.decided")


def test_nobody_is_identified(desk: Desk, write: Write) -> None:
    ticket = unidentified(desk, write("rectification").tickets.get())
    said = ended(desk, ticket, "not_identified")
    assert "RGPD, art. 11, § 2" in said
    assert in_order(ticket, "ticket.identity_asked", "ticket.decided")


def test_a_refusal_is_looked_at_again(desk: Desk, write: Write) -> None:
    kept = {"verdict": "keep", "why": VERIFIED}
    ticket = judged(desk, taken(desk, write), STREET, **kept)
    ended(desk, put(desk, ticket, "refused", "accurate"), "refused")
    first = ticket.letters.get(kind="reply").pk
    told = "Vous nous avez envoyé une preuve nouvelle."
    ticket = desk.does("dora", "reopen", ticket, why=WHY, told=told)
    works(desk)
    assert (ticket.state, ticket.outcome) == ("verifying", "")
    assert told in read(ticket.letters.get(kind="reopened", state="sent"))
    ticket = judged(desk, ticket, STREET, verdict="correct")
    ticket = finished(desk, put(desk, ticket, "granted"))
    said = ended(desk, ticket, "granted")
    assert "Rue Haute 11" in said
    assert list(ticket.letters.filter(kind="reply").values_list("pk", flat=True)) != [
        first
    ]
    assert in_order(
        ticket,
        "ticket.replied",
        "ticket.closed",
        "ticket.reopened",
        "datum.judged",
        "ticket.decided",
        "order.given",
        "ticket.replied",
        "ticket.closed",
    )


def test_it_is_restricted_while_it_is_verified(desk: Desk, write: Write) -> None:
    ticket = taken(desk, write)
    ticket = desk.does("olga", "verify", ticket, **STREET, restrict="on")
    measure = ticket.measures.get()
    assert measure.ground == "accuracy_contested"
    assert in_order(ticket, "datum.noted", "measure.begun")
