"""The rows of the demo company's claims database."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from subjects.demo import texts
from subjects.demo.people import Person
from subjects.demo.spinning import (
    Rows,
    add,
    euros,
    iban,
    instant,
    later,
    new_rows,
    one_of,
    written,
)

_KIND_OF = {"TRAVEL": "MED", "CAR": "CAR", "HOME": "HOME", "ROAD": "ROAD"}


@dataclass(frozen=True, slots=True)
class _Claim:
    """One claim while its rows are made."""

    number: str
    person: Person
    claimant: int
    policy_number: str
    kind: str
    at: datetime
    previous: str | None = None


def claims_rows(dice: Random, people: list[Person], crm: Rows) -> Rows:
    """Return the rows of every table about the claims of `people`."""
    rows = new_rows()
    by_number = {person.customer_number: person for person in people}
    claimants: dict[str, int] = {}
    for policy_number, customer_number, product, *_ in crm["policies"]:
        person = by_number[customer_number]
        if not person.rich and dice.randrange(3):
            continue
        if customer_number not in claimants:
            claimants[customer_number] = _claimant(rows, dice, person)
        claim = _Claim(
            number=_next_number(rows),
            person=person,
            claimant=claimants[customer_number],
            policy_number=policy_number,
            kind=_KIND_OF[product],
            at=instant(dice),
        )
        _claim(rows, dice, claim)
        if person.rich and claim.kind == "MED":
            relapse = claim.at + timedelta(days=20)
            number, before = _next_number(rows), claim.number
            again = replace(claim, number=number, previous=before, at=relapse)
            _claim(rows, dice, again)
    return rows


def _next_number(rows: Rows) -> str:
    return f"S-{300001 + len(rows['claims'])}"


def _claimant(rows: Rows, dice: Random, person: Person) -> int:
    role = "HOLDER" if person.rich else one_of(dice, ("HOLDER", "DRIVER", "VICTIM"))
    claimant = add(
        rows,
        "claimants",
        person.customer_number,
        role,
        person.first_name,
        person.last_name,
        person.email,
        person.phone,
    )
    witness = one_of(dice, texts.WITNESSES)
    note = texts.CALLS[person.language].format(name=person.name, other=witness)
    at, agent = written(instant(dice)), one_of(dice, texts.AGENTS)
    add(rows, "call_notes", claimant, at, agent, note)
    return claimant


def _claim(rows: Rows, dice: Random, claim: _Claim) -> None:
    vehicle = _vehicle(rows, dice) if claim.kind in {"CAR", "ROAD"} else None
    damage = euros(dice, 80, 6000)
    status = one_of(dice, ("OPEN", "PAID", "PAID", "REF", "CLO"))
    if claim.person.rich:
        status = "PAID"
    rows["claims"].append(
        (
            claim.number,
            claim.claimant,
            claim.policy_number,
            vehicle,
            claim.previous,
            claim.kind,
            status,
            claim.at.date().isoformat(),
            written(claim.at + timedelta(days=1)),
            one_of(dice, texts.PLACES),
            texts.DESCRIPTIONS[claim.kind][claim.person.language],
            damage,
        )
    )
    _events(rows, dice, claim)
    _documents(rows, dice, claim)
    if status == "PAID":
        _payment(rows, dice, claim, damage)
    if claim.kind in {"CAR", "HOME"}:
        _report(rows, dice, claim, damage)


def _vehicle(rows: Rows, dice: Random) -> int:
    make, model = one_of(dice, texts.CARS)
    number = len(rows["vehicles"]) + 1
    # Belgian plates begin with 1 or 2 and a real chassis number holds no O.
    plate, vin = f"0-DEM-{number:04}", f"DEMO{number:013}"
    return add(rows, "vehicles", plate, make, model, 2010 + dice.randrange(15), vin)


def _events(rows: Rows, dice: Random, claim: _Claim) -> None:
    at = claim.at + timedelta(days=1)
    language = texts.LANGUAGE_ORDER.index(claim.person.language)
    for kind, notes in texts.EVENTS.items():
        at = later(dice, at, 10)
        agent = one_of(dice, texts.AGENTS)
        add(
            rows,
            "claim_events",
            claim.number,
            written(at),
            kind,
            agent,
            notes[language],
        )


def _documents(rows: Rows, dice: Random, claim: _Claim) -> None:
    language = claim.person.language
    for kind in ("DECL", "MED" if claim.kind == "MED" else "INV"):
        body = texts.BODIES[language].format(
            name=claim.person.name,
            claim=claim.number,
            what=texts.DESCRIPTIONS[claim.kind][language],
            other=one_of(dice, texts.WITNESSES),
        )
        received = written(later(dice, claim.at, 20))
        title = texts.DOCUMENT_TITLES[kind][language]
        add(rows, "documents", claim.number, received, kind, title, body)


def _payment(rows: Rows, dice: Random, claim: _Claim, damage: float) -> None:
    paid = later(dice, claim.at, 60).date().isoformat()
    payee = claim.person.name
    add(rows, "payments", claim.number, paid, damage, "IND", payee, iban(dice))


def _report(rows: Rows, dice: Random, claim: _Claim, damage: float) -> None:
    add(
        rows,
        "expert_reports",
        claim.number,
        one_of(dice, texts.EXPERTS),
        later(dice, claim.at, 30).date().isoformat(),
        damage,
        dice.randrange(101),
        dice.randrange(101),
        texts.CONCLUSIONS[claim.person.language],
    )
