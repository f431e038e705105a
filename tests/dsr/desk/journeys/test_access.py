"""Access by the pages of the desk, from the letter to the closed ticket. Art. 15."""

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
    read,
    settled,
    taken,
    told,
    unidentified,
    works,
)
from tests.dsr.steps import LAW

Write = Callable[..., Case]
ANSWER = "Aucune décision automatisée n'a été prise à votre sujet."
GIVEN = "ticket.proposed package.built ticket.gates_answered ticket.decided letter.sent"
REFUSED = "ticket.proposed ticket.gates_answered ticket.decided letter.sent"


def informed(desk: Desk, ticket: Ticket) -> None:
    """Answer what the facts leave open on the list of Art. 15."""
    for one in ticket.information.filter(state="open"):
        said = {"item": one.item, "state": "given", "because": ANSWER}
        desk.does("olga", "answer_information", ticket, **said)


def withheld(desk: Desk, ticket: Ticket, *, system: str) -> None:
    """Keep the first record found in a system out of the copy."""
    search = ticket.searches.get(system=system)
    collection = next(iter(search.counts))
    url = f"{reverse('admin:withhold', args=[search.pk, 1])}?collection={collection}"
    said = {"field": "", "ground": "others_rights", "note": WHY}
    assert desk.browsers["olga"].post(url, said).status_code == 302


@pytest.fixture
def reviewing(desk: Desk, write: Write) -> Ticket:
    """Return Jeanne's request, its systems searched."""
    ticket = known(desk, taken(desk, write("access")))
    assert ticket.state == "reviewing"
    return adviser_looked(desk, ticket)


def test_granted(desk: Desk, reviewing: Ticket) -> None:
    informed(desk, reviewing)
    told(
        desk,
        settled(desk, reviewing, "granted"),
        "Nous avons accepté votre demande.",
        "Une copie est disponible",
        "Gestion des sinistres, Gestion des clients",
        "Demo Reinsurance SE, Munich",
        ANSWER,
        ledger="case.opened ticket.taken ticket.proof_accepted search.ordered "
        f"ticket.collecting search.done ticket.reviewing information.answered {GIVEN}",
    )


def test_partial(desk: Desk, reviewing: Ticket) -> None:
    informed(desk, reviewing)
    withheld(desk, reviewing, system="claims")
    page = desk.refused("olga", "propose", reviewing, outcome="granted")
    assert "Something is withheld" in page
    told(
        desk,
        settled(desk, reviewing, "partial", "others_rights"),
        "Une copie est disponible",
        POURQUOI,
        "RGPD, art. 15, § 4",
        ledger=f"ticket.reviewing search.item_withheld {GIVEN}",
    )


def test_health_data_wait_for_the_medical_adviser(desk: Desk, write: Write) -> None:
    ticket = known(desk, taken(desk, write("access")))
    informed(desk, ticket)
    page = desk.refused("olga", "propose", ticket, outcome="granted")
    assert "a medical adviser has to look at them first" in page
    told(
        desk,
        settled(desk, adviser_looked(desk, ticket), "granted"),
        "Une copie est disponible",
        ledger=f"ticket.reviewing information.answered search.health_cleared {GIVEN}",
    )


def test_refused(desk: Desk, reviewing: Ticket) -> None:
    told(
        desk,
        settled(desk, reviewing, "refused", "legal_restriction", G6="named"),
        "Nous ne pouvons pas accepter votre demande.",
        f"Une loi limite ce droit. [RGPD, art. 23 ; {LAW}]",
        POURQUOI,
        ledger=f"ticket.reviewing {REFUSED}",
    )


def test_no_data(desk: Desk, write: Write) -> None:
    case = write("access", email="nobody@demo.example", identifiers={})
    ticket = known(desk, taken(desk, case))
    informed(desk, ticket)
    told(
        desk,
        settled(desk, ticket, "no_data"),
        "nous n'avons trouvé aucune donnée à caractère personnel vous concernant.",
        "dans nos systèmes à partir de : nobody@demo.example.",
        ledger=f"search.done ticket.reviewing {REFUSED}",
    )


def test_what_was_found_is_not_denied(desk: Desk, reviewing: Ticket) -> None:
    page = desk.refused("olga", "propose", reviewing, outcome="no_data", reasons=WHY)
    assert "the answer cannot be that there are none" in page


def test_not_identified(desk: Desk, write: Write) -> None:
    ticket = unidentified(desk, write("access").tickets.get())
    asked = ticket.letters.get(kind="identity_request")
    assert (asked.state, asked.language) == ("sent", "fr")
    told(
        desk,
        ticket,
        "votre identité n'a pas pu être établie",
        DOUBTS,
        "Vous pouvez encore compléter votre demande.",
        ledger=f"ticket.identity_asked {REFUSED}",
    )
    assert not ticket.searches.exists()


def test_extended(desk: Desk, reviewing: Ticket) -> None:
    due = reviewing.due
    said = {"factors": ["amount"], "reason": POURQUOI}
    ticket = desk.does("olga", "propose_extension", reviewing, **said)
    assert ticket.extension_proposed_by == "olga"
    ticket = desk.does("dirk", "extend", ticket)
    assert ticket.due == due  # until the letter has gone out
    works(desk)
    ticket.refresh_from_db()
    letter = ticket.letters.get(kind="extension_notice")
    assert (letter.state, POURQUOI in read(letter)) == ("sent", True)
    assert ticket.due
    assert due
    assert 58 < (ticket.due - due).days < 66
    informed(desk, ticket)
    told(
        desk,
        settled(desk, ticket, "granted"),
        ledger="ticket.extension_proposed ticket.extended letter.sent "
        f"ticket.extension_told information.answered {GIVEN}",
    )


def test_reopened(desk: Desk, reviewing: Ticket) -> None:
    ticket = settled(desk, reviewing, "refused", "legal_restriction", G6="named")
    told(desk, ticket, ledger=REFUSED)
    ticket = desk.does("dora", "reopen", ticket, why=WHY, told=POURQUOI)
    works(desk)
    letter = ticket.letters.get(kind="reopened")
    assert (letter.state, POURQUOI in read(letter)) == ("sent", True)
    ticket.refresh_from_db()
    informed(desk, ticket)
    told(
        desk,
        settled(desk, ticket, "granted", G6="none"),
        "Nous avons accepté votre demande.",
        ledger=f"{REFUSED} ticket.closed ticket.reopened {GIVEN}",
    )
