"""Erasure from the letter to the closed ticket, by the desk's pages. GDPR Art. 17."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from dsr.models import Case, LedgerEntry, Ticket
from tests.dsr.desk.journeys.conftest import (
    WHY,
    Desk,
    checked,
    decided,
    ended,
    everyone_answered_for,
    in_order,
    known,
    later,
    unidentified,
    works,
)

Write = Callable[..., Case]
NO_NEED = {"ground": "no_longer_necessary"}
KEPT = {
    "verdict": "retain",
    "exception": "legal_obligation",
    "keep_until": "2036-12-31",
    "why": "Le droit comptable nous oblige à les garder sept ans.",
}
REASONS = "Nous gardons vos paiements, car la loi comptable l'exige."
DONE = "Vos données sont effacées dans nos deux systèmes."


def taken(desk: Desk, write: Write, **more: Any) -> Ticket:
    """Take a letter in hand that asks for erasure, and search."""
    ticket = desk.does("olga", "take_in_hand", write("erasure", **more).tickets.get())
    return known(desk, ticket)


def grounds(desk: Desk, ticket: Ticket, *categories: str, **said: str) -> Ticket:
    """Note a ground of Art. 17(1) for categories."""
    return desk.does(
        "olga", "examine_grounds", ticket, categories=categories, **(NO_NEED | said)
    )


def verdict(desk: Desk, ticket: Ticket, category: str, **said: str) -> Ticket:
    """Judge a category: it is erased, or kept as is said."""
    said = said or {"verdict": "erase"}
    return desk.does(
        "olga", "examine_exceptions", ticket, categories=[category], **said
    )


def put(desk: Desk, ticket: Ticket, outcome: str, *given: str) -> Ticket:
    """Propose an outcome, answer the checks, and have it decided."""
    said = {"grounds": given, "reasons": REASONS} if given else {"reasons": ""}
    ticket = desk.does("olga", "propose", ticket, outcome=outcome, **said)
    return decided(desk, checked(desk, ticket))


def finished(desk: Desk, ticket: Ticket) -> Ticket:
    """See it erased everywhere and everyone told."""
    ticket = everyone_answered_for(desk, ticket)
    return desk.does("olga", "complete", ticket, done=DONE)


def partly_kept(desk: Desk, write: Write, **kept: str) -> Ticket:
    """Erase the advertising, keep the payments; the reply is drafted."""
    ticket = grounds(desk, taken(desk, write), "preferences", "payments")
    ticket = verdict(desk, ticket, "preferences")
    ticket = verdict(desk, ticket, "payments", **(KEPT | kept))
    return finished(desk, put(desk, ticket, "partial", "legal_obligation"))


def test_it_is_granted(desk: Desk, write: Write) -> None:
    ticket = grounds(desk, taken(desk, write), "preferences", made_public="on")
    ticket = put(desk, verdict(desk, ticket, "preferences"), "granted")
    ticket = everyone_answered_for(desk, ticket)
    steps = "Nous avons demandé à deux moteurs de recherche d'oublier la page."
    assert "Made public" in desk.refused("olga", "complete", ticket, done=DONE)
    ticket = desk.does("olga", "tell_publishers", ticket, steps=steps)
    ticket = desk.does("olga", "complete", ticket, done=DONE)
    said = ended(desk, ticket, "granted")
    for part in (
        "Nous avons accepté votre demande.",
        DONE,
        "Préférences publicitaires et consentements",
        "Gestion des sinistres",
        steps,
        "liste d'opposition",
        "dans les 90 jours",
        "Demo Medical Advisers, Liège",
    ):
        assert part in said
    assert in_order(
        ticket,
        "ticket.taken",
        "erasure.ground",
        "erasure.judged",
        "ticket.proposed",
        "ticket.gates_answered",
        "ticket.decided",
        "order.given",
        "suppression.added",
        "order.closed",
        "erasure.done",
        "notice.owed",
        "notice.sent",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    )


def test_it_is_granted_in_part_and_the_rest_erased_on_its_day(
    desk: Desk, write: Write
) -> None:
    ticket = partly_kept(desk, write)
    said = ended(desk, ticket, "partial")
    for part in (
        "Nous avons accepté votre demande en partie.",
        "RGPD, art. 17, § 3, b)",
        REASONS,
        "Données bancaires et de paiement",
        KEPT["why"],
        "mercredi 31 décembre 2036",
    ):
        assert part in said
    early = desk.refused("olga", "erase_kept", ticket, why=WHY)
    assert "Nothing is due to be erased" in early
    with later(desk, datetime(2037, 1, 1, 9, 0, tzinfo=UTC)):
        works(desk)
        ticket = desk.does("olga", "erase_kept", ticket, why=WHY)
        again = [str(one.pk) for one in ticket.orders.waiting()]
        assert len(again) == 2
        desk.does("olga", "close_orders", ticket, orders=again, done="done", note=WHY)
    kept = ticket.erasures.get(category="payments")
    assert (kept.erased_by, ticket.state) == ("olga", "closed")
    assert kept.erased_at is not None
    assert kept.erased_at.date() == date(2037, 1, 1)
    done = LedgerEntry.objects.filter(event="erasure.done").order_by("number")
    assert [line.facts["categories"] for line in done] == [
        ["preferences"],
        ["payments"],
    ]
    assert in_order(ticket, "ticket.closed", "ticket.alarm", "erasure.done")


def test_the_day_of_what_is_kept_moves(desk: Desk, write: Write) -> None:
    ticket = partly_kept(desk, write)
    ended(desk, ticket, "partial")
    with later(desk, datetime(2037, 1, 1, 9, 0, tzinfo=UTC)):
        moved = {"category": "payments", "keep_until": "2038-06-30", "why": WHY}
        desk.does("olga", "move_keep_until", ticket, **moved)
        assert "30 June 2038" in desk.refused("olga", "erase_kept", ticket, why=WHY)
    assert ticket.erasures.get(category="payments").keep_until == date(2038, 6, 30)
    assert in_order(ticket, "ticket.closed", "erasure.moved")


@pytest.mark.parametrize(
    ("ground", "because"),
    [("no_longer_necessary", "legal_obligation"), ("none", "no_ground")],
)
def test_it_is_refused(desk: Desk, write: Write, ground: str, because: str) -> None:
    ticket = grounds(desk, taken(desk, write), "payments", ground=ground)
    if because != "no_ground":
        ticket = verdict(desk, ticket, "payments", **KEPT)
    ticket = put(desk, ticket, "refused", because)
    assert ticket.state == "reply_pending"
    said = ended(desk, ticket, "refused")
    assert "Nous ne pouvons pas accepter votre demande" in said
    assert REASONS in said
    kept = "mercredi 31 décembre 2036" in said
    assert kept == (because == "legal_obligation")
    assert ("art. 17, § 1" in said) == (because == "no_ground")
    assert not ticket.orders.exists()
    assert in_order(ticket, "ticket.proposed", "ticket.decided", "ticket.replied")


def test_there_are_no_data(desk: Desk, write: Write) -> None:
    ticket = taken(
        desk,
        write,
        name="Nadia Absente",
        email="nadia@demo.example",
        identifiers={"customer_number": "K-999999"},
    )
    assert set(ticket.searches.values_list("state", flat=True)) == {"nothing"}
    said = ended(desk, put(desk, ticket, "no_data"), "no_data")
    assert "aucune donnée" in said
    assert in_order(ticket, "search.done", "ticket.proposed", "ticket.decided")


def test_nobody_is_identified(desk: Desk, write: Write) -> None:
    ticket = unidentified(desk, write("erasure").tickets.get())
    said = ended(desk, ticket, "not_identified")
    assert "RGPD, art. 11, § 2" in said
    assert "Le nom écrit dans la lettre" in said
    assert in_order(
        ticket, "ticket.identity_asked", "ticket.proof_rejected", "ticket.decided"
    )
    assert not ticket.searches.exists()


def test_it_is_extended_and_then_granted(desk: Desk, write: Write) -> None:
    ticket = taken(desk, write)
    first = ticket.due
    why = "Vos données se trouvent dans des dossiers très nombreux et anciens."
    ticket = desk.does(
        "olga", "propose_extension", ticket, factors=["amount"], reason=why
    )
    ticket = desk.does("dirk", "extend", ticket)
    works(desk)
    ticket.refresh_from_db()
    assert ticket.due is not None
    assert first is not None
    assert ticket.due > first
    assert ticket.refusal_notice_due == first
    ticket = verdict(desk, grounds(desk, ticket, "preferences"), "preferences")
    ticket = finished(desk, put(desk, ticket, "granted"))
    ended(desk, ticket, "granted")
    assert ticket.letters.get(kind="extension_notice").state == "sent"
    assert in_order(
        ticket,
        "ticket.extended",
        "ticket.extension_told",
        "ticket.decided",
        "ticket.replied",
    )
