"""The derivation: every rule has its sentence, in four languages, with its source."""

import tomllib
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from string import Formatter

import pytest

from dsr.clock.deadline import DEFAULT_POLICY, compute
from dsr.clock.derivation import Days, Step, day_in_words, in_words, sentences
from dsr.clock.events import ClockEvent, EventKind, Target, parse_events
from dsr.clock.languages import LANGUAGES

RECEIVED = datetime.fromisoformat("2025-01-31T10:00:00+01:00")
# Together these stories take every step there is; a test below says so.
STORIES = [
    "",
    "ds_agreed_delay@02-03;forwarded_to_dpo@02-03;scope_added@02-04",
    "fee_requested@02-03;fee_paid@02-05",
    "identity_asked@02-03;identity_insufficient@02-04;identity_ok@02-05",
    "clarification_asked@02-03;clarified@02-04",
    "identity_asked@02-03",
    "clarification_asked@02-03",
    "identity_asked@02-20;clarification_asked@02-20",
    "policy=strict;identity_asked@02-03;clarification_asked@02-03",
    "policy=restart;identity_asked@02-03;identity_ok@03-21",
    "extension_notified@02-10;extension_notified@02-11",
    "extension_notified@02-10;ext_base=chained",
    "extension_notified@03-20",
    "reopened@03-20",
]


def steps(story: str, target: Target = Target.FINAL) -> tuple[Step, ...]:
    """Derive; in `story` an `@MM-DD` is noon of that day in 2025."""
    parts = [part.partition("@") for part in story.split(";")]
    text = ";".join(
        f"{name}@2025-{day}T12:00:00+01:00" if at else name for name, at, day in parts
    )
    events, changes, _ = parse_events(text)
    policy = replace(DEFAULT_POLICY, **changes)
    return compute(RECEIVED, "BE", events, policy).steps_to(target)


def ordered() -> tuple[Step, ...]:
    """Derive a reopened request whose day the authority ordered."""
    again = datetime.fromisoformat("2025-03-20T12:00:00+01:00")
    event = ClockEvent(EventKind.REOPENED, again, date(2025, 4, 11))
    return compute(RECEIVED, "BE", [event]).steps


ALL_STEPS = [
    step for story in STORIES for target in Target for step in steps(story, target)
] + [*ordered()]


def test_the_stories_take_every_step_there_is() -> None:
    assert {step.code for step in ALL_STEPS} == set(sentences()["step"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_a_sentence_with_a_source(language: str) -> None:
    for step in ALL_STEPS:
        text = step.text(language)

        assert text.endswith("."), text
        assert text[0].isupper(), text
        assert not {"{", "}"} & set(text), text
        assert "None" not in text, text
        assert step.source.text(language), text


def placeholders(sentence: str) -> set[str]:
    names = {part[1] for part in Formatter().parse(sentence)} - {None}
    return {name.removesuffix("_dem") for name in names if name}


@pytest.mark.parametrize("code", sentences()["step"])
def test_a_sentence_names_the_same_facts_in_every_language(code: str) -> None:
    table = sentences()["step"][code]

    facts = [placeholders(table[language]) for language in LANGUAGES]

    assert set(table) == set(LANGUAGES)
    assert facts.count(facts[0]) == len(LANGUAGES)


def codes(story: str, received: str = "2025-01-31T10:00:00+01:00") -> list[str]:
    events, changes, _ = parse_events(story)
    policy = replace(DEFAULT_POLICY, **changes)
    at = datetime.fromisoformat(received)
    return [step.code for step in compute(at, "BE", events, policy).steps]


def test_a_plain_month_has_three_steps() -> None:
    assert codes("", "2026-03-05T10:00:00+01:00")[:2] == ["received", "month_end"]
    assert codes("", "2024-03-05T10:00:00+01:00") == ["received", "month_end", "ends"]


def test_every_day_passed_over_is_a_step() -> None:
    assert codes("", "2028-03-31T10:00:00+02:00") == [
        "received",
        "month_clamped",
        "weekend",
        "holiday",
        "ends",
    ]


def test_an_open_suspension_ends_with_the_strict_day() -> None:
    story = "identity_asked@2025-02-03T10:00:00+01:00"

    assert codes(story)[-2:] == ["identity_open", "strict"]


def test_no_step_repeats_the_strict_day_when_it_is_the_due_day() -> None:
    assert "strict" not in codes("policy=strict")


READ = Path(__file__).with_name("easter_2026.toml")
EASTER = datetime.fromisoformat("2026-03-05T23:30:00+00:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_derivation_reads_like_this(language: str) -> None:
    expected = tomllib.loads(READ.read_text(encoding="utf-8"))[language]

    said = [
        f"{step.text(language)} [{step.source.text(language)}]"
        for step in compute(EASTER, "BE").steps
    ]

    assert said == expected


@pytest.mark.parametrize(
    ("language", "first", "other"),
    [
        ("en", "Friday 1 May 2026", "Tuesday 4 August 2026"),
        ("fr", "vendredi 1er mai 2026", "mardi 4 août 2026"),
        ("nl", "vrijdag 1 mei 2026", "dinsdag 4 augustus 2026"),
        ("de", "Freitag, 1. Mai 2026", "Dienstag, 4. August 2026"),
    ],
)
def test_a_day_is_written_out(language: str, first: str, other: str) -> None:
    assert day_in_words(date(2026, 5, 1), language) == first
    assert day_in_words(date(2026, 8, 4), language) == other


def test_german_puts_a_day_into_the_dative_after_a_preposition() -> None:
    day = date(2026, 5, 1)

    assert day_in_words(day, "de", form="dative") == "Freitag, dem 1. Mai 2026"
    assert day_in_words(day, "fr", form="dative") == "vendredi 1er mai 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_seven_weekdays_and_twelve_months(language: str) -> None:
    words = sentences()["calendar"][language]

    assert len(set(words["weekdays"])) == 7
    assert len(set(words["months"])) == 12


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (0, "en", "0 days"),
        (0, "fr", "0 jour"),
        (1, "nl", "1 dag"),
        (1, "de", "1 Tag"),
        (2, "fr", "2 jours"),
        (12, "de", "12 Tage"),
    ],
)
def test_a_number_of_days_agrees(number: int, language: str, said: str) -> None:
    assert in_words(Days(number), language) == said


@pytest.mark.parametrize("language", ["it", "", "EN"])
def test_an_unknown_language_names_the_known_ones(language: str) -> None:
    (step, *_) = compute(EASTER, "BE").steps

    with pytest.raises(ValueError, match="is no language of ours; known: en, fr, nl"):
        step.text(language)
