"""The mini-language of events, and the house's choices."""

from datetime import UTC, datetime

import pytest

from dsr.clock.events import ClockEvent, ClockPolicy, EventKind, Target, parse_events
from dsr.vocabulary import ClockEventKind

ASKED = "identity_asked@2025-06-02T15:00:00+02:00"


def test_events_settings_and_target_are_told_apart() -> None:
    parsed = parse_events(
        f" {ASKED} ; policy=restart;ask_max_days=10; ext_base=chained;"
        "extension_months=1;sla_wd=3;target=refusal_notice;"
    )

    at = datetime(2025, 6, 2, 13, tzinfo=UTC)
    assert parsed.events == (ClockEvent("identity_asked", at),)
    assert parsed.changes == {
        "suspension": "restart",
        "ask_max_days": 10,
        "extension_base": "chained",
        "extension_months": 1,
        "marketing_sla_working_days": 3,
    }
    assert parsed.target == Target.REFUSAL_NOTICE


@pytest.mark.parametrize("text", ["", " ", ";;"])
def test_nothing_happened(text: str) -> None:
    assert parse_events(text) == ((), {}, Target.FINAL)


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_is_read(kind: EventKind) -> None:
    (event,) = parse_events(f"{kind.value}@2025-06-02T15:00:00Z").events

    assert event.kind == kind


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("hello", "'hello' is neither event@instant nor key=value"),
        ("asked@2025-06-02T15:00:00Z", "event 'asked' is unknown; known: identity_"),
        ("identity_asked@monday", "identity_asked@monday has no ISO instant; write"),
        ("identity_asked@2025-06-02T15:00:00", "has no time zone; add one, as in"),
        ("identity_asked@2025-06-02", "has no time zone; add one, as in"),
        ("identity_asked=2025-06-02", "'identity_asked' is no setting of the clock"),
        ("policy=lenient", "policy 'lenient' is unknown; known: suspend, strict, re"),
        ("ext_base=rolled", "ext_base 'rolled' is unknown; known: receipt, chained"),
        ("target=never", "target 'never' is unknown; known: final, strict_final"),
        ("ask_max_days=-1", "ask_max_days=-1 is not a whole number from 0 to 999"),
        ("ask_max_days=²", "ask_max_days=² is not a whole number from 0 to 999"),
        ("sla_wd=many", "sla_wd=many is not a whole number from 0 to 999"),
        ("sla_wd=", "sla_wd= is not a whole number from 0 to 999"),
    ],
)
def test_what_is_not_understood_is_named_in_one_sentence(
    text: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence) as caught:
        parse_events(text)

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"extension_months": 3}, "allows 1 or 2 further months"),
        ({"extension_months": 0}, "allows 1 or 2 further months"),
        ({"ask_max_days": -1}, "ask_max_days=-1 is not a whole number"),
        ({"marketing_sla_working_days": 1000}, "sla_wd=1000 is not a whole number"),
        ({"suspension": "often"}, "policy 'often' is unknown"),
        ({"extension_base": "due"}, "ext_base 'due' is unknown"),
    ],
)
def test_an_impossible_choice_is_refused(
    choice: dict[str, int | str], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        ClockPolicy(**choice)  # type: ignore[arg-type]  # wrong on purpose


def test_an_instant_without_time_zone_is_refused() -> None:
    naive = datetime(2025, 6, 2, 15)  # noqa: DTZ001 - naive on purpose

    with pytest.raises(ValueError, match="has no time zone"):
        ClockEvent("identity_asked", naive)


def test_the_words_of_the_tickets_are_words_of_the_clock() -> None:
    assert {kind.value for kind in ClockEventKind} <= set(EventKind)
