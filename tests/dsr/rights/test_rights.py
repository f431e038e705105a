"""The nine rights as data: what each cites, how it may end, what it may not ask."""

from itertools import product

import pytest

from dsr.rights import RIGHTS, TICKETS, Right
from dsr.rights.base import Ground, gdpr
from dsr.rights.grounds import MANIFESTLY_UNFOUNDED, NOT_IDENTIFIED, source_for
from dsr.vocabulary import Outcome, RightCode

AT_ONCE = ("marketing_opt_out", "consent_withdrawal")
GROUNDS = [(right, ground) for right in RIGHTS.values() for ground in right.grounds]
# GDPR articles, as law.md A and D.1 give them.
CITED = {
    "access": "GDPR Art. 15",
    "rectification": "GDPR Art. 16",
    "erasure": "GDPR Art. 17",
    "restriction": "GDPR Art. 18",
    "objection": "GDPR Art. 21(1)",
    "marketing_opt_out": "GDPR Art. 21(2); GDPR Art. 21(3)",
    "automated_decision_review": "GDPR Art. 22",
    "portability": "GDPR Art. 20",
    "consent_withdrawal": "GDPR Art. 7(3)",
}
GROUND_CITED = {
    "not_identified": "GDPR Art. 11(2); GDPR Art. 12(2); GDPR Art. 12(6)",
    "manifestly_unfounded": "GDPR Art. 12(5)(b)",
    "excessive_repetitive": "GDPR Art. 12(5)(b)",
    "excessive_abuse": "GDPR Art. 12(5); C-526/24",
    "legal_restriction": "GDPR Art. 23",
    "others_rights": "GDPR Art. 15(4)",
    "trade_secret": "GDPR Art. 15(4); C-203/22",
    "accurate": "GDPR Art. 5(1)(d); GDPR Art. 16",
    "opinion": "GDPR Art. 16",
    "not_established": "GDPR Art. 16; GDPR Art. 18(1)(a)",
    "legal_obligation": "GDPR Art. 17(3)(b)",
    "freedom_of_expression": "GDPR Art. 17(3)(a)",
    "public_health": "GDPR Art. 17(3)(c)",
    "archiving_research_statistics": "GDPR Art. 17(3)(d)",
    "compelling_grounds": "GDPR Art. 21(1)",
    "public_interest_task": "GDPR Art. 21(6)",
    "upheld_after_human_review": "GDPR Art. 22(3)",
    "human_involved": "GDPR Art. 22(1)",
    "no_significant_effect": "GDPR Art. 22(1)",
    "not_provided_by_subject": "GDPR Art. 20(1)",
    "transfer_not_feasible": "GDPR Art. 20(2)",
}
PER_RIGHT = {
    ("not_identified", "automated_decision_review"): "GDPR Art. 12(2)",
    ("others_rights", "portability"): "GDPR Art. 20(4)",
    ("legal_claims", "erasure"): "GDPR Art. 17(3)(e)",
    ("legal_claims", "objection"): "GDPR Art. 21(1)",
    ("no_ground", "erasure"): "GDPR Art. 17(1)",
    ("no_ground", "restriction"): "GDPR Art. 18(1)",
    ("legal_basis", "objection"): "GDPR Art. 21(1)",
    ("legal_basis", "portability"): "GDPR Art. 20(1)",
    ("legal_basis", "consent_withdrawal"): "GDPR Art. 7(3)",
}


def test_there_are_nine_rights_each_with_its_ticket() -> None:
    assert set(RIGHTS) == set(TICKETS) == set(RightCode.values)
    assert len({ticket.__name__ for ticket in TICKETS.values()}) == 9
    assert all(ticket._meta.proxy for ticket in TICKETS.values())


@pytest.mark.parametrize("right", RIGHTS)
def test_a_right_cites_its_article(right: str) -> None:
    assert str(RIGHTS[right].source) == CITED[right]


@pytest.mark.parametrize(("right", "ground"), GROUNDS)
def test_a_ground_cites_its_article_and_says_what_to_state(
    right: Right, ground: Ground
) -> None:
    cited = PER_RIGHT.get((ground.code, right.code.value))
    assert str(ground.source) == (cited or GROUND_CITED[ground.code])
    assert str(ground.label)
    assert str(ground.must_state)
    assert right.ground(ground.code) is ground


@pytest.mark.parametrize("right", RIGHTS.values())
def test_a_ground_carries_only_outcomes_that_need_one(right: Right) -> None:
    needing = {*Outcome.NEEDS_GROUND, Outcome.FEE}
    for ground in right.grounds:
        assert ground.outcomes
        assert {str(one) for one in ground.outcomes} <= needing
        assert set(ground.outcomes) & set(right.outcomes)


@pytest.mark.parametrize(
    ("right", "outcome"), list(product(RIGHTS.values(), Outcome.NEEDS_GROUND))
)
def test_an_outcome_that_needs_a_ground_has_one(right: Right, outcome: str) -> None:
    assert bool(right.grounds_for(outcome)) == (outcome in right.outcomes)


@pytest.mark.parametrize("right", RIGHTS.values())
def test_an_outcome_is_one_a_decision_may_be(right: Right) -> None:
    assert set(right.outcomes) <= set(Outcome.DECIDABLE)
    assert len(set(right.outcomes)) == len(right.outcomes)
    assert Outcome.GRANTED in right.outcomes


@pytest.mark.parametrize("right", RIGHTS.values())
def test_ground_and_question_codes_are_unique(right: Right) -> None:
    for codes in ([g.code for g in right.grounds], [q.code for q in right.questions]):
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("right", AT_ONCE)
@pytest.mark.parametrize(
    "outcome", [Outcome.REFUSED, Outcome.PARTIAL, Outcome.FEE, Outcome.NOT_IDENTIFIED]
)
def test_what_takes_effect_at_once_cannot_be_refused(
    right: str, outcome: Outcome
) -> None:
    assert outcome not in RIGHTS[right].outcomes
    assert RIGHTS[right].grounds_for(outcome) == ()


@pytest.mark.parametrize("right", RIGHTS.values())
def test_only_what_takes_effect_at_once_cannot_be_extended(right: Right) -> None:
    assert right.extendable == (right.code not in AT_ONCE)
    assert right.effect_at_once == (right.code in AT_ONCE)


@pytest.mark.parametrize("right", RIGHTS.values())
def test_only_marketing_asks_no_identity(right: Right) -> None:
    assert right.asks_identity == (right.code != RightCode.MARKETING_OPT_OUT)


@pytest.mark.parametrize("right", RIGHTS.values())
def test_only_access_may_wait_for_clarification(right: Right) -> None:
    assert right.asks_clarification == (right.code == RightCode.ACCESS)


@pytest.mark.parametrize("right", RIGHTS.values())
def test_a_copy_is_owed_for_access_and_portability(right: Right) -> None:
    assert right.owes_copy == (right.code in ("access", "portability"))
    assert right.searches or not right.owes_copy


@pytest.mark.parametrize("right", RIGHTS.values())
def test_an_unknown_ground_is_refused_with_those_known(right: Right) -> None:
    with pytest.raises(ValueError, match="'effort' is no ground to refuse") as caught:
        right.ground("effort")
    for ground in right.grounds:
        assert ground.code in str(caught.value)


def test_a_fee_rests_on_the_point_that_allows_one() -> None:
    assert source_for(MANIFESTLY_UNFOUNDED, Outcome.FEE) == gdpr("12(5)(a)")
    assert source_for(MANIFESTLY_UNFOUNDED, Outcome.REFUSED) == gdpr("12(5)(b)")
    assert source_for(NOT_IDENTIFIED, Outcome.FEE) == NOT_IDENTIFIED.source
