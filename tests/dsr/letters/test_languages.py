"""Each language by its own rules: register, official terms, signs, nothing foreign."""

import html
import re
from functools import cache

import pytest

from dsr.letters.catalogue import CATALOGUE, required_contents
from dsr.letters.contents import find_contents
from dsr.letters.context import LetterContext
from dsr.letters.rendering import render
from dsr.vocabulary import LetterKind
from tests.dsr.letters.contexts import EVERY_LETTER, LANGUAGES, NAME
from tests.dsr.letters.realistic import (
    AUTHORITY,
    COURT,
    OWN_WORDS,
    SITUATIONS,
    in_words_of,
)

FOREIGN = {
    "fr": re.compile(
        r"\b(the|your|you|we|and|request|reply|uw|wij|het|een|niet|Ihre?|und|nicht|wir)"
        r"\b"
    ),
    "nl": re.compile(
        r"\b(the|your|you|and|request|reply|votre|nous|vous|demande|Ihre?|und|nicht)\b"
    ),
    "de": re.compile(
        r"\b(the|your|you|we|and|request|reply|votre|nous|vous|demande|uw|wij|niet)\b"
    ),
}
# Who is written to is addressed formally, always.
FAMILIAR = {
    "en": re.compile(
        r"\b(thy|hi|hello|gonna|don't|can't|won't|we'll|you'll)\b", re.IGNORECASE
    ),
    "fr": re.compile(r"\b(tu|te|toi|ton|ta|tes)\b", re.IGNORECASE),
    "nl": re.compile(r"\b(je|jij|jou|jouw|jullie|uw's)\b", re.IGNORECASE),
    "de": re.compile(r"\b(du|dich|dir|dein|deine|deinen|deiner|euch|ihr habt)\b"),
}
# What is said wrongly, though it is often said (law.md D.4).
UNOFFICIAL = {
    "fr": re.compile(r"données personnelles|contrôleur|sujet des données|processeur"),
    "nl": re.compile(
        r"persoonlijke gegevens|dataverantwoordelijke|datasubject|bewerker\b"
    ),
    "de": re.compile(
        r"persönliche Daten|Datensubjekt|Kontrolleur|\bAuskunftsersuchen\b|daß"
    ),
    "en": re.compile(r"personal information\b|data controller\b|data processor\b"),
}
TERMS = {
    "access": (
        "right of access",
        "droit d'accès",
        "recht van inzage",
        "Auskunftsrecht",
    ),
    "rectification": (
        "right to rectification",
        "droit de rectification",
        "recht op rectificatie",
        "Recht auf Berichtigung",
    ),
    "erasure": (
        "right to erasure",
        "droit à l'effacement",
        "recht op gegevenswissing",
        "Recht auf Löschung",
    ),
    "restriction": (
        "restriction of processing",
        "limitation du traitement",
        "beperking van de verwerking",
        "Einschränkung der Verarbeitung",
    ),
    "objection": (
        "right to object",
        "droit d'opposition",
        "recht van bezwaar",
        "Widersp",
    ),
    "portability": (
        "right to data portability",
        "droit à la portabilité des données",
        "recht op overdraagbaarheid van gegevens",
        "Recht auf Datenübertragbarkeit",
    ),
}
SILENT = re.compile(
    r"silent|secret d'État|not mention|ne pouvons pas mentionner|staatsgeheim|"
    r"niet vermelden|nicht erwähnen|classified|intelligence|renseignement",
    re.IGNORECASE,
)
# A French sign without its unbreakable space, or with one that breaks.
LOOSE = re.compile(r"[^\s\u00a0][;!?»](?=\s|$)|[ ][;:!?»]|«(?!\u00a0)")
POLITE = ("Sie", "Ihr", "Ihre")  # capitals wherever they stand
LONGEST = 45  # words of a sentence of ours
LAW_TEXTS = ("[", "RGPD", "AVG", "DSGVO", "1182/71")


@cache
def texts(situation: str, language: str) -> tuple[LetterContext, str, str]:
    """Return a realistic letter: its context, its HTML, and all our words in it."""
    context = SITUATIONS[situation](language)
    composed = render(context)
    return context, composed.html or "", in_words_of(context, composed)


EVERY = [(name, language) for name in SITUATIONS for language in LANGUAGES]


def test_the_situations_are_of_every_kind() -> None:
    met = {SITUATIONS[name]("en").kind for name in SITUATIONS}
    assert met == set(LetterKind.values)


@pytest.mark.parametrize(("situation", "language"), EVERY)
def test_a_letter_says_all_that_the_law_wants(situation: str, language: str) -> None:
    context, page, _said = texts(situation, language)
    if not CATALOGUE[context.kind].has_pdf:
        return
    found = find_contents(page)
    wanted = required_contents(context.kind, context.right, context.outcome)
    assert [name for name in wanted if not found.get(name)] == []
    if "remedies" in wanted:
        assert AUTHORITY in found["remedies"]
        assert COURT[language] in found["remedies"]
    if "derivation" in wanted:
        assert "1182/71" in found["derivation"]
    if context.own_reference and not context.to_a_third:
        assert found["own_reference"] == context.own_reference


@pytest.mark.parametrize(("situation", "language"), EVERY)
def test_nothing_is_left_open_or_hinted_at(situation: str, language: str) -> None:
    _context, _page, said = texts(situation, language)
    assert re.search(r"\bNone\b(?! of)|\{|\}|%\(|\bTODO\b|\[\]|\(\)", said) is None
    assert SILENT.search(said) is None


@pytest.mark.parametrize(("situation", "language"), EVERY)
def test_a_letter_keeps_to_its_language_and_register(
    situation: str, language: str
) -> None:
    _context, _page, said = texts(situation, language)
    if language in FOREIGN:
        assert FOREIGN[language].findall(said) == []
    assert FAMILIAR[language].findall(said) == []
    assert UNOFFICIAL[language].findall(said) == []


@pytest.mark.parametrize("situation", SITUATIONS)
def test_french_signs_stand_apart_unbreakably(situation: str) -> None:
    context, page, _said = texts(situation, "fr")
    words = html.unescape(
        re.sub(r"<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)
    )
    mail = re.sub(r"https?://\S+", "", render(context).mail_text)
    for text in (words, mail):
        assert LOOSE.findall(text.replace("\u202f", "\u00a0")) == []


@pytest.mark.parametrize("situation", SITUATIONS)
def test_german_goes_on_small_after_the_salutation(situation: str) -> None:
    context, page, _said = texts(situation, "de")
    mail = render(context).mail_text
    begins = re.findall(r"Damen und Herren,\s+(\w+)", mail)
    begins += re.findall(r"Damen und Herren,</p>\s*<p[^>]*>\s*(\w+)", page)
    assert [one for one in begins if one[0].isupper() and one not in POLITE] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_acts_for_somebody_is_told_whom_you_means(language: str) -> None:
    _context, page, _said = texts("to a lawyer", language)
    assert NAME in find_contents(page)["on_behalf"]
    assert "on_behalf" not in find_contents(texts("by post", language)[1])


@pytest.mark.parametrize(("situation", "language"), EVERY)
def test_sentences_are_short(situation: str, language: str) -> None:
    _context, _page, said = texts(situation, language)
    sentences = re.split(r"(?<=[.!?:;])\s|\n", said)
    ours = [one for one in sentences if not any(mark in one for mark in LAW_TEXTS)]
    assert [one for one in ours if len(one.split()) > LONGEST] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("right", TERMS)
def test_a_right_has_its_official_name(right: str, language: str) -> None:
    _context, _page, said = texts(f"{right} refused", language)
    assert TERMS[right][LANGUAGES.index(language)] in said


def test_our_own_words_are_known_to_the_tests() -> None:
    assert len(OWN_WORDS) > 3
    assert len(EVERY_LETTER) > 200
