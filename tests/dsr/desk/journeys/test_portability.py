"""Portability by the pages of the desk, from the letter to its end. GDPR Art. 20."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from dsr.models import Case, Ticket
from tests.dsr.desk.journeys.answering import adviser_looked
from tests.dsr.desk.journeys.conftest import (
    DOUBTS,
    POURQUOI,
    WHY,
    Desk,
    known,
    settled,
    taken,
    told,
    unidentified,
)

Write = Callable[..., Case]
RECEIVER = "Autre Assurance SA, Rue Neuve 1, 1000 Bruxelles"
GIVEN = "ticket.proposed package.built ticket.gates_answered ticket.decided"
REFUSED = "ticket.proposed ticket.gates_answered ticket.decided letter.sent"


@pytest.fixture
def filtering(desk: Desk, write: Write) -> Ticket:
    """Return Jeanne's request, its systems searched and the origins mapped."""
    ticket = known(desk, taken(desk, write("portability")))
    assert ticket.state == "filtering"
    return adviser_looked(desk, ticket)


def test_granted(desk: Desk, filtering: Ticket) -> None:
    ticket = settled(desk, filtering, "granted")
    assert ticket.state == "reply_pending"
    told(
        desk,
        ticket,
        "Nous avons accepté votre demande.",
        ledger="case.opened ticket.taken ticket.proof_accepted search.ordered "
        "search.done portability.origins_drawn "
        f"{GIVEN} letter.drafted letter.approved letter.sent",
    )


def test_granted_and_passed_on(desk: Desk, filtering: Ticket) -> None:
    desk.does("olga", "ask_transfer", filtering, to=RECEIVER)
    desk.does("olga", "accept_transfer", filtering)
    ticket = settled(desk, filtering, "granted")
    assert ticket.state == "delivering"
    receipt = "Reçu sous la référence 4711 ce jour."
    ticket = desk.does("olga", "finish_transfer", ticket, receipt=receipt)
    told(
        desk,
        ticket,
        RECEIVER,
        ledger=f"transfer.asked transfer.accepted {GIVEN} transfer.done letter.sent",
    )


def test_partial_as_it_cannot_be_passed_on(desk: Desk, filtering: Ticket) -> None:
    desk.does("olga", "ask_transfer", filtering, to=RECEIVER)
    desk.does("olga", "excuse_transfer", filtering, reason=POURQUOI)
    told(
        desk,
        settled(desk, filtering, "partial", "transfer_not_feasible"),
        RECEIVER,
        POURQUOI,
        "RGPD, art. 20, § 2",
        ledger=f"transfer.asked transfer.infeasible {GIVEN} letter.sent",
    )


def test_partial_as_others_are_named(desk: Desk, filtering: Ticket) -> None:
    search = filtering.searches.get(system="claims")
    collection = next(iter(search.counts))
    url = f"{reverse('admin:withhold', args=[search.pk, 1])}?collection={collection}"
    said = {"field": "", "ground": "others_rights", "note": WHY}
    assert desk.browsers["olga"].post(url, said).status_code == 302
    told(
        desk,
        settled(desk, filtering, "partial", "others_rights"),
        POURQUOI,
        "RGPD, art. 20, § 4",
        ledger=f"search.item_withheld {GIVEN} letter.sent",
    )


def test_refused(desk: Desk, filtering: Ticket) -> None:
    told(
        desk,
        settled(desk, filtering, "refused", "legal_restriction", G6="named"),
        "Nous ne pouvons pas accepter votre demande.",
        "RGPD, art. 23",
        POURQUOI,
        ledger=REFUSED,
    )


def test_not_applicable(desk: Desk, filtering: Ticket) -> None:
    told(
        desk,
        settled(desk, filtering, "not_applicable", "legal_basis"),
        "Le droit que vous invoquez ne s'applique pas ici.",
        "RGPD, art. 20, § 1",
        POURQUOI,
        ledger=REFUSED,
    )


def test_no_data(desk: Desk, write: Write) -> None:
    case = write("portability", email="nobody@demo.example", identifiers={})
    ticket = known(desk, taken(desk, case))
    told(
        desk,
        settled(desk, ticket, "no_data"),
        "nous n'avons trouvé aucune donnée à caractère personnel vous concernant.",
        "nobody@demo.example",
        ledger=f"search.done {REFUSED}",
    )


def test_not_identified(desk: Desk, write: Write) -> None:
    ticket = write("portability").tickets.get()
    told(
        desk,
        unidentified(desk, ticket),
        "votre identité n'a pas pu être établie",
        DOUBTS,
        ledger=f"ticket.identity_asked {REFUSED}",
    )
