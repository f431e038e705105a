"""The first controller's policy says what it must, plainly, in four languages."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

import pytest

from dsr.controller import Text, current
from dsr.controller.data import (
    LANGUAGES,
    ClockRules,
    NothingInForceError,
    Timeline,
)
from dsr.vocabulary import RightCode

TODAY = date(2026, 11, 22)


def texts(value: Any) -> Iterator[Text]:
    """Walk all texts of a policy."""
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif hasattr(value, "values"):
        for item in value.values():
            yield from texts(item)


def test_there_are_texts_to_walk() -> None:
    assert len(list(texts(current()))) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_to_a_person_has_twenty_words(language: str) -> None:
    for text in texts((current().rights, current().promises, current().courts)):
        for sentence in re.split(r"(?<=[.;:])\s+", text.to(language)):
            words = [word for word in sentence.split() if word[0].isalnum()]
            assert len(words) < 20, sentence


@pytest.mark.parametrize("code", RightCode.values)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_promise_cites_no_article_in_plain_words(code: str, language: str) -> None:
    right = current().rights[code]

    for text in (right.title, right.sentence, right.gives):
        assert not re.search(r"\d|Art|GDPR|RGPD|AVG|DSGVO", text.to(language))


FAMILIAR = {
    "fr": r"\b(tu|ton|ta|tes|toi)\b",
    "nl": r"\b(je|jij|jou|jouw|jullie)\b",
    "de": r"\b(du|dein|deine|deinen|dir|dich|ihr)\b",
}


@pytest.mark.parametrize("language", FAMILIAR)
def test_a_person_is_addressed_formally(language: str) -> None:
    for text in texts(current()):
        assert not re.search(FAMILIAR[language], text.to(language)), text


def test_an_unknown_language_is_read_in_english() -> None:
    text = Text(en="yes", fr="oui", nl="ja", de="ja")

    assert [text.to(code) for code in ("fr", "it")] == ["oui", "yes"]


def test_statistics_and_client_management_rest_on_legitimate_interest() -> None:
    purposes = current().purposes

    assert purposes["contracts_and_claims"].basis == ("6(1)(b)",)
    assert purposes["client_management"].basis == ("6(1)(f)",)
    assert purposes["statistics"].basis == ("6(1)(f)",)
    assert purposes["direct_marketing"].basis == ("6(1)(a)", "6(1)(f)")
    assert purposes["legal_obligations"].basis == ("6(1)(c)",)


def test_login_data_and_cookies_are_kept_twelve_months() -> None:
    assert current().categories["login_and_cookies"].kept_months == 12


def test_every_kind_of_recipient_has_a_name() -> None:
    assert len(current().recipients) == 8
    for recipients in current().recipients.values():
        assert all("Demo" in name for name in recipients.names(TODAY))


def test_the_clock_is_told_what_the_law_leaves_open() -> None:
    assert current().clock_policy(TODAY) == {
        "version": "2018-1",
        "suspension": "suspend",
        "ask_max_days": 7,
        "extension_base": "receipt",
        "extension_months": 2,
        "marketing_sla_working_days": 2,
        "extension_notice_moved_by_suspension": False,
        "refusal_notice_moved_by_suspension": True,
    }


def rules(valid_from: str, valid_to: str | None) -> ClockRules:
    return ClockRules(
        valid_from=date.fromisoformat(valid_from),
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
        version=valid_from,
        suspension="suspend",
        ask_max_days=7,
        extension_base="receipt",
        extension_months=2,
        marketing_sla_working_days=2,
        lift_notice_days=7,
        postal_days=3,
        extension_notice_moved_by_suspension=False,
        refusal_notice_moved_by_suspension=True,
        notice_sla_working_days=5,
    )


CHANGING = Timeline((rules("2026-01-01", "2026-03-31"), rules("2026-04-01", None)))


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2026-01-01", "2026-01-01"),
        ("2026-03-31", "2026-01-01"),
        ("2026-04-01", "2026-04-01"),
        ("2099-01-01", "2026-04-01"),
    ],
)
def test_a_block_is_read_as_it_stood_on_the_day(day: str, version: str) -> None:
    assert CHANGING.on(date.fromisoformat(day)).version == version


def test_a_day_without_rules_is_refused() -> None:
    with pytest.raises(NothingInForceError, match="no ClockRules in force on 2025"):
        CHANGING.on(date(2025, 12, 31))
