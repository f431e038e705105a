"""Insurance Act Arts. 88 and 89, case by case, worked out by hand."""

from datetime import date

import pytest

from dsr.rights.limitation import Reckoning, limit_of
from dsr.vocabulary import Claim

EVENT = date(2024, 2, 29)
CASES = [
    # claim, further facts, last day, places, why
    (Claim.CONTRACT, {}, date(2027, 2, 28), ["88 § 1"], "three years, clamped"),
    (
        Claim.CONTRACT,
        {"known_on": date(2025, 1, 10)},
        date(2028, 1, 10),
        ["88 § 1", "88 § 1"],
        "three years from knowledge",
    ),
    (
        Claim.CONTRACT,
        {"known_on": date(2027, 6, 1)},
        date(2029, 2, 28),
        ["88 § 1"] * 3,
        "at the most five years from the event",
    ),
    (
        Claim.CONTRACT,
        {"known_on": date(2027, 6, 1), "fraud": True},
        date(2030, 6, 1),
        ["88 § 1"] * 2,
        "no longest term against fraud",
    ),
    (Claim.DIRECT_ACTION, {}, date(2029, 2, 28), ["88 § 2"], "five years"),
    (
        Claim.DIRECT_ACTION,
        {"known_on": date(2031, 5, 5)},
        date(2034, 2, 28),
        ["88 § 2"] * 3,
        "at the most ten years",
    ),
    (
        Claim.DIRECT_ACTION,
        {"known_on": date(2031, 5, 5), "fraud": True},
        date(2034, 2, 28),
        ["88 § 2"] * 3,
        "fraud is excepted under the contract only",
    ),
    (
        Claim.RECOURSE,
        {"of_age_on": date(2030, 4, 1), "decided_on": date(2025, 7, 1)},
        date(2027, 2, 28),
        ["88 § 3"],
        "our own recourse is neither a minor's nor declared to us",
    ),
    (
        Claim.RECOURSE,
        {"known_on": date(2025, 1, 1)},
        date(2027, 2, 28),
        ["88 § 3"],
        "from our payment, whenever known",
    ),
    (Claim.LIFE_RESERVE, {}, date(2054, 2, 28), ["88 § 1"], "thirty years"),
    (
        Claim.CONTRACT,
        {"of_age_on": date(2030, 4, 1)},
        date(2033, 4, 1),
        ["89", "88 § 1"],
        "no running against a minor",
    ),
    (
        Claim.CONTRACT,
        {"of_age_on": date(2020, 4, 1)},
        date(2027, 2, 28),
        ["88 § 1"],
        "of age before the event",
    ),
    (
        Claim.CONTRACT,
        {"decided_on": date(2025, 7, 1)},
        date(2028, 7, 1),
        ["88 § 1", "89"],
        "anew from the written decision",
    ),
    (
        Claim.CONTRACT,
        {"known_on": date(2026, 1, 1), "decided_on": date(2025, 7, 1)},
        date(2029, 1, 1),
        ["88 § 1", "88 § 1"],
        "an interruption shortens nothing",
    ),
]


@pytest.mark.parametrize(
    ("claim", "facts", "last", "places"),
    [case[:4] for case in CASES],
    ids=[case[4] for case in CASES],
)
def test_the_last_day_and_how_it_was_reached(
    claim: Claim, facts: dict[str, date | bool], last: date, places: list[str]
) -> None:
    limit = limit_of(Reckoning(claim, EVENT, **facts))  # type: ignore[arg-type]  # a row of the table
    assert limit.day == last
    assert [step.source.place for step in limit.steps] == places
    assert {step.source.text for step in limit.steps} == {"Insurance Act Art."}
    assert all("%" not in step.text for step in limit.steps)


@pytest.mark.parametrize("fact", ["known_on", "decided_on"])
def test_nothing_is_known_before_it_happens(fact: str) -> None:
    facts = {fact: date(2024, 2, 28)}
    with pytest.raises(ValueError, match="before the event"):
        limit_of(Reckoning(Claim.CONTRACT, EVENT, **facts))  # type: ignore[arg-type]  # a row of the table


def test_the_facts_are_kept_and_read_back_whole() -> None:
    facts = Reckoning(Claim.DIRECT_ACTION.value, EVENT, known_on=date(2025, 1, 1))
    assert facts.to_json()["event_on"] == "2024-02-29"
    assert Reckoning.from_json(facts.to_json()) == facts
