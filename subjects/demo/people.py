"""The invented people of the demo company: names, addresses, and the well-known few.

Nobody here exists: every e-mail address ends in `.example`, the telephone numbers
lie in a range no Belgian operator has, and there are no national numbers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

HOW_MANY = 3000
LIVING_WITH_ANOTHER = 0.1  # of the customers
IN_A_FLAT = 0.2
TODAY = date(2026, 10, 30)  # the demo company's last day of business


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as the rest of the company's data is spun around them."""

    customer_number: str
    salutation: str
    first_name: str
    last_name: str
    language: str
    email: str
    phone: str
    birth_date: date
    address: tuple[str, str, str | None, str, str]  # street, number, box, code, town
    rich: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


_LOUISE = ("Rue du Bailli", "12", "3", "1050", "Ixelles")
_GENT = ("Veldstraat", "88", None, "9000", "Gent")
_EUPEN = ("Klosterstraße", "5", None, "4700", "Eupen")
_BRUSSELS = ("Rue Archimède", "41", "7", "1000", "Bruxelles")

DEMO_PEOPLE = (
    Person(
        "K-100001", "MW", "Jeanne", "Peeters", "fr", "jeanne.peeters@demo.example",
        "+32 400 10 00 01", date(1984, 3, 7), _LOUISE, rich=True,
    ),
    Person(
        "K-100002", "MR", "Luc", "Janssens", "nl", "luc.janssens@demo.example",
        "+32 400 10 00 02", date(1971, 11, 23), _GENT, rich=True,
    ),
    Person(
        "K-100003", "MW", "Anna", "Müller", "de", "anna.mueller@demo.example",
        "+32 400 10 00 03", date(1990, 6, 30), _EUPEN, rich=True,
    ),
    Person(
        "K-100004", "MW", "Mary", "Walsh", "en", "mary.walsh@demo.example",
        "+32 400 10 00 04", date(1966, 1, 15), _BRUSSELS, rich=True,
    ),
    # Lives with Jeanne: what is found about her must never hold his.
    Person(
        "K-100005", "MR", "Marc", "Peeters", "fr", "marc.peeters@demo.example",
        "+32 400 10 00 05", date(1982, 9, 2), _LOUISE, rich=True,
    ),
)  # fmt: skip

_FIRST = {
    "fr": {
        "MW": "Camille Chloé Élise Françoise Inès Juliette Léa Manon Nathalie Sophie",
        "MR": "Antoine Benoît Cédric Didier Étienne Guillaume Hugo Olivier Xavier",
    },
    "nl": {
        "MW": "Anke Britt Els Femke Greet Hilde Katrien Lotte Marieke Sofie",
        "MR": "Bart Dirk Geert Hendrik Jan Koen Pieter Stijn Tom Wouter",
    },
    "de": {
        "MW": "Birgit Claudia Hannah Ingrid Katharina Lena Monika Petra Sabine Ute",
        "MR": "Bernd Dieter Felix Günter Jürgen Karl Lukas Matthias Stefan Wolfgang",
    },
}
_LAST = {
    "fr": "Dubois Dupont Lambert Lejeune Leroy Mathieu Renard Simon Thomas Willems",
    "nl": "Claes De~Smet Goossens Jacobs Maes Mertens Pauwels Van~Damme Wouters",
    "de": "Becker Fischer Hoffmann Klein Kohnen Krämer Lentz Schmitz Schröder Weber",
}
_STREETS = {
    "fr": "Rue~de~la~Station Avenue~des~Tilleuls Place~du~Marché Quai~Saint-Jean",
    "nl": "Stationsstraat Kerkstraat Nieuwstraat Molenweg Lange~Lindelaan",
    "de": "Bahnhofstraße Gartenstraße Kirchweg Am~Markt Neustraße",
}
_TOWNS = {
    "fr": "1000/Bruxelles 1050/Ixelles 1348/Louvain-la-Neuve 4000/Liège 5000/Namur",
    "nl": "2000/Antwerpen 3000/Leuven 8000/Brugge 8500/Kortrijk 9000/Gent",
    "de": "4700/Eupen 4711/Walhorn 4730/Raeren 4780/Sankt~Vith 4760/Büllingen",
}
_MIX = ("fr",) * 45 + ("nl",) * 48 + ("de",) * 7  # customers of a hundred


def words(text: str) -> list[str]:
    """Split a list written as text; `~` stands for a space within a word."""
    return [word.replace("~", " ") for word in text.split()]


def people(dice: Random) -> Iterator[Person]:
    """Yield the well-known people, then as many invented ones as make `HOW_MANY`.

    About every tenth lives with the one before.
    """
    yield from DEMO_PEOPLE
    before = DEMO_PEOPLE[-1]
    for number in range(len(DEMO_PEOPLE) + 1, HOW_MANY + 1):
        language = dice.choice(_MIX)
        shares = dice.random() < LIVING_WITH_ANOTHER and not before.rich
        address = before.address if shares else _address(dice, language)
        before = _person(dice, number, language, address)
        yield before


def _person(
    dice: Random,
    number: int,
    language: str,
    address: tuple[str, str, str | None, str, str],
) -> Person:
    salutation = dice.choice(("MW", "MR"))
    first = dice.choice(words(_FIRST[language][salutation]))
    return Person(
        customer_number=f"K-{100000 + number}",
        salutation=salutation,
        first_name=first,
        last_name=dice.choice(words(_LAST[language])),
        language=language,
        email=f"klant{number}@post.example",
        phone=f"+32 400 {number // 100:04} {number % 100:02}",
        birth_date=date(1940, 1, 1) + timedelta(days=dice.randrange(24000)),
        address=address,
    )


def _address(dice: Random, language: str) -> tuple[str, str, str | None, str, str]:
    code, town = dice.choice(words(_TOWNS[language])).split("/")
    box = str(dice.randint(1, 30)) if dice.random() < IN_A_FLAT else None
    street = dice.choice(words(_STREETS[language]))
    return street, str(dice.randint(1, 240)), box, code, town
