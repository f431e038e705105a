"""What a letter says besides its wish, in four languages."""

import pytest

from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.particulars import deadline, identifiers, scope
from tests.dsr.intake.mailbox.samples import as_mail


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My customer number is K-100001.", {"customer": "K-100001"}),
        (
            "Policy 887-221, claim no. 26-RH-0219",
            {"policy": "887-221", "claim": "26-RH-0219"},
        ),
        ("Denise Harrop\nMembership 6650 1129", {"customer": "6650 1129"}),
        ("Mon numéro de client est le 4711-22.", {"customer": "4711-22"}),
        ("Mon numéro de client est 4711-22.", {"customer": "4711-22"}),
        ("N° de police : AB 778.901", {"policy": "AB 778.901"}),
        ("dossier n° 2026-0388-GR", {"claim": "2026-0388-GR"}),
        (
            "Klantnummer: 71.330, polisnummer 5544-1",
            {"customer": "71.330", "policy": "5544-1"},
        ),
        ("Nummer van het dossier is 26-FR-90331.", {"claim": "26-FR-90331"}),
        ("Meine Kundennummer lautet 900817.", {"customer": "900817"}),
        (
            "Vertragsnummer 12-345, Vorgang 26-RH-0219",
            {"policy": "12-345", "claim": "26-RH-0219"},
        ),
        ("Tel. 0475 12 34 56", {"phone": "0475 12 34 56"}),
        ("GSM: +32 475 12 34 56", {"phone": "+32 475 12 34 56"}),
        ("I cancelled my contract in 2024.", {}),
        ("The policy of 3 May 2021 was fine.", {}),
        ("Policy 887-221 and policy 887-222", {}),
        ("Case DSR-2026-000123-K7", {}),
    ],
)
def test_the_numbers_a_letter_names(text: str, expected: dict[str, str]) -> None:
    assert identifiers(text, with_phone=True) == expected


def test_the_telephone_of_a_representative_is_not_the_person_s() -> None:
    assert identifiers("Tel. 02 555 12 34", with_phone=False) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Answer me within 14 days, please.", "within 14 days"),
        ("I expect it by 30 June 2026.", "by 30 June 2026"),
        ("Répondez dans les 15 jours.", "dans les 15 jours"),
        ("au plus tard le 3 juin", "au plus tard le 3 juin"),
        ("Graag antwoord binnen een maand.", "binnen een maand"),
        ("uiterlijk op 3 juni 2026", "uiterlijk op 3 juni 2026"),
        ("bis zum 3. Juni", "bis zum 3. Juni"),
        ("innerhalb von zwei Wochen", "innerhalb von zwei Wochen"),
        ("I was there for 14 days.", ""),
    ],
)
def test_the_deadline_a_letter_sets(text: str, expected: str) -> None:
    assert deadline(text) == expected


@pytest.mark.parametrize(
    "limited",
    [
        "Please send me only the call of 4 May.",
        "Je veux uniquement les e-mails de 2023.",
        "Enkel de opnames van maart aub.",
        "Bitte nur die Mitschnitte vom Mai.",
    ],
)
def test_what_limits_a_wish_is_its_scope(limited: str) -> None:
    assert scope(("Please send me all my data.", limited)) == limited


def test_a_wish_without_limits_has_no_scope() -> None:
    assert scope(("Please send me all my data.",)) == ""


def test_a_letter_is_read_whole() -> None:
    mail = as_mail(
        "Access request",
        "Please send me a copy of only the call recordings of 4 May within 14 days.\n\n"
        "Customer number K-100001\nMy reference: TW-12",
    )

    found = classify(parse(mail))

    assert found.identifiers == {"customer": "K-100001"}
    assert found.scope.startswith("Please send me a copy of only the call")
    assert (found.deadline, found.own_reference) == ("within 14 days", "TW-12")
