"""What every right knows alike: taken back before anybody has answered."""

from collections.abc import Callable

import pytest

from dsr.models import Case, LedgerEntry
from dsr.vocabulary import RightCode
from tests.dsr.desk.journeys.conftest import Desk, works


@pytest.mark.parametrize("right", RightCode)
def test_a_person_takes_a_request_back(
    desk: Desk, write: Callable[..., Case], right: str
) -> None:
    ticket = write(right).tickets.get()
    ticket = desk.does("olga", "withdraw", ticket)
    assert (ticket.state, ticket.outcome) == ("withdrawn", "withdrawn")
    works(desk)
    letter = ticket.letters.get(kind="withdrawal_confirmation")
    assert (letter.state, letter.language) == ("sent", "fr")
    assert ticket.case.reference in letter.text
    said = LedgerEntry.objects.filter(reference=ticket.case.reference)
    assert said.get(event="ticket.withdrawn").by == "olga"
    assert "olga" in desk.page("olga", "admin:dsr_case_change", ticket.case_id)
