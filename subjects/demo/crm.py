"""The rows of the demo company's customer database."""

from datetime import timedelta
from random import Random

from subjects.demo import texts
from subjects.demo.people import TODAY, Person
from subjects.demo.spinning import (
    DAYS,
    Rows,
    add,
    euros,
    iban,
    instant,
    new_rows,
    one_of,
    some,
    written,
)

_COVERS = {
    "TRAVEL": ("MED", "REP"),
    "CAR": ("LIA", "OMN"),
    "HOME": ("FIR", "LIA"),
    "ROAD": ("TOW",),
}


def crm_rows(dice: Random, people: list[Person]) -> Rows:
    """Return the rows of every table about `people`."""
    rows = new_rows()
    addresses: dict[tuple[str | None, ...], int] = {}
    for person in people:
        if person.address not in addresses:
            addresses[person.address] = add(
                rows, "addresses", *person.address, "België/Belgique/Belgien"
            )
        _customer(rows, dice, person, addresses[person.address])
        _contacts(rows, dice, person)
        for product in _products(dice, person):
            _policy(rows, dice, person, product)
    return rows


def _customer(rows: Rows, dice: Random, person: Person, address: int) -> None:
    rows["customers"].append(
        (
            person.customer_number,
            person.salutation,
            person.first_name,
            person.last_name,
            person.birth_date.isoformat(),
            person.language,
            person.email,
            person.phone,
            address,
            "A" if person.rich else one_of(dice, "ABC"),
            dice.randrange(101),
            False,
            written(instant(dice) - timedelta(days=DAYS)),
        )
    )


def _contacts(rows: Rows, dice: Random, person: Person) -> None:
    for _ in range(some(dice, 4, rich=person.rich)):
        add(
            rows,
            "interactions",
            person.customer_number,
            written(instant(dice)),
            one_of(dice, ("TEL", "MAIL", "POST", "WEB")),
            one_of(dice, ("IN", "OUT")),
            one_of(dice, texts.AGENTS),
            one_of(dice, texts.SUBJECTS[person.language]),
            texts.NOTES[person.language].format(name=person.name),
        )


def _products(dice: Random, person: Person) -> list[str]:
    if person.rich:
        return ["TRAVEL", "CAR", "HOME"]
    return dice.sample(tuple(_COVERS), 1 + dice.randrange(2))


def _policy(rows: Rows, dice: Random, person: Person, product: str) -> None:
    number = f"P-{200001 + len(rows['policies'])}"
    start = instant(dice).date()
    status = one_of(dice, ("ACT", "ACT", "ACT", "END", "SUS"))
    end = start + timedelta(days=365)
    if end > TODAY:
        status = "ACT"
    rows["policies"].append(
        (
            number,
            person.customer_number,
            product,
            status,
            start.isoformat(),
            end.isoformat() if status == "END" else None,
            euros(dice, 40, 900),
            one_of(dice, (1, 4, 12)),
            iban(dice),
        )
    )
    for cover in _COVERS[product]:
        insured = float(one_of(dice, (5000, 25000, 250000)))
        add(rows, "covers", number, cover, insured, float(one_of(dice, (0, 125, 250))))
    if product == "TRAVEL":
        _family(rows, dice, person, number)


def _family(rows: Rows, dice: Random, person: Person, policy: str) -> None:
    for relation in ("CHILD", "PARENT")[: some(dice, 2, rich=person.rich)]:
        born = person.birth_date + timedelta(
            days=9500 if relation == "CHILD" else -9500
        )
        first = one_of(dice, texts.RELATIVES)
        add(
            rows,
            "insured_persons",
            policy,
            first,
            person.last_name,
            born.isoformat(),
            relation,
        )
