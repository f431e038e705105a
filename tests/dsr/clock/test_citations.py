"""Places in legal texts, in the form usual in each language."""

import pytest

from dsr.clock.citations import Citation, edpb, edpb_example, gdpr, reg


@pytest.mark.parametrize(
    ("citation", "en", "fr", "nl", "de"),
    [
        (
            gdpr("12(3)"),
            "GDPR Art. 12(3)",
            "RGPD, art. 12, § 3",
            "AVG, art. 12, lid 3",
            "Art. 12 Abs. 3 DSGVO",
        ),
        (
            reg("3(2)(c)"),
            "Regulation 1182/71 Art. 3(2)(c)",
            "règlement 1182/71, art. 3, § 2, c)",
            "Verordening 1182/71, art. 3, lid 2, onder c)",
            "Art. 3 Abs. 2 Buchst. c der Verordnung 1182/71",
        ),
        (
            gdpr("11"),
            "GDPR Art. 11",
            "RGPD, art. 11",
            "AVG, art. 11",
            "Art. 11 DSGVO",
        ),
        (
            edpb(159),
            "EDPB Guidelines 01/2022, § 159",
            "lignes directrices 01/2022 de l'EDPB, point 159",
            "EDPB-richtsnoeren 01/2022, punt 159",
            "EDSA-Leitlinien 01/2022, Rn. 159",
        ),
        (
            edpb_example(31),
            "EDPB Guidelines 01/2022, example 31",
            "lignes directrices 01/2022 de l'EDPB, exemple 31",
            "EDPB-richtsnoeren 01/2022, voorbeeld 31",
            "EDSA-Leitlinien 01/2022, Beispiel 31",
        ),
    ],
    ids=str,
)
def test_a_place_is_cited_in_each_language(
    citation: Citation, en: str, fr: str, nl: str, de: str
) -> None:
    said = [citation.text(language) for language in ("en", "fr", "nl", "de")]

    assert said == [en, fr, nl, de]
    assert str(citation) == en


@pytest.mark.parametrize("place", ["", "Art. 3", "3.2", "3(c)(2)", "3(2)(c) "])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(ValueError, match=r"is no place such as 3\(2\)\(c\)"):
        gdpr(place)
