"""What belongs together stays on one line."""

import pytest

from dsr.letters.typography import APART, set_apart


@pytest.mark.parametrize(
    ("citation", "language"),
    [("RGPD, art. 18, § 1, b)", "fr"), ("AVG, art. 18, lid 1, onder b)", "nl")],
)
def test_the_letter_of_a_paragraph_is_not_left_behind(
    citation: str, language: str
) -> None:
    assert set_apart(citation, language).endswith(f"{APART}b)")
