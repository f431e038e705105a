"""An encrypted mail is taken in as any other, if the desk has the key."""

import base64
from email.message import EmailMessage

import pytest
from pysequoia import Tsk, encrypt
from pytest_django import Settings

from dsr.intake.mailbox.receive import receive
from dsr.intake.mailbox.stored import mail_of
from dsr.models import Arrival
from tests.dsr.conftest import JEANNE, RECEIVED, events
from tests.dsr.intake.conftest import ACCESS, case_of

PAPER = bytes(range(256)) * 20


@pytest.fixture
def key(house: object, settings: Settings) -> Tsk:
    made = Tsk.generate("dpo <dpo@us.example>")
    settings.PGP_KEY = str(made).encode()
    return made


def mail(key: Tsk) -> bytes:
    """Write a letter with a copy of an identity card, all of it encrypted."""
    inside = EmailMessage()
    inside.set_content(ACCESS)
    inside.add_attachment(
        PAPER, maintype="image", subtype="jpeg", filename="carte d'identité.jpg"
    )
    message = encrypt(inside.as_bytes(), recipients=[key.extract_certificate()])
    return (
        b"From: Jeanne Peeters <" + JEANNE.encode() + b">\r\nSubject: ...\r\n"
        b"Message-ID: <1@home.example>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/encrypted; boundary=o\r\n\r\n--o\r\n"
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n--o\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n" + message + b"\r\n--o--\r\n"
    )


def take_in(raw: bytes) -> Arrival:
    return receive(raw, received_at=RECEIVED, source="test", at=RECEIVED).arrival


def test_it_opens_a_case_and_the_copy_of_a_card_is_not_kept(key: Tsk) -> None:
    got = receive(mail(key), received_at=RECEIVED, source="test", at=RECEIVED)
    case = case_of(got)
    assert case.text == ACCESS
    assert not case.documents.exists()
    assert "case.paper_dropped" in events(case)
    with got.arrival.raw.open("rb") as kept:
        assert b"BEGIN PGP MESSAGE" not in kept.read()


def test_without_the_key_it_waits_and_with_the_key_it_is_read_there(
    key: Tsk, settings: Settings
) -> None:
    mine, settings.PGP_KEY = settings.PGP_KEY, b""
    arrival = take_in(mail(key))
    assert (arrival.result, arrival.reason) == ("tray", "encrypted")
    assert mail_of(arrival).encrypted
    settings.PGP_KEY = mine
    assert mail_of(arrival).text == ACCESS
    settings.PGP_KEY = str(Tsk.generate("x <x@us.example>")).encode()
    again = mail(key).replace(b"<1@", b"<2@")
    assert take_in(again).reason == "encrypted: for another key than PGP_KEY"


def test_base64_is_cut_out_too(key: Tsk) -> None:
    raw = mail(key)
    start = raw.index(b"\r\n\r\n-----BEGIN PGP")
    end = raw.index(b"\r\n--o--")
    message = base64.encodebytes(raw[start:end].strip())
    head = raw[:start] + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    arrival = take_in(head + message + raw[end:])
    assert arrival.result == "opened"
    with arrival.raw.open("rb") as kept:
        assert message[:30] not in kept.read()
