"""A recipient confirms by the link of the notice's mail; who does not is reminded."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import translation

from dsr import casework
from dsr.casework import errand_mails
from dsr.casework.notices import owe_notices
from dsr.casework.ticket_lock import lock
from dsr.models import Letter, RecipientNotice, Ticket
from dsr.vocabulary import OrderAct
from tests.dsr.conftest import DAY, JEANNE, OFFICER, RECEIVED, WHY, Open, verify
from tests.dsr.portal.conftest import text_of

BROKER, DOCTORS = "intermediaries.makelaars", "medical_consultants.medical_advisers"


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def owe(ticket: Ticket, *, again: bool = False) -> None:
    with transaction.atomic():
        one = lock(ticket.pk)
        owe_notices(one, OrderAct.ERASE, again=again, by=OFFICER, at=RECEIVED)


def notice(ticket: Ticket, code: str = BROKER) -> RecipientNotice:
    return ticket.notices.get(recipient=code)


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Tell the broker, by mail, that data are erased."""
    ticket = verify(open_case("erasure", email=JEANNE)).tickets.get()
    owe(ticket)
    casework.tell_recipient(notice(ticket).pk, by=OFFICER, at=RECEIVED)
    mail.outbox.clear()
    casework.send_letters(at=RECEIVED)
    return ticket


def link() -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def follow(client: Client) -> str:
    response = client.get(link())
    assert response.status_code == 302
    return str(response["Location"])


def test_the_link_stands_in_the_mail_and_nowhere_else(ticket: Ticket) -> None:
    token = ticket.errands.get().token
    assert token in link()
    letter = notice(ticket).letter
    assert letter is not None
    assert letter.text
    assert token not in letter.text + "".join(
        str(value)
        for value in Letter.objects.filter(pk=letter.pk).values().get().values()
    )


def test_a_recipient_confirms_without_an_account(ticket: Ticket) -> None:
    client = Client()
    where = follow(client)
    text = text_of(client.get(where))
    assert "Demo Makelaars" in text
    assert JEANNE not in text
    assert client.post(where, {"result": "done"}).status_code == 302
    told = notice(ticket)
    assert (told.state, told.confirmed_by) == ("confirmed", "recipient")
    assert client.post(where, {"result": "done"}).status_code == 422
    for day in range(30):
        assert errand_mails.send_errands(at=RECEIVED + day * DAY) == 0


def test_who_cannot_says_why_and_is_not_counted(ticket: Ticket) -> None:
    client = Client()
    where = follow(client)
    assert client.post(where, {"result": "impossible"}).status_code == 422
    client.post(where, {"result": "impossible", "note": WHY})
    assert notice(ticket).state == "sent"
    assert ticket.errands.get().note == WHY


def test_who_is_silent_is_reminded_and_the_ticket_waits_for_nobody(
    ticket: Ticket,
) -> None:
    mail.outbox.clear()
    sent = [errand_mails.send_errands(at=RECEIVED + day * DAY) for day in range(40)]
    assert sum(sent) == 3
    assert str(mail.outbox[0].subject).startswith("Herinnering: uw bevestiging")
    assert JEANNE not in str(mail.outbox[0].body)
    assert not ticket.timers.filter(kind="errand_late").exists()


def test_nobody_is_reminded_of_what_an_officer_noted_or_what_is_told_anew(
    ticket: Ticket,
) -> None:
    owe(ticket, again=True)
    assert ticket.errands.get().state == "called_off"
    again = ticket.notices.get(recipient=BROKER, turn=2)
    casework.tell_recipient(again.pk, by=OFFICER, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    casework.confirm_notice(again.pk, by=OFFICER, at=RECEIVED)
    assert [errand_mails.send_errands(at=RECEIVED + 9 * DAY)] == [0]
    assert not ticket.errands.asked().exists()


def test_a_letter_on_paper_has_no_link(ticket: Ticket) -> None:
    casework.tell_recipient(notice(ticket, DOCTORS).pk, by=OFFICER, at=RECEIVED)
    assert ticket.errands.count() == 1


def test_a_letter_taken_back_closes_its_link(ticket: Ticket) -> None:
    experts = notice(ticket, "experts.motor_experts")
    casework.tell_recipient(experts.pk, by=OFFICER, at=RECEIVED)
    errand = ticket.errands.get(notice=experts)
    assert not errand.is_wanted  # nothing is to be confirmed before it is sent
