"""Who acts at random, and what they write: words that no ledger line may hold."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, TypeVar

from dsr import casework
from dsr.models import Case
from dsr.rights import RIGHTS
from dsr.vocabulary import SUBJECT, SYSTEM, Actor, Channel
from tests.dsr.steps import (
    ADVISER,
    AUDITOR,
    COLLEAGUE,
    DECIDER,
    DPO,
    JEANNE,
    LUC,
    OFFICER,
)

NOBODY = Actor("nobody", frozenset())
REVIEWER = Actor("rita", frozenset({"reviewer"}))
STAFF = (OFFICER, COLLEAGUE, DECIDER, DPO, REVIEWER, ADVISER)
EVERYBODY = (*STAFF, AUDITOR, SUBJECT, NOBODY)

# Every text that a person or an officer writes here holds one of these.
WORD = "Xanadu"
NAMES = ("Jeanne Peeters", "Luc Janssens")
PHONE, STREET = "+32 2 555 01 23", "Rue Longue 7, 1000 Bruxelles"
PERSONAL = (WORD, *NAMES, JEANNE, LUC, PHONE, "555 01 23", "Rue Longue")
WHY = f"{WORD}: this is a reason that is long enough for a person to read."
SHORT = WORD

# The ends of months and of the summer, a leap day, holidays, a minute to midnight.
RECEIPTS = (
    datetime(2026, 3, 5, 10, 0, tzinfo=UTC),
    datetime(2026, 1, 30, 22, 59, tzinfo=UTC),
    datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
    datetime(2026, 10, 24, 22, 30, tzinfo=UTC),
    datetime(2026, 11, 30, 8, 0, tzinfo=UTC),
    datetime(2028, 1, 29, 12, 0, tzinfo=UTC),
)
LONG_ON_ITS_WAY = timedelta(days=60)
ADDRESSES: tuple[dict[str, Any], ...] = (
    {"channel": Channel.MAIL, "email": JEANNE, "name": NAMES[0]},
    {"channel": Channel.MAIL, "email": LUC, "name": NAMES[1]},
    {"channel": Channel.WEB, "email": JEANNE, "name": NAMES[0]},
    {"channel": Channel.POST, "postal_address": STREET, "name": NAMES[0]},
    {"channel": Channel.PHONE, "name": NAMES[1]},
    {
        "channel": Channel.MAIL,
        "email": JEANNE,
        "agent_name": NAMES[1],
        "agent_relation": "lawyer",
    },
)


T = TypeVar("T")


class Pick(Protocol):
    """Chooses one of several; hypothesis does, and finds the simplest that fails."""

    def __call__(self, options: Sequence[T], /) -> T:
        """Return one of the options."""


def open_at_random(pick: Pick, now: datetime | None = None) -> Case:
    """Open a case with one to three rights, as one of the channels does."""
    received = pick(RECEIPTS)
    if now is not None:
        received = max(received, now - LONG_ON_ITS_WAY)
    how_many = pick((1, 1, 1, 2, 3))
    rights = [pick(list(RIGHTS)) for _ in range(how_many)]
    new = casework.NewCase(
        received_at=received,
        language=pick(("fr", "nl", "de", "en")),
        rights=list(dict.fromkeys(rights)),
        text=WHY,
        identifiers={"customer_number": "K-100001", "phone_number": PHONE},
        own_reference="REF-1",
        details={code: dict.fromkeys(_questions(code), WHY) for code in rights},
        **pick(ADDRESSES),
    )
    return casework.open_case(new, by=SYSTEM, at=received)


def _questions(code: str) -> list[str]:
    return [question.code for question in RIGHTS[code].questions]
