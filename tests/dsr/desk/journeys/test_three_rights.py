"""Three rights in one letter: one case, a ticket each, each answered for itself."""

from collections.abc import Callable

from dsr.models import Case, Ticket
from subjects.models import is_suppressed
from tests.dsr.desk.journeys.answering import (
    adviser_looked,
    recipients_told,
    systems_answered,
)
from tests.dsr.desk.journeys.conftest import (
    AUTHORITY,
    Desk,
    answered,
    checked,
    decided,
    ended,
    everyone_answered_for,
    known,
    ledger_of,
    read,
    works,
)
from tests.dsr.steps import JEANNE

THREE = ("access", "erasure", "marketing_opt_out")
DONE = "Vos données sont effacées dans nos deux systèmes."
ANSWER = "Aucune décision automatisée n'a été prise à votre sujet."


def test_each_is_answered_and_the_last_closes_the_case(
    desk: Desk, write: Callable[..., Case]
) -> None:
    case = write(*THREE)
    access, erasure, marketing = (case.tickets.get(right_code=one) for one in THREE)
    assert is_suppressed("email", JEANNE)
    assert len({one.received_at for one in (access, erasure, marketing)}) == 1

    systems_answered(desk, marketing)
    marketing = recipients_told(desk, marketing)
    works(desk)
    marketing.refresh_from_db()
    assert (marketing.state, marketing.outcome) == ("closed", "granted")
    text = read(marketing.letters.get(kind="reply", state="sent"))
    assert "Cela vaut pour toute notre prospection" in text
    assert AUTHORITY in text

    desk.does("olga", "take_in_hand", access)
    known(desk, access)
    desk.does("olga", "take_in_hand", erasure)
    works(desk)
    erasure = _erased(desk, Ticket.objects.get(pk=erasure.pk))
    text = ended(desk, erasure, "granted")
    assert DONE in text
    assert Ticket.objects.get(pk=access.pk).is_open

    access = _copied(desk, Ticket.objects.get(pk=access.pk))
    text = read(answered(desk, access))
    assert "Une copie est disponible" in text
    assert AUTHORITY in text
    access = Ticket.objects.get(pk=access.pk)
    if access.state == "replied":
        access = desk.does("olga", "close", access)
    assert set(case.tickets.values_list("state", "outcome")) == {("closed", "granted")}
    assert ledger_of(access).count("ticket.closed") == 3
    card = desk.page("olga", "admin:dsr_case_change", case.pk)
    assert case.reference in card


def _erased(desk: Desk, ticket: Ticket) -> Ticket:
    """Erase what advertising was made with; its objection is the ground."""
    said = {"categories": ["preferences"], "ground": "marketing_objection"}
    page = desk.page("olga", "admin:act", ticket.pk, "examine_grounds")
    assert "shown by another request of this case" in page
    desk.does("olga", "examine_grounds", ticket, **said)
    said = {"categories": ["preferences"], "verdict": "erase"}
    desk.does("olga", "examine_exceptions", ticket, **said)
    desk.does("olga", "propose", ticket, outcome="granted", reasons="")
    ticket = everyone_answered_for(desk, decided(desk, checked(desk, ticket)))
    return desk.does("olga", "complete", ticket, done=DONE)


def _copied(desk: Desk, ticket: Ticket) -> Ticket:
    """Answer the list of Art. 15, have the copy made, and decide on it."""
    for one in ticket.information.filter(state="open"):
        said = {"item": one.item, "state": "given", "because": ANSWER}
        desk.does("olga", "answer_information", ticket, **said)
    ticket = adviser_looked(desk, ticket)
    desk.does("olga", "propose", ticket, outcome="granted")
    works(desk)
    return decided(desk, checked(desk, Ticket.objects.get(pk=ticket.pk)))
