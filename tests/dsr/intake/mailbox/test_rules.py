"""The rules are whole in every language, and languages are told apart."""

import pytest

from dsr.intake.mailbox.language import LANGUAGES, detect
from dsr.intake.mailbox.rules import rules_for
from dsr.intake.mailbox.typos import corrected


def test_all_languages_know_the_same_marks() -> None:
    marks = [set(rules_for(language)) for language in LANGUAGES]

    assert all(known == marks[0] for known in marks)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please stop this", "en"),
        ("bjr, jveux plus de pub svp", "fr"),
        ("geen reclame meer aub", "nl"),
        ("bitte keine werbung mehr", "de"),
        ("Merci", "fr"),
        ("", "en"),
    ],
)
def test_a_short_text_shows_its_language(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("slip", ["delte", "deleet", "dellete", "delebe"])
def test_one_slip_is_put_right(slip: str) -> None:
    assert corrected(f"pls {slip} it", frozenset({"delete"})) == "pls delete it"


@pytest.mark.parametrize("word", ["relate", "dilute", "delft", "pie"])
def test_another_word_is_left_alone(word: str) -> None:
    assert corrected(word, frozenset({"delete"})) == word
