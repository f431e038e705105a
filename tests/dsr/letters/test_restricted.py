"""What letters say of restrictions and objections, from the rows themselves."""

import pytest

from dsr import casework
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.letters.words import words
from dsr.models import Letter, RestrictionMeasure, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    COLLEAGUE,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    carry_out,
    close_orders,
    decide,
    excuse_notices,
)
from tests.dsr.machines.objection import weigh

LANGUAGES = ("en", "fr", "nl", "de")


def said(kind: str = "reply") -> dict[str, str]:
    """Return the contents of the letter as it stands."""
    return find_contents(compose(Letter.objects.get(kind=kind)).html or "")


def end(ticket: Ticket, outcome: str, *grounds: str) -> dict[str, str]:
    casework.propose(
        ticket.pk,
        outcome=outcome,
        grounds=grounds,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk)
    return said()


def test_a_granted_restriction_says_since_when_why_and_what_is_still_allowed(
    walk: Walk,
) -> None:
    walk(State.REPLY_PENDING, "restriction", email=JEANNE, language="en")
    letter = said()
    assert letter["restricted"] == (
        "Since Thursday 5 March 2026 the processing has been restricted, because you "
        "contested the accuracy of the data, and we had to verify it. "
        "[GDPR Art. 18(1)(a)]"
    )
    assert "only with your consent, for the establishment" in letter["still_allowed"]
    assert "before we lift" in letter["before_lifting"]


def test_a_refused_restriction_names_the_grounds_examined(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "restriction", email=JEANNE, language="en")
    four = ["accuracy_contested", "unlawful", "claims_of_person", "objection_pending"]
    casework.examine_restriction(
        ticket.pk, grounds=four, why=WHY, by=OFFICER, at=RECEIVED
    )
    letter = end(ticket, "refused", "no_ground")
    for place in "abcd":
        assert f"Art. 18(1)({place})" in letter["examined"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_partial_restriction_denies_no_ground_that_it_names(
    walk: Walk, language: str
) -> None:
    ticket = walk(State.APPLYING, "restriction", email=JEANNE, language=language)
    close_orders(ticket.pk)
    casework.examine_restriction(
        ticket.pk, grounds=["unlawful"], why=WHY, by=OFFICER, at=RECEIVED
    )
    casework.propose(
        ticket.pk,
        outcome="partial",
        grounds=["no_ground"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk)
    excuse_notices(ticket.pk)
    carry_out(ticket.pk)
    html = compose(Letter.objects.get(kind="reply")).html or ""
    letter, own = find_contents(html), words(language)
    assert letter["restricted"]
    assert own["ground_in_part"]["no_ground"] in letter["grounds"]
    assert own["ground"]["no_ground"] not in letter["grounds"]
    rest = own["frozen"]["examined_rest"].split(":")[0].split(".")[0]
    assert rest in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("erase", [True, False])
def test_an_objection_says_no_more_of_erasure_than_is_true(
    walk: Walk, language: str, *, erase: bool
) -> None:
    ticket = walk(State.EXECUTING, "objection", email=JEANNE, language=language)
    close_orders(ticket.pk)
    casework.complete(ticket.pk, done=WHY, erase=erase, by=OFFICER, at=RECEIVED)
    own = words(language)["objected"]
    expected = own["erasure_opened" if erase else "erases_nothing"]
    assert said()["erasure_follows"] == expected


def test_an_inapplicable_objection_names_real_basis_and_right(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, "objection", email=JEANNE, language="en")
    casework.check_basis(
        ticket.pk, purposes=["contracts_and_claims"], by=OFFICER, at=RECEIVED
    )
    letter = end(ticket, "not_applicable", "legal_basis")
    assert "insurance and assistance contracts" in letter["real_basis"]
    assert "GDPR Art. 6(1)(b)" in letter["real_basis"]
    assert "portability" in letter["right_that_applies"]


def test_a_partial_objection_says_what_stops_and_what_goes_on(walk: Walk) -> None:
    ticket = walk(State.BALANCING, "objection", email=JEANNE, language="en")
    close_orders(ticket.pk)
    weigh(ticket.pk, "statistics")
    end_partial(ticket)
    letter = said()
    assert "clients" in letter["stopped"]
    assert "statistics" in letter["continuing"]
    assert "until we have informed you" in letter["until_told"]


def end_partial(ticket: Ticket) -> None:
    casework.propose(
        ticket.pk,
        outcome="partial",
        grounds=["compelling_grounds"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    decide(ticket.pk)
    close_orders(ticket.pk)
    casework.complete(ticket.pk, done=WHY, by=OFFICER, at=RECEIVED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_of_lifting_names_day_reason_and_ground(
    walk: Walk, language: str
) -> None:
    walk(State.CLOSED, "restriction", email=JEANNE, language=language)
    measure = RestrictionMeasure.objects.get()
    casework.propose_lift(measure.pk, reason=WHY, by=OFFICER, at=RECEIVED)
    casework.approve_lift(measure.pk, by=COLLEAGUE, at=RECEIVED)
    letter = said("lift_notice")
    assert "12" in letter["lift_on"]  # Thursday 12 March 2026, seven days later
    assert letter["reasons"] == WHY
    assert (
        "18(1)(a)" in letter["restricted"].replace(" ", "")
        or "18" in letter["restricted"]
    )
    assert "another_remains" not in letter
    assert "+32 (0)2 274 48 00" in letter["remedies"]
