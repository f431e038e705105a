"""The connection dies at every command and in answers: nothing lost, nothing twice."""

import pytest

from dsr.intake.fetching.account import MailboxError, account
from tests.dsr.intake.fetching.conftest import (
    Person,
    a_request,
    an_invoice,
    counted,
    take,
)
from tests.servers.cutting import Cut, cutting

MOST = 40  # commands; a run of two messages takes fewer
AFTER = {b"SEARCH": (1, 9), b"BODY.PEEK": (1, 30, 200, 500), b"STORE": (1, 15)}


def two_runs(person: Person, cut: Cut) -> bool:
    """Fetch twice through a connection that breaks once; return whether it broke."""
    broke = False
    with cutting(person.server.port, cut) as port:
        there = person.url.replace(f":{person.server.port}/", f":{port}/")
        try:
            take(account(there))
        except MailboxError:
            broke = True
        take(account(there))
    return broke


def test_cut_at_every_command(person: Person) -> None:
    cut = Cut(0)
    for number in range(1, MOST):
        fresh = Person(person.server)
        fresh.gets(a_request(number), an_invoice(number))
        mails, done = counted()
        cut = Cut(number)

        broke = two_runs(fresh, cut)

        assert counted() == (mails + 2, done + 2), cut.commands
        assert fresh.seen() == [True, True]
        if not broke:
            break
    assert b"LOGOUT" in cut.commands[int(cut.at) - 1]


@pytest.mark.parametrize(
    ("word", "length"), [(word, length) for word in AFTER for length in AFTER[word]]
)
def test_cut_in_the_middle_of_an_answer(
    person: Person, word: bytes, length: int
) -> None:
    person.gets(a_request(1), an_invoice(1))

    broke = two_runs(person, Cut(word, answered=length))

    assert broke
    assert counted() == (2, 2)
    assert person.seen() == [True, True]
