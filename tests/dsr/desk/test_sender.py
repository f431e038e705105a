"""The officer sees how far the sender of a mail is believed, and why not."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dsr.models import Arrival, ArrivalResult, Case
from tests.dsr.desk.conftest import NOW, open_case

pytestmark = pytest.mark.django_db


def arrival(result: ArrivalResult, case: Case | None) -> Arrival:
    mail = Arrival(
        sha256="2" * 64,
        received_at=NOW,
        result=result,
        case=case,
        trust="failed",
        checks={"spf": "fail", "dmarc": "fail"},
        flags=["reply_elsewhere", "a code of later"],
    )
    mail.raw.save("mail", ContentFile(b"From: a@b.example\r\n\r\nHello"))
    return mail


@pytest.mark.parametrize("opened", [True, False])
def test_a_doubtful_sender_shows_on_the_mail_and_on_the_case(
    officer: Client, opened: bool
) -> None:
    case = open_case() if opened else None
    mail = arrival(ArrivalResult.OPENED if opened else ArrivalResult.TRAY, case)
    page = (
        reverse("admin:dsr_case_change", args=[case.pk])
        if case
        else reverse("admin:dsr_arrival_change", args=[mail.pk])
    )
    text = officer.get(page).content.decode()
    assert "sender doubtful" in text
    assert "the address alone proves nothing" in text
    assert "SPF fail, DMARC fail" in text
    assert "It asks for answers to another address" in text
