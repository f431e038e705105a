"""The reference's check characters catch what people get wrong when they copy one."""

from itertools import pairwise

import pytest

from dsr.reference import ALPHABET, find_references, make_reference

NUMBERS = [1, 9, 10, 123, 4711, 99_999, 123_456, 909_090, 999_999, 1_234_567]
REFERENCES = [
    make_reference(year, number) for year in (2024, 2026, 2031) for number in NUMBERS
]


def digits_of(reference: str) -> list[int]:
    """Return the places of the digits of year and number."""
    return [place for place in range(4, len(reference) - 3) if reference[place] != "-"]


def test_a_reference_reads_as_it_is_printed() -> None:
    assert make_reference(2026, 123).startswith("DSR-2026-000123-")
    assert len(make_reference(2026, 123)) == len("DSR-2026-000123-K7")


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_right_reference_is_found(reference: str) -> None:
    text = f"Re: votre demande ({reference.lower()}), {reference}."
    assert find_references(text) == [reference]


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_wrong_digit_is_caught(reference: str) -> None:
    for place in digits_of(reference):
        for digit in "0123456789":
            wrong = reference[:place] + digit + reference[place + 1 :]
            assert find_references(wrong) == ([] if wrong != reference else [reference])


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_wrong_check_character_is_caught(reference: str) -> None:
    for place in (len(reference) - 2, len(reference) - 1):
        for letter in ALPHABET:
            wrong = reference[:place] + letter + reference[place + 1 :]
            assert find_references(wrong) == ([] if wrong != reference else [reference])


@pytest.mark.parametrize("reference", REFERENCES)
def test_every_pair_of_neighbours_changed_about_is_caught(reference: str) -> None:
    places = [*digits_of(reference), len(reference) - 2, len(reference) - 1]
    for one, two in pairwise(places):
        letters = list(reference)
        letters[one], letters[two] = letters[two], letters[one]
        wrong = "".join(letters)
        if wrong != reference:
            assert find_references(wrong) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "DSR-2026-000123",
        "DSR-26-000123-K7",
        "DSR-2026-123-K7",
        "DSR-2026-000123-II",
        "XDSR-2026-000123-K7X",
    ],
)
def test_what_is_no_reference_is_not_found(text: str) -> None:
    assert find_references(text) == []


def test_each_reference_is_named_once_in_the_order_of_the_text() -> None:
    one, two = make_reference(2026, 2), make_reference(2026, 1)
    assert find_references(f"{one} {two} {one}") == [one, two]


def test_no_two_cases_of_a_year_share_a_reference() -> None:
    assert len({make_reference(2026, number) for number in range(2000)}) == 2000
