"""One letter is one mail, however often it is sent; its headers are safe."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings

from dsr.letters import mailfiles
from dsr.letters.drafting import draft
from dsr.letters.transport import UnsendableError, send
from dsr.models import AccessCode, Letter
from dsr.vocabulary import LetterKind
from tests.dsr.letters.rows import AT, EMAIL, NAME, a_case, a_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "dsr.letters.mailfiles.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def a_letter(kind: LetterKind = LetterKind.ACKNOWLEDGEMENT, **changes: str) -> Letter:
    case = a_case(**changes)
    a_ticket(case)
    letter = draft(kind, case=case, by="luc", at=AT)
    letter.subject, letter.text = "Reçu – DSR-2026-000123-K7", "Madame, Monsieur,\n"
    return letter


def the_mail(folder: Path) -> EmailMessage:
    (path,) = folder.iterdir()
    assert path.suffix == ".eml"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_letter_sent_twice_is_one_mail(folder: Path) -> None:
    letter = a_letter()

    proofs = [send(letter, at=AT), send(letter, at=AT)]

    mail = the_mail(folder)
    assert mail["Message-ID"] == letter.message_id
    assert proofs[0] == proofs[1]
    assert letter.message_id in proofs[0]
    assert "2026-03-18T09:30:00+00:00" in proofs[0]
    assert len(proofs[0]) <= 250


def test_a_mail_is_plain_text_from_the_officer_to_the_person(folder: Path) -> None:
    send(a_letter(), at=AT)

    mail = the_mail(folder)
    assert mail["Subject"] == "Reçu – DSR-2026-000123-K7"
    assert mail["From"] == "Inter Partner Assistance - DPO <dpo.bnl@ipa.example>"
    assert mail["To"] == EMAIL
    assert mail["Content-Language"] == "fr"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content() == "Madame, Monsieur,\n"
    assert mail["Date"].datetime == AT
    assert NAME not in mail.as_string()


def test_an_automatic_mail_says_so_and_joins_the_thread(folder: Path) -> None:
    send(a_letter(), at=AT)

    mail = the_mail(folder)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] == mail["References"] == "<abc.1@mail.example>"


def test_a_mail_a_person_wrote_is_not_called_automatic(folder: Path) -> None:
    send(a_letter(LetterKind.DESK_MESSAGE), at=AT)

    assert the_mail(folder)["Auto-Submitted"] is None


@pytest.mark.parametrize(
    "message_id",
    [
        "",
        "no brackets",
        "<a@b>\r\nBcc: x@y.example",
        "<a b@c>",
        "<é@c>",
        f"<{'a' * 300}>",
    ],
)
def test_a_strange_message_id_reaches_no_header(message_id: str, folder: Path) -> None:
    send(a_letter(message_id=message_id), at=AT)

    mail = the_mail(folder)
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None
    assert mail["Bcc"] is None


def test_a_line_break_in_the_subject_starts_no_header(folder: Path) -> None:
    letter = a_letter()
    letter.subject = "Hello\r\nBcc: x@y.example"

    send(letter, at=AT)

    mail = the_mail(folder)
    assert mail["Subject"] == "Hello Bcc: x@y.example"
    assert mail["Bcc"] is None


def test_an_address_with_a_line_break_is_refused(folder: Path) -> None:
    letter = a_letter()
    letter.to_email = "a@b.example\r\nBcc: x@y.example"

    with pytest.raises(
        UnsendableError, match=f"letter {letter.pk} has a broken header"
    ):
        send(letter, at=AT)

    assert list(folder.iterdir()) == []


def test_a_letter_by_post_is_not_mailed() -> None:
    letter = a_letter(contact_email="", channel="post", postal_address="Rue Haute 1")

    with pytest.raises(UnsendableError, match="goes by post; record its posting"):
        send(letter, at=AT)


def test_a_code_is_in_the_mail_only(folder: Path) -> None:
    case = a_case()
    code = AccessCode.objects.create(case=case, created_at=AT)
    parts = {"code_id": code.pk}
    letter = draft(LetterKind.ACCESS_CODE, case=case, parts=parts, by="luc", at=AT)

    send(letter, at=AT)

    assert code.digits in the_mail(folder).get_content()
    letter.refresh_from_db()
    assert letter.text == ""


@pytest.mark.parametrize(
    ("message_id", "name"),
    [
        ("<abc-1.2_3@ipa.example>", "abc-1.2_3@ipa.example.eml"),
        ("<../../etc/passwd>", "_.._etc_passwd-"),
        ("<a/b@c>", "a_b@c-"),
        ("<...>", "-"),
    ],
)
def test_a_file_is_named_safely_after_the_mail(message_id: str, name: str) -> None:
    found = mailfiles.file_name(message_id)

    assert found.startswith(name)
    assert found.endswith(".eml")
    assert "/" not in found


def test_two_ids_never_share_a_file() -> None:
    ids = ["<a/b@c>", "<a\\b@c>", "<a_b@c>", f"<{'x' * 200}>", f"<{'x' * 201}>"]

    assert len({mailfiles.file_name(one) for one in ids}) == len(ids)
