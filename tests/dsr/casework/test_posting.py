"""Letters on paper: the day of posting is the day of the answer."""

from datetime import timedelta
from typing import Any

import pytest

from dsr import casework
from dsr.models import LedgerEntry, Letter
from dsr.policy.checks import local_day
from dsr.vocabulary import State
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    refused,
)
from tests.dsr.steps import decide

ADDRESS = "Rue du Bailli 12\n1050 Ixelles"
TODAY = local_day(RECEIVED)


@pytest.fixture
def letter(open_case: Open) -> Letter:
    """Open a case whose acknowledgement goes on paper, at the receipt."""
    return open_case("access", postal_address=ADDRESS).letters.get()


def post(letter: Letter, days: int, **more: Any) -> Letter:
    """Record at the `days`-th day after the receipt."""
    return casework.record_posted(
        letter.pk, by=OFFICER, at=RECEIVED + days * DAY, **more
    )


def test_an_ordinary_letter_needs_no_number(letter: Letter) -> None:
    posted = post(letter, 1)
    assert (posted.state, posted.proof) == ("sent", "")
    assert posted.sent_at == RECEIVED + DAY


def test_a_posting_is_recorded_later_with_its_own_day(letter: Letter) -> None:
    posted = post(letter, 5, posted_on=TODAY + timedelta(days=2), proof=" RR1BE ")
    assert posted.proof == "RR1BE"
    assert posted.sent_at is not None
    assert local_day(posted.sent_at) == TODAY + timedelta(days=2)
    line = LedgerEntry.objects.get(event="letter.sent")
    assert line.at == RECEIVED + 5 * DAY
    assert line.facts["posted_on"] == (TODAY + timedelta(days=2)).isoformat()
    assert "RR1BE" not in str(line.facts)


def test_nothing_is_posted_before_it_was_approved_or_in_the_future(
    letter: Letter,
) -> None:
    with refused("cannot have been posted before"):
        post(letter, 1, posted_on=TODAY - timedelta(days=1))
    with refused("lies in the future"):
        post(letter, 1, posted_on=TODAY + timedelta(days=2))
    with refused("takes the role of"):
        casework.record_posted(letter.pk, by=AUDITOR, at=RECEIVED)
    same_day = post(letter, 1, posted_on=TODAY)
    assert same_day.sent_at is not None
    assert same_day.approved_at is not None
    assert same_day.approved_at <= same_day.sent_at <= RECEIVED + DAY


def test_the_answer_counts_from_the_day_of_posting(walk: Walk) -> None:
    ticket = walk(State.AWAITING_IDENTITY, postal_address=ADDRESS)
    casework.propose(
        ticket.pk,
        outcome="not_identified",
        grounds=["not_identified"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk)
    reply = ticket.letters.get(kind="reply")
    casework.approve_letter(reply.pk, by=OFFICER, at=RECEIVED + 2 * DAY)
    posted_on = TODAY + timedelta(days=3)
    post(reply, 40, posted_on=posted_on)
    ticket.refresh_from_db()
    assert ticket.replied_at is not None
    assert local_day(ticket.replied_at) == posted_on
    facts = LedgerEntry.objects.filter(event="letter.sent").latest("number").facts
    assert "late_after" not in facts
