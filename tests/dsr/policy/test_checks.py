"""Each rule of the law and of the house, with the sentence it answers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User

from dsr.models import LateRefusal, Ticket
from dsr.policy import PolicyError, actor_of, advice, checks
from dsr.rights import RIGHTS
from dsr.vocabulary import Actor, Outcome
from tests.dsr.conftest import (
    COLLEAGUE,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
)

DUE = datetime.fromisoformat("2026-04-07T21:59:59+00:00")  # 23:59:59 in Brussels
LATE = DUE + timedelta(seconds=1)
Rule = Callable[[Ticket, Actor, datetime], None]


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    return open_case("access").tickets.get()


def refusal(rule: Rule, ticket: Ticket, by: Actor = OFFICER, at: datetime = DUE) -> str:
    """Return the sentence with which a rule refuses, or nothing."""
    try:
        rule(ticket, by, at)
    except PolicyError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("right", RIGHTS)
def test_proof_of_identity_is_asked_for_any_right_but_marketing(right: str) -> None:
    said = refusal(checks.right_asks_identity, Ticket(right_code=right))
    assert said == (
        "Objection to direct marketing needs no proof of identity: "
        "the address is enough."
        if right == "marketing_opt_out"
        else ""
    )


@pytest.mark.parametrize("right", RIGHTS)
def test_only_access_waits_for_clarification(right: str) -> None:
    said = refusal(checks.right_asks_clarification, Ticket(right_code=right))
    assert bool(said) == (right != "access")
    assert not said or "recital 63" in said


@pytest.mark.parametrize("right", RIGHTS)
def test_what_takes_effect_at_once_is_not_extended(right: str) -> None:
    said = refusal(checks.right_is_extendable, Ticket(right_code=right))
    assert bool(said) == (right in ("marketing_opt_out", "consent_withdrawal"))
    assert not said or "takes effect at once (GDPR Art. " in said


def test_an_extension_is_announced_until_the_last_second_of_month_one(
    ticket: Ticket,
) -> None:
    assert refusal(checks.in_month_one, ticket, at=DUE) == ""
    said = refusal(checks.in_month_one, ticket, at=LATE)
    assert "could be extended until 7 April 2026 (GDPR Art. 12(3))" in said


def test_the_law_knows_one_extension(ticket: Ticket) -> None:
    assert refusal(checks.not_extended, ticket) == ""
    ticket.extended_at = RECEIVED
    assert "the law knows one extension" in refusal(checks.not_extended, ticket)


def test_an_extension_needs_a_proposal(ticket: Ticket) -> None:
    said = refusal(checks.extension_is_proposed, ticket)
    assert "No extension of" in said
    ticket.extension_proposed_at = RECEIVED
    assert refusal(checks.extension_is_proposed, ticket) == ""


def test_a_second_person_extends(ticket: Ticket) -> None:
    ticket.extension_proposed_by = COLLEAGUE.name
    assert "four eyes" in refusal(checks.second_person_extends, ticket, COLLEAGUE)
    assert refusal(checks.second_person_extends, ticket, DECIDER) == ""


@pytest.mark.parametrize("outcome", Outcome.DECIDABLE)
def test_a_second_person_with_the_role_decides_what_is_not_given_whole(
    outcome: str,
) -> None:
    ticket = Ticket(right_code="access", proposed_outcome=outcome, proposed_by="x")
    four = outcome in ("partial", "refused", "not_identified", "fee")
    mine = Actor("x", frozenset({"handler", "decider"}))
    rule = checks.second_person_decides
    assert ("four eyes" in refusal(rule, ticket, mine)) == four
    assert ("role of decider" in refusal(rule, ticket, OFFICER)) == four
    assert refusal(rule, ticket, DECIDER) == ""


@pytest.mark.parametrize("outcome", Outcome.DECIDABLE)
def test_after_month_one_it_takes_leave_to_decide_that_nothing_is_done(
    ticket: Ticket, outcome: str
) -> None:
    ticket.proposed_outcome = outcome
    ticket.proposed_at = RECEIVED
    rule = advice.refusal_is_in_time
    assert refusal(rule, ticket, DECIDER, DUE) == ""
    late = refusal(rule, ticket, DECIDER, LATE)
    assert bool(late) == (outcome not in ("granted", "partial"))
    assert not late or "A refusal was due by 7 April 2026" in late
    assert refusal(rule, ticket, DPO, LATE) == late
    LateRefusal.objects.create(
        ticket=ticket, due=DUE, why=WHY, overridden_at=DUE, overridden_by="dpo"
    )
    assert refusal(rule, ticket, DECIDER, LATE) == ""
    ticket.proposed_at = LATE  # proposed anew: leave is asked anew
    assert refusal(rule, ticket, DECIDER, LATE) == late


def test_no_date_to_refuse_exists_while_identity_is_awaited(ticket: Ticket) -> None:
    ticket.proposed_outcome, ticket.refusal_notice_due = "not_identified", None
    assert refusal(advice.refusal_is_in_time, ticket, DECIDER, LATE) == ""


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, True),
        ({"email": JEANNE}, False),
        ({"postal_address": "Rue du Bailli 12\n1050 Ixelles"}, False),
    ],
)
def test_a_letter_needs_an_address(
    open_case: Open, given: dict[str, str], refused: bool
) -> None:
    ticket = open_case("access", **given).tickets.get()
    said = refusal(checks.contact_known, ticket)
    assert ("neither an e-mail nor a postal address" in said) == refused


PROPOSALS: list[tuple[str, dict[str, Any], str]] = [
    ("marketing_opt_out", {"outcome": "refused"}, "does not provide for it"),
    ("marketing_opt_out", {"outcome": "partial"}, "does not provide for it"),
    ("consent_withdrawal", {"outcome": "refused"}, "does not provide for it"),
    ("access", {"outcome": "withdrawn"}, "does not provide for it"),
    ("access", {"outcome": "not_applicable"}, "does not provide for it"),
    ("access", {"outcome": "refused"}, "Choose at least one ground"),
    ("access", {"outcome": "not_identified"}, "Choose at least one ground"),
    (
        "access",
        {"outcome": "refused", "grounds": ["accurate"]},
        "Possible are: excessive_abuse, excessive_repetitive, legal_restriction",
    ),
    ("access", {"outcome": "granted", "grounds": ["others_rights"]}, "No ground for"),
    (
        "access",
        {"outcome": "refused", "grounds": ["manifestly_unfounded"], "reasons": "No."},
        "The reasons needs at least 30 characters",
    ),
    (
        "access",
        {"outcome": "fee", "grounds": [], "reasons": ""},
        "The reasons needs at least 30 characters",
    ),
    (
        "access",
        {"outcome": "refused", "grounds": ["manifestly_unfounded"], "reasons": WHY},
        "",
    ),
    ("access", {"outcome": "granted"}, ""),
    (
        "erasure",
        {"outcome": "refused", "grounds": ["legal_claims"], "reasons": WHY},
        "",
    ),
]


@pytest.mark.parametrize(("right", "given", "sentence"), PROPOSALS)
def test_a_proposal_is_one_the_law_provides_for(
    right: str, given: dict[str, Any], sentence: str
) -> None:
    said = ""
    try:
        checks.proposal_is_lawful(
            Ticket(right_code=right, state="in_progress"),
            **{"grounds": [], "reasons": ""} | given,
        )
    except PolicyError as error:
        said = str(error)
    assert sentence in said
    assert bool(said) == bool(sentence)


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("outcome", Outcome.DECIDABLE)
def test_while_identity_is_awaited_nothing_is_proposed_but_that(
    right: str, outcome: str
) -> None:
    ticket = Ticket(right_code=right, state="awaiting_identity")
    if outcome == "not_identified" and outcome in RIGHTS[right].outcomes:
        checks.proposal_is_lawful(
            ticket, outcome=outcome, grounds=["not_identified"], reasons=WHY
        )
        return
    with pytest.raises(PolicyError):
        checks.proposal_is_lawful(ticket, outcome=outcome, grounds=[], reasons=WHY)


@pytest.mark.parametrize("text", ["", " " * 40, "x" * 29, "x" * 29 + " "])
def test_a_reason_of_one_word_explains_nothing(text: str) -> None:
    with pytest.raises(PolicyError, match="needs at least 30 characters"):
        checks.long_reason(text, "The reason")
    checks.long_reason("x" * 30, "The reason")


def test_an_actor_has_the_roles_of_the_groups(db: None) -> None:
    user = User.objects.create_user("anna")
    Group.objects.create(name="subject")
    Group.objects.create(name="choir")
    user.groups.set(Group.objects.filter(name__in=["dpo", "subject", "choir"]))
    assert actor_of(user) == Actor("anna", frozenset({"dpo"}))


def test_who_is_not_signed_in_or_has_no_role_may_nothing(db: None) -> None:
    gone = User.objects.create_user("gone", is_active=False)
    gone.groups.set(Group.objects.filter(name="handler"))
    assert actor_of(gone).roles == actor_of(AnonymousUser()).roles == frozenset()
    assert actor_of(User.objects.create_superuser("root")).roles == frozenset()
