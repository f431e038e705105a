"""Words are there for every right, ground and kind, in every language."""

from collections.abc import Iterator
from typing import Any

import pytest

from dsr.letters.words import tree_of_words, words
from dsr.rights import RIGHTS, Source
from dsr.vocabulary import LetterKind, RightCode
from tests.dsr.letters.contexts import LANGUAGES

GROUNDS = sorted({ground.code for right in RIGHTS.values() for ground in right.grounds})


def leaves(tree: Any) -> Iterator[dict[str, str]]:
    """Walk down to the tables of the languages."""
    for branch in tree.values():
        if all(isinstance(value, str) for value in branch.values()):
            yield branch
        else:
            yield from leaves(branch)


def test_every_word_is_said_in_every_language() -> None:
    for leaf in leaves(tree_of_words()):
        assert set(leaf) == set(LANGUAGES), leaf
        assert all(text.strip() for text in leaf.values()), leaf


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_right_ground_and_kind_has_its_words(language: str) -> None:
    said = words(language)

    assert set(said["right"]) == set(RightCode.values)
    assert set(said["ground"]) == set(GROUNDS)
    assert set(said["subject"]) == set(LetterKind.values)
    assert set(said["mail"]) == set(LetterKind.values)


@pytest.mark.parametrize(
    ("place", "language", "cited"),
    [
        ("17(3)(b)", "en", "GDPR Art. 17(3)(b)"),
        ("17(3)(b)", "fr", "RGPD, art. 17, § 3, b)"),
        ("17(3)(b)", "nl", "AVG, art. 17, lid 3, onder b)"),
        ("17(3)(b)", "de", "Art. 17 Abs. 3 Buchst. b DSGVO"),
        ("12(5), C-526/24", "en", "GDPR Art. 12(5); C-526/24"),
        ("5(1)(d) and 16", "en", "GDPR Art. 5(1)(d); GDPR Art. 16"),
    ],
)
def test_a_place_is_cited_as_the_language_does(
    place: str, language: str, cited: str
) -> None:
    assert Source("GDPR", place).to(language) == cited


def test_another_text_is_cited_as_it_stands() -> None:
    source = Source("EDPB Guidelines", "01/2022")

    assert source.to("fr") == "EDPB Guidelines 01/2022"
