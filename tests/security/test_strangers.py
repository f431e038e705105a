"""Who says they are somebody, or act for somebody, gets nothing by saying so."""

from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage

from dsr import casework
from dsr.casework import NewFile
from dsr.models import Case
from dsr.vocabulary import Channel
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, Open, refused, verify

SAID = {
    "fr": "une autre adresse e-mail",
    "nl": "een ander e-mailadres",
    "de": "eine andere E-Mail-Adresse",
    "en": "another e-mail address",
}
KNOWN_NUMBER = {"customer_number": "K-100001"}


@pytest.fixture
def by_agent(open_case: Open) -> Callable[[], Case]:
    """Return a function that opens a case for Jeanne in somebody else's name."""

    def by_agent() -> Case:
        return open_case(
            "access",
            channel=Channel.MAIL,
            agent_name="Agent Smith",
            agent_relation="lawyer",
            email="smith@elsewhere.example",
            identifiers=KNOWN_NUMBER,
        )

    return by_agent


def establish(case: Case) -> None:
    """Take the case's number for the person's own, as an officer might."""
    casework.establish_identity(
        case.tickets.get().pk,
        method="the customer number is right",
        identifiers=[case.subject.identifiers.get(kind="customer_number").pk],
        by=OFFICER,
        at=RECEIVED,
    )


def test_an_agent_without_mandate_is_nobody(by_agent: Callable[[], Case]) -> None:
    case = verify(by_agent())
    casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)
    with refused("comes from a representative without a mandate"):
        establish(case)
    assert not case.tickets.get().searches.exists()


@pytest.mark.parametrize("kind", ["mandate", "proof"])
def test_an_agent_who_shows_a_mandate_is_heard(
    by_agent: Callable[[], Case], kind: str
) -> None:
    case = verify(by_agent())
    casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)
    paper = NewFile(kind, "mandate.pdf", "application/pdf", b"%PDF-1.7")
    casework.add_document(case.pk, paper, by=OFFICER, at=RECEIVED)
    establish(case)
    assert case.tickets.get().searches.exists()


def test_a_known_customer_number_finds_a_stranger_nothing(open_case: Open) -> None:
    case = verify(
        open_case(
            "access",
            channel=Channel.WEB,
            email="stranger@elsewhere.example",
            identifiers=KNOWN_NUMBER,
        )
    )
    casework.take_in_hand(case.tickets.get().pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    found = case.tickets.get().searches.values_list("state", flat=True)
    assert set(found) == {"nothing"}


def tell_elsewhere(case: Case) -> list[str]:
    """Let an officer move the address; return who is told of it, and by what."""
    casework.set_address(
        case.pk,
        email="stranger@elsewhere.example",
        postal_address="",
        by=OFFICER,
        at=RECEIVED,
    )
    told = case.letters.filter(kind="address_changed", state="queued")
    return list(told.values_list("to_email", flat=True))


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_who_loses_the_answer_to_another_address_is_told(
    open_case: Open, mailoutbox: list[EmailMessage], language: str
) -> None:
    case = open_case("access", channel=Channel.WEB, email=JEANNE, language=language)
    assert tell_elsewhere(verify(case)) == [JEANNE]
    casework.send_letters(at=RECEIVED)
    assert mailoutbox[-1].to == [JEANNE]
    assert SAID[language] in str(mailoutbox[-1].body)
    assert "stranger" not in str(mailoutbox[-1].body)


def test_an_address_that_nobody_proved_is_told_nothing(open_case: Open) -> None:
    case = open_case("access", channel=Channel.WEB, email=JEANNE)
    assert tell_elsewhere(case) == []
