"""The rows of the demo company's marketing database."""

from datetime import datetime, timedelta
from random import Random

from subjects.demo import texts
from subjects.demo.people import Person
from subjects.demo.spinning import (
    QUIET,
    Rows,
    add,
    instant,
    later,
    new_rows,
    one_of,
    some,
    written,
)


def marketing_rows(dice: Random, people: list[Person]) -> Rows:
    """Return the rows of every table about `people`."""
    rows = new_rows()
    for person in people:
        contact = add(
            rows,
            "contacts",
            person.customer_number,
            person.email,
            person.language,
            person.rich or dice.randrange(2) == 1,
            one_of(dice, ("FAMILY", "TRAVEL", "HOME")),
            False,
        )
        _consents(rows, dice, person, contact)
        _mailings(rows, dice, person, contact)
    return rows


def _consents(rows: Rows, dice: Random, person: Person, contact: int) -> None:
    for purpose in ("NEWS", "OFFER", "SURVEY")[: some(dice, 3, rich=person.rich)]:
        given_at = instant(dice)
        gone = None if dice.randrange(4) else written(later(dice, given_at, QUIET))
        add(
            rows,
            "consents",
            contact,
            purpose,
            gone is None,
            written(given_at),
            gone,
            one_of(dice, ("FORM", "TEL", "PAPER")),
        )


def _mailings(rows: Rows, dice: Random, person: Person, contact: int) -> None:
    for campaign, day in texts.CAMPAIGNS[: some(dice, 3, rich=person.rich)]:
        sent = datetime.fromisoformat(day) + timedelta(hours=10)
        opened = later(dice, sent, 5) if dice.randrange(2) else None
        clicked = opened + timedelta(minutes=2) if opened else None
        add(
            rows,
            "mailings",
            contact,
            person.email,
            campaign,
            written(sent),
            written(opened) if opened else None,
            written(clicked) if clicked and dice.randrange(2) else None,
        )
