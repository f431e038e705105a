"""A letter's own reference is found in four languages, and only the writer's."""

import pytest

from dsr.intake.mailbox.own_reference import LONGEST, own_reference


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our ref: JV/2026/4\nDear all,", "JV/2026/4"),
        ("My reference: 2026-17.", "2026-17"),
        ("Our file no.: 44/A", "44/A"),
        ("Notre réf. : JV-2026-4\nMadame,", "JV-2026-4"),
        ("NOTRE RÉFÉRENCE : 12345", "12345"),
        ("N/Réf. : 2026/88 - V/Réf. : 77", "2026/88"),
        ("Nos réf : AB 12 / 2026", "AB 12 / 2026"),
        ("Ons kenmerk: 2026.17.JV", "2026.17.JV"),
        ("Onze ref.: K-9   Uw ref.: 17", "K-9"),
        ("Mijn referentie: 2026/4", "2026/4"),
        ("Unser Zeichen: 4 C 17/26\nIhr Zeichen: 9", "4 C 17/26"),
        ("Unser Aktenzeichen: 17 O 420/19, bitte angeben", "17 O 420/19"),
        ("Mein Zeichen: M-1", "M-1"),
    ],
)
def test_it_is_found(text: str, found: str) -> None:
    assert own_reference(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Your ref: 2026-17",
        "Votre référence : 2026-17",
        "Uw kenmerk: 2026-17",
        "Ihr Zeichen: 2026-17",
        "Our reference: see below",
        "I refer to our reference library, room 12.",
        "Our ref: DSR-2026-000123-YN",
        f"Our ref: 1{'x' * LONGEST}",
    ],
)
def test_nothing_is_taken_for_it(text: str) -> None:
    assert own_reference(text) == ""


def test_the_first_text_that_has_one_counts() -> None:
    assert own_reference("Access", "Our ref: A-1") == "A-1"


@pytest.mark.parametrize("size", [1_000, 200_000])
def test_a_hostile_text_takes_no_time(size: int) -> None:
    assert own_reference("notre réf" * size) == ""
    assert own_reference("our ref: " + " " * size) == ""
