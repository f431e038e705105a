"""Places in legal texts, cited the way lawyers of each language cite them."""

import re
from dataclasses import dataclass

from dsr.clock.languages import Names, check_language

ACTS = {
    "gdpr": Names("GDPR", "RGPD", "AVG", "DSGVO"),
    "reg": Names(
        "Regulation 1182/71",
        "règlement 1182/71",
        "Verordening 1182/71",
        "Verordnung 1182/71",
    ),
    "edpb": Names(
        "EDPB Guidelines 01/2022",
        "lignes directrices 01/2022 de l'EDPB",
        "EDPB-richtsnoeren 01/2022",
        "EDSA-Leitlinien 01/2022",
    ),
}
# In German the act follows the place: "Art. 12 Abs. 3 DSGVO".
PLACE_FIRST = {"gdpr": "DSGVO", "reg": "der Verordnung 1182/71"}
# How the article, the paragraph and the letter of a regulation are written.
ARTICLE = Names(" Art. {}", ", art. {}", ", art. {}", ", Art. {}")
PARAGRAPH = Names("({})", ", § {}", ", lid {}", " Abs. {}")
LETTER = Names("({})", ", {})", ", onder {})", " Buchst. {}")
# Guidelines are cited by their numbered paragraphs and examples.
POINT = Names(", § {}", ", point {}", ", punt {}", ", Rn. {}")
EXAMPLE = Names(", example {}", ", exemple {}", ", voorbeeld {}", ", Beispiel {}")
PLACE = re.compile(r"(\d+)(?:\((\d+)\))?(?:\(([a-z])\))?")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a legal text: act, and its parts from the outside to the inside."""

    act: str
    parts: tuple[tuple[Names, str], ...]

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: str) -> str:
        """Return the citation in the form usual in `language`."""
        check_language(language)
        places = "".join(form.text(language).format(part) for form, part in self.parts)
        if language == "de" and self.act in PLACE_FIRST:
            return f"{places.removeprefix(', ')} {PLACE_FIRST[self.act]}"
        return ACTS[self.act].text(language) + places


def gdpr(place: str) -> Citation:
    """Cite the General Data Protection Regulation, (EU) 2016/679, as in `12(3)`."""
    return _regulation("gdpr", place)


def reg(place: str) -> Citation:
    """Cite Regulation (EEC, Euratom) No 1182/71 on periods, as in `3(2)(c)`."""
    return _regulation("reg", place)


def edpb(point: int) -> Citation:
    """Cite a paragraph of EDPB Guidelines 01/2022 on the right of access."""
    return Citation("edpb", ((POINT, str(point)),))


def edpb_example(number: int) -> Citation:
    """Cite an example of EDPB Guidelines 01/2022 on the right of access."""
    return Citation("edpb", ((EXAMPLE, str(number)),))


def _regulation(act: str, place: str) -> Citation:
    match = PLACE.fullmatch(place)
    if match is None:
        raise ValueError(f"{place!r} is no place such as 3(2)(c)")
    pairs = zip((ARTICLE, PARAGRAPH, LETTER), match.groups(), strict=True)
    return Citation(act, tuple((form, part) for form, part in pairs if part))
