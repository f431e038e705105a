"""The numbers by which a letter says its writer can be found."""

import pytest

from dsr.intake.numbers import numbers_in

FRENCH = """Client : C-77-1234, police n° 4711-22, sinistre 2026/00123.
Mon numéro de client est le c-77-1234. Tél. : 0475 12 34 56"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            FRENCH,
            {
                "customer_number": "C-77-1234",
                "policy_number": "4711-22",
                "claim_number": "2026/00123",
                "phone_number": "0475 12 34 56",
            },
        ),
        (
            "Mijn polisnummer is 1234567 en klantnummer: k12345. GSM 0475/12.34.56",
            {
                "customer_number": "K12345",
                "policy_number": "1234567",
                "phone_number": "0475/12.34.56",
            },
        ),
        (
            "Meine Kundennummer lautet 998877. Schadennummer: S-2025-7788.",
            {"customer_number": "998877", "claim_number": "S-2025-7788"},
        ),
        (
            "My policy number: AB123456, claim no. CL-99812, phone +32 2 123 45 67",
            {
                "policy_number": "AB123456",
                "claim_number": "CL-99812",
                "phone_number": "+32 2 123 45 67",
            },
        ),
        ("The policy of 2018, my contract 04.03.2026, customer since 2019", {}),
        ("Policy 123456 and policy 999999", {}),
        ("", {}),
    ],
)
def test_a_number_is_found_under_its_name(text: str, found: dict[str, str]) -> None:
    assert numbers_in(text) == found
