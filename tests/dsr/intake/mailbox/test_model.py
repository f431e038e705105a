"""The model was made from its letters, is the same every time, and knows its limits."""

import pytest

from dsr.intake.mailbox.language import LANGUAGES
from dsr.intake.mailbox.model import MAIL, SENTENCE, made_from, model, probabilities
from dsr.intake.mailbox.rules import RIGHTS
from dsr.intake.mailbox.training import LABELS, digest, trained
from dsr.intake.mailbox.training_mails import learnt, mails
from dsr.intake.mailbox.training_sentences import examples

FEWEST_MAILS = 30  # mails each right is learnt from, in each language
FEWEST_WAYS = 100  # sentences each right is learnt from, in each language


def test_the_weights_were_made_from_these_letters() -> None:
    assert made_from() == digest()
    assert {name: model(name).labels for name in (SENTENCE, MAIL)} == LABELS


def test_the_same_letters_give_the_same_weights() -> None:
    assert trained(("de",), 1, most=300) == trained(("de",), 1, most=300)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_right_was_learnt_in_every_language(language: str) -> None:
    known = examples(language)

    for right in RIGHTS:
        assert sum(right in one.labels for one in known) >= FEWEST_WAYS
    assert all(one.labels <= set(LABELS[SENTENCE]) and one.text for one in known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_to_learn_from_is_marked_well(language: str) -> None:
    read = mails(language)

    for mail in read:
        taught, (whole, labels) = learnt(mail, language)
        assert whole
        assert labels <= set(LABELS[MAIL])
        assert {one for _, marked in taught for one in marked} <= mail.rights
        assert mail.rights <= set(RIGHTS)
        assert mail.kind in {"nr", "fu"} or not mail.rights
    for right in RIGHTS:
        assert sum(right in mail.rights for mail in read) >= FEWEST_MAILS


def test_a_sentence_of_strange_words_asks_for_nothing() -> None:
    assert max(probabilities({"xx:qwertz", "xx:asdf"}).values()) < 0.5
    assert max(probabilities(set()).values()) < 0.5
