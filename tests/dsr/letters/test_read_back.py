"""What was asked by word of mouth is read back: in the letter, never in the mail."""

from dataclasses import replace

import pytest

from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.letters.drafting import draft
from dsr.letters.fixing import fix
from dsr.letters.rendering import render
from dsr.vocabulary import Channel, LetterKind
from tests.dsr.letters.contexts import LANGUAGES, a_context
from tests.dsr.letters.rows import AT, EMAIL, a_case, a_ticket

SAID = "All that CANARYCLAIM holds, and since when."
HOW = {
    ("en", "phone"): "by telephone",
    ("fr", "phone"): "par téléphone",
    ("nl", "phone"): "telefonisch",
    ("de", "phone"): "telefonisch",
    ("en", "counter"): "at our counter",
    ("fr", "counter"): "à notre guichet",
    ("nl", "counter"): "aan ons loket",
    ("de", "counter"): "an unserem Schalter",
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("channel", Channel.ORAL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_oral_request_is_read_back(language: str, channel: str) -> None:
    case = a_case(channel=channel, text=SAID, language=language, contact_email="")
    a_ticket(case)
    letter = draft(LetterKind.ACKNOWLEDGEMENT, case=case, by="luc", at=AT)
    composed = compose(letter)
    found = find_contents(composed.html or "")
    assert HOW[language, channel] in found["receipt"]
    assert found["noted"].split() == SAID.split()
    assert found["read_back"]
    assert "CANARYCLAIM" not in composed.mail_text


def test_by_mail_the_words_wait_behind_the_code() -> None:
    case = a_case(channel="phone", text=SAID, language="en")
    a_ticket(case)
    letter = draft(LetterKind.ACKNOWLEDGEMENT, case=case, by="luc", at=AT)
    fix(letter, at=AT)
    assert letter.to_email == EMAIL
    assert letter.pdf
    assert "one-time code" in letter.text
    assert "CANARYCLAIM" not in letter.text


@pytest.mark.parametrize("channel", ["mail", "post", "web", "api"])
def test_what_was_written_is_not_read_back(channel: str) -> None:
    case = a_case(channel=channel, text=SAID)
    a_ticket(case)
    letter = draft(LetterKind.ACKNOWLEDGEMENT, case=case, by="luc", at=AT)
    assert "noted" not in find_contents(compose(letter).html or "")


def test_a_further_right_is_acknowledged_without_the_first_words() -> None:
    case = a_case(channel="phone", text=SAID)
    ticket = a_ticket(case)
    letter = draft(
        LetterKind.ACKNOWLEDGEMENT, case=case, ticket=ticket, by="luc", at=AT
    )
    assert "noted" not in find_contents(compose(letter).html or "")


def test_what_was_said_does_nothing_in_the_letter() -> None:
    context = replace(
        a_context("acknowledgement", "access", "", "en"),
        told_us="On Monday.",
        noted="<script>alert(1)</script>",
    )
    assert "<script>" not in (render(context).html or "")
