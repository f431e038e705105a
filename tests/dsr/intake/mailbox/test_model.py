"""The model was made from its letters, is the same every time, and knows its limits."""

import pytest

from dsr.intake.mailbox.language import LANGUAGES
from dsr.intake.mailbox.model import model, probabilities
from dsr.intake.mailbox.rules import RIGHTS
from dsr.intake.mailbox.training import LABELS, digest, examples, trained

FEWEST_WAYS = 100  # sentences each right is learnt from, in each language


def test_the_weights_were_made_from_these_letters() -> None:
    assert model().made_from == digest()
    assert model().labels == LABELS


def test_the_same_letters_give_the_same_weights() -> None:
    assert trained(("de",), ways=1) == trained(("de",), ways=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_right_was_learnt_in_every_language(language: str) -> None:
    known = examples(language)

    for right in RIGHTS:
        assert sum(right in one.labels for one in known) >= FEWEST_WAYS
    assert all(one.labels <= set(LABELS) and one.text for one in known)


def test_a_sentence_of_strange_words_asks_for_nothing() -> None:
    assert max(probabilities({"xx:qwertz", "xx:asdf"}).values()) < 0.5
    assert max(probabilities(set()).values()) < 0.5
