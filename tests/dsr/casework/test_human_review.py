"""A machine decided, a person decides afresh. GDPR Art. 22."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dsr import casework
from dsr.models import HumanReview, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    COLLEAGUE,
    DAY,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    decide,
    events,
    letters,
    refused,
    send_reply,
)
from tests.dsr.machines.automated_decision_review import (
    CHANGED,
    RITA,
    SCORED,
    VIEW_BY,
    assign,
    qualify,
    review,
    reviewer,
)
from tests.dsr.steps import LAW

ADM = "automated_decision_review"
BY_HAND = replace(
    SCORED,
    maker="colleague",
    is_automated=False,
    basis="",
    evidence="A colleague read the file and could have decided otherwise.",
)


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def propose(ticket: Ticket, outcome: str, *grounds: str, **given: Any) -> Ticket:
    said: dict[str, Any] = {"reasons": WHY, "by": OFFICER, "at": RECEIVED} | given
    return casework.propose(ticket.pk, outcome=outcome, grounds=grounds, **said)


@pytest.fixture
def qualified(walk: Walk) -> Ticket:
    """Return a ticket whose decision a machine took alone."""
    return walk(State.QUALIFYING, ADM, email=JEANNE)


@pytest.fixture
def reviewing(walk: Walk) -> Ticket:
    """Return a ticket that lies with its reviewer."""
    return walk(State.REVIEWING_HUMAN, ADM, email=JEANNE)


def test_a_review_is_invited_recorded_decided_and_answered(reviewing: Ticket) -> None:
    assert letters(reviewing.case)[-1] == ("view_invitation", "queued")
    review(reviewing.pk)
    kept = reviewing.human_reviews.get()
    assert (kept.recorded_by, kept.result, kept.minutes) == ("rita", "changed", 45)
    propose(reviewing, "granted", reasons="")
    decide(reviewing.pk)
    casework.complete(reviewing.pk, done=WHY, by=OFFICER, at=RECEIVED)
    letter = send_reply(reviewing.pk)
    assert fresh(reviewing).state == State.CLOSED
    assert letter.text
    assert events(reviewing.case).count("review.recorded") == 1


def test_the_reply_says_result_view_reasons_and_explanation(reviewing: Ticket) -> None:
    upheld = replace(CHANGED, result="upheld")
    review(reviewing.pk, upheld)
    propose(reviewing, "refused", "upheld_after_human_review")
    decide(reviewing.pk, by=DECIDER)
    letter = send_reply(reviewing.pk)
    assert letter.state == "sent"
    assert fresh(reviewing).outcome == "refused"


def test_the_time_limit_runs_while_the_person_is_heard(reviewing: Ticket) -> None:
    assert reviewing.due == reviewing.due_strict
    assert not reviewing.clock_events.exists()


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("nobody-here", "does not have the role of reviewer"),
        ("machinist", "made the decision, and cannot review it"),
        ("officer", "has worked on this request"),
        ("dpo", "has worked on this request"),
    ],
)
def test_the_reviewer_neither_decided_nor_worked_on_it(
    qualified: Ticket, who: str, sentence: str
) -> None:
    for name in ("machinist", "officer", "dpo"):
        reviewer(name)
    qualify(qualified.pk, replace(SCORED, maker="machinist"))
    with refused(sentence):
        casework.assign_reviewer(
            qualified.pk,
            reviewer=who,
            authority=WHY,
            view_by=VIEW_BY,
            by=DPO,
            at=RECEIVED,
        )


@pytest.mark.parametrize("day", [RECEIVED.date(), (RECEIVED + 33 * DAY).date()])
def test_the_person_is_heard_within_the_time_limit(
    qualified: Ticket, day: object
) -> None:
    reviewer()
    given: dict[str, Any] = {"reviewer": "rita", "authority": WHY, "view_by": day}
    with refused("choose a day after today and before 7 April 2026"):
        casework.assign_reviewer(qualified.pk, **given, by=DPO, at=RECEIVED)


def test_only_the_dpo_assigns_and_only_the_reviewer_records(qualified: Ticket) -> None:
    reviewer()
    given: dict[str, Any] = {"reviewer": "rita", "authority": WHY, "view_by": VIEW_BY}
    with refused("role of data protection officer"):
        casework.assign_reviewer(qualified.pk, **given, by=COLLEAGUE, at=RECEIVED)
    assign(qualified.pk)
    other = reviewer("robin")
    for who, sentence in ((other, "assigned to rita"), (OFFICER, "role of reviewer")):
        with refused(sentence):
            casework.record_review(qualified.pk, reviewed=CHANGED, by=who, at=RECEIVED)
    review(qualified.pk)
    with refused("The review is recorded"):
        review(qualified.pk)


def test_the_person_is_heard_before_it_is_decided_afresh(reviewing: Ticket) -> None:
    silent = replace(CHANGED, view=" ")
    with refused("may give their view until 15 March 2026"):
        review(reviewing.pk, silent)
    after = RECEIVED + 11 * DAY
    casework.record_review(reviewing.pk, reviewed=silent, by=RITA, at=after)
    assert reviewing.human_reviews.get().view == " "


@pytest.mark.parametrize(
    "part", ["inputs", "view_considered", "reasons", "explanation"]
)
def test_a_review_is_recorded_whole(reviewing: Ticket, part: str) -> None:
    with refused("needs at least 30 characters"):
        review(reviewing.pk, replace(CHANGED, **dict[str, Any]({part: "short"})))
    with refused("how many minutes"):
        review(reviewing.pk, replace(CHANGED, minutes=0))


def test_nothing_is_proposed_against_the_review(reviewing: Ticket) -> None:
    with refused("No person has reviewed the decision yet"):
        propose(reviewing, "granted")
    with refused("No review has upheld the decision"):
        propose(reviewing, "refused", "upheld_after_human_review")
    review(reviewing.pk)
    with refused("No review has upheld"):
        propose(reviewing, "refused", "upheld_after_human_review")
    with refused("The review says “changed”"):
        propose(reviewing, "refused", "legal_restriction", law=LAW)


def test_what_a_review_upheld_is_not_granted(reviewing: Ticket) -> None:
    review(reviewing.pk, replace(CHANGED, result="upheld"))
    with refused("The review upheld the decision"):
        propose(reviewing, "granted")


def test_a_decision_without_basis_is_withdrawn_whatever_a_review_finds(
    qualified: Ticket,
) -> None:
    qualify(qualified.pk, replace(SCORED, basis="none"))
    with refused("the decision is withdrawn and taken anew by a person"):
        propose(qualified, "refused", "upheld_after_human_review")
    propose(qualified, "granted", reasons="")
    decide(qualified.pk)
    casework.complete(qualified.pk, done=WHY, by=OFFICER, at=RECEIVED)
    assert send_reply(qualified.pk).state == "sent"


def test_special_data_without_basis_are_used_no_more(qualified: Ticket) -> None:
    qualify(qualified.pk, replace(SCORED, uses_special_data=True, special_basis="none"))
    propose(qualified, "granted", reasons="")
    decide(qualified.pk)
    with refused("note first that their use has ended"):
        casework.complete(qualified.pk, done=WHY, by=OFFICER, at=RECEIVED)
    casework.stop_special_use(qualified.pk, by=OFFICER, at=RECEIVED)
    with refused("has ended already"):
        casework.stop_special_use(qualified.pk, by=OFFICER, at=RECEIVED)
    casework.complete(qualified.pk, done=WHY, by=OFFICER, at=RECEIVED)
    assert fresh(qualified).state == State.REPLY_PENDING


def test_a_decision_by_a_person_is_no_automated_one(qualified: Ticket) -> None:
    with refused("a machine took the decision alone"):
        propose(qualified, "not_applicable", "human_involved")
    qualify(qualified.pk, BY_HAND)
    with refused("does not fall under Article 22"):
        assign(qualified.pk)
    with refused("has a significant effect"):
        propose(qualified, "not_applicable", "no_significant_effect")
    propose(qualified, "not_applicable", "human_involved")
    decide(qualified.pk)
    assert send_reply(qualified.pk).state == "sent"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"what": "score"}, "The decision needs at least 30"),
        ({"maker": " "}, "Say who made the decision"),
        ({"basis": ""}, "Say which point of Article 22"),
        ({"is_significant": False}, "The evidence that Article 22 does not apply"),
        ({"uses_special_data": True}, "what allowed the special categories"),
        ({"special_basis": "none"}, "what allowed the special categories"),
    ],
)
def test_a_decision_is_qualified_whole(
    walk: Walk, wrong: dict[str, Any], sentence: str
) -> None:
    ticket = walk(State.IN_PROGRESS, ADM, email=JEANNE)
    with refused(sentence):
        qualify(ticket.pk, replace(SCORED, **wrong))


def test_no_data_is_not_the_answer_about_a_known_decision(qualified: Ticket) -> None:
    with refused("A decision about this person was found"):
        propose(qualified, "no_data")


def test_what_comes_back_is_taken_up_where_it_was(reviewing: Ticket) -> None:
    review(reviewing.pk)
    propose(reviewing, "granted", reasons="")
    casework.return_proposal(reviewing.pk, why=WHY, by=COLLEAGUE, at=RECEIVED)
    assert fresh(reviewing).state == State.REVIEWING_HUMAN
    reviewer("robin")
    given: dict[str, Any] = {"reviewer": "robin", "authority": WHY, "view_by": VIEW_BY}
    casework.assign_reviewer(reviewing.pk, **given, by=DPO, at=RECEIVED)
    assert [one.reviewer for one in HumanReview.objects.current()] == ["robin"]
    with refused("No person has reviewed"):
        propose(reviewing, "granted", reasons="")


def test_a_returned_proposal_without_review_is_qualified_again(
    qualified: Ticket,
) -> None:
    qualify(qualified.pk, BY_HAND)
    propose(qualified, "not_applicable", "human_involved")
    casework.return_proposal(qualified.pk, why=WHY, by=COLLEAGUE, at=RECEIVED)
    assert fresh(qualified).state == State.QUALIFYING


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"recorded_by": "x", "recorded_at": RECEIVED}, "review_"),
        ({"result": "upheld"}, "review_is_whole_once_recorded"),
        ({"reviewer": "somebody"}, ""),
    ],
)
def test_the_database_keeps_a_review_with_its_reviewer(
    reviewing: Ticket, wrong: dict[str, Any], constraint: str
) -> None:
    rows = HumanReview.objects.filter(ticket=reviewing)
    if not constraint:
        review(reviewing.pk)
        constraint = "review_recorded_by_its_reviewer"
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**wrong)
