"""Letters are drafted with what the ticket holds, then fixed for good."""

import hashlib

import pytest
from django.core.files.storage import Storage, default_storage
from pytest_django import Settings

from dsr.letters import drafting, fixing
from dsr.letters.contents import IncompleteLetterError
from dsr.letters.drafting import draft
from dsr.models import AccessCode
from dsr.vocabulary import LetterKind, LetterState, Outcome
from tests.dsr.letters.rows import AT, EMAIL, a_case, a_decided_ticket, a_ticket

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: object) -> Storage:
    settings.MEDIA_ROOT = str(tmp_path)
    return default_storage


def test_a_draft_is_addressed_to_the_person_in_their_language() -> None:
    letter = draft(LetterKind.DESK_MESSAGE, case=a_case(), by="luc", at=AT)

    letter.refresh_from_db()
    assert (letter.state, letter.language) == (LetterState.DRAFT, "fr")
    assert (letter.to_email, letter.to_address) == (EMAIL, "")
    assert (letter.created_by, letter.created_at) == ("luc", AT)


def test_a_draft_without_mail_goes_to_the_address() -> None:
    case = a_case(contact_email="", channel="post", postal_address="Rue Haute 1")

    letter = draft(LetterKind.DESK_MESSAGE, case=case, by="luc", at=AT)

    assert (letter.to_email, letter.to_address) == ("", "Rue Haute 1")


def test_a_message_id_says_nothing_of_the_case_and_is_never_the_same() -> None:
    ids = {drafting.new_message_id() for _ in range(50)}

    assert len(ids) == 50
    assert all(one.endswith("@ipa.example>") for one in ids)


def test_a_reply_begins_with_what_the_ticket_holds() -> None:
    case = a_case()
    ticket = a_decided_ticket(case, "erasure", Outcome.REFUSED, reasons="Sinistre.")

    letter = draft(LetterKind.REPLY, case=case, ticket=ticket, by="luc", at=AT)

    assert letter.parts == {"reasons": "Sinistre."}


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(ValueError, match="no part ground; known: done, reasons"):
        draft(LetterKind.REPLY, case=a_case(), parts={"ground": ""}, by="luc", at=AT)


def test_fixing_keeps_mail_and_pdf() -> None:
    case = a_case()
    a_ticket(case)
    letter = draft(LetterKind.ACKNOWLEDGEMENT, case=case, by="luc", at=AT)
    letter.to_email, letter.to_address = "", "Rue de la Loi 1, 1000 Bruxelles"

    fixing.fix(letter, at=AT)
    letter.save()

    letter.refresh_from_db()
    with letter.pdf.open() as file:
        content = file.read()
    assert content.startswith(b"%PDF-1.7")
    assert letter.pdf_sha256 == hashlib.sha256(content).hexdigest()
    assert "DSR-2026-000123-K7" in letter.subject
    assert "mardi 7 avril 2026" in letter.text
    assert "letter" not in str(letter.pdf)  # no name given to a file is kept


def test_what_a_machine_mails_has_no_page_of_its_own() -> None:
    case = a_case()
    a_ticket(case)
    letter = draft(LetterKind.ACKNOWLEDGEMENT, case=case, by="luc", at=AT)

    fixing.fix(letter, at=AT)

    assert not letter.pdf
    assert "mardi 7 avril 2026" in letter.text


def test_fixing_keeps_no_code() -> None:
    case = a_case()
    code = AccessCode.objects.create(case=case, created_at=AT)
    parts = {"code_id": code.pk}
    letter = draft(LetterKind.ACCESS_CODE, case=case, parts=parts, by="luc", at=AT)

    fixing.fix(letter, at=AT)

    assert letter.text == ""
    assert not letter.pdf
    assert letter.subject.startswith("Votre code à usage unique")


def test_an_incomplete_letter_is_not_fixed() -> None:
    case = a_case()
    ticket = a_decided_ticket(case, "erasure", Outcome.REFUSED, grounds=["no_ground"])
    letter = draft(LetterKind.REPLY, case=case, ticket=ticket, by="luc", at=AT)

    with pytest.raises(IncompleteLetterError, match="still lacks: the reasons"):
        fixing.fix(letter, at=AT)

    assert not letter.pdf
    preview = fixing.preview(letter)
    assert preview is not None
    assert preview.startswith(b"%PDF-")


def test_a_mail_without_letter_has_no_preview() -> None:
    letter = draft(LetterKind.ADDRESS_CHANGED, case=a_case(), by="luc", at=AT)

    assert fixing.preview(letter) is None
