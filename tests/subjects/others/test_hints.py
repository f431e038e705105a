"""What in a text may be about somebody else, and what is the person's own."""

import pytest

from subjects.others.hints import Own, hints_in

JEANNE = Own(
    "Jeanne Peeters",
    ["jeanne.peeters@example.org", "+32 470 11 22 33", "85.07.30-033.28"],
)
TEXTS = [
    ("Bob Other is her brother", [("name", "Bob Other")]),
    ("spoke to Marc Peeters about it", [("name", "Marc Peeters")]),
    ("Madame Lambert a rappelé hier soir", [("name", "Lambert")]),
    ("De heer van den Broeck belde terug", [("name", "van den Broeck")]),
    ("Schaden am Auto von Herrn Klaus Schmidt", [("name", "Klaus Schmidt")]),
    ("Jeanne Peeters, Rue Haute 5 in Bruxelles, called", []),
    ("Jeanne.Peeters@example.org, 0470/11.22.33", []),
    ("marc@example.org.", [("email", "marc@example.org")]),
    ("0475/98.76.54", [("phone", "0475/98.76.54")]),
    ("+32 475 98 76 54", [("phone", "+32 475 98 76 54")]),
    ("BE68 5390 0754 7034", [("iban", "BE68 5390 0754 7034")]),
    ("BE68 5390 0754 7035", []),  # its check digits are wrong
    ("85.07.30-033.28", []),  # the person's own
    ("93.05.18-223.61", [("national_number", "93.05.18-223.61")]),
    ("93.05.18-223.62", []),
    ("BSN 111222333", [("national_number", "111222333")]),
    ("policy 111222333 of 2026-03-05", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), TEXTS, ids=[text for text, _ in TEXTS])
def test_what_may_be_anothers_is_suggested(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(hint.kind, hint.text) for hint in hints_in(text, JEANNE)] == found
