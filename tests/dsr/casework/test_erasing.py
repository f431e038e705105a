"""Ground and exception, category by category; then proof, and the reply."""

from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from dsr import casework
from dsr.models import ErasureItem, LedgerEntry, Letter, Ticket
from dsr.policy.erasing import grounds_shown_by
from dsr.rights.limitation import Reckoning
from dsr.vocabulary import Claim, RestrictionGround, State
from subjects.models import SuppressionEntry
from tests.dsr.conftest import (
    COLLEAGUE,
    DECIDER,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    decide,
    refused,
    send_reply,
    take,
)
from tests.dsr.steps import carry_out, close_orders, excuse_notices, propose

LAST = date(2036, 12, 31)
ERASED = {"verdict": "erase"}
RETAINED = {
    "verdict": "retain",
    "exception": "legal_obligation",
    "keep_until": LAST,
    "why": WHY,
}
PARTIAL = {"outcome": "partial", "grounds": ["legal_obligation"], "reasons": WHY}


@pytest.fixture
def ticket(open_case: Open) -> Ticket:
    """Take an erasure in hand and search."""
    ticket = open_case("erasure", email=JEANNE).tickets.get()
    take(ticket.pk)
    return ticket


def ground(
    ticket: Ticket, *categories: str, code: str = "no_longer_necessary", **more: Any
) -> None:
    casework.examine_grounds(
        ticket.pk, categories=categories, ground=code, by=OFFICER, at=RECEIVED, **more
    )


def judge(ticket: Ticket, *categories: str, **said: Any) -> None:
    casework.examine_exceptions(
        ticket.pk, categories=categories, by=OFFICER, at=RECEIVED, **said
    )


def put(ticket: Ticket, outcome: str, *grounds: str) -> None:
    casework.propose(
        ticket.pk,
        outcome=outcome,
        grounds=grounds,
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def text_of(letter: Letter) -> str:
    """Read the letter as it was sent."""
    with letter.pdf.open() as pdf:
        pages = PdfReader(pdf).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_only_the_policys_categories_and_the_laws_grounds_are_known(
    ticket: Ticket,
) -> None:
    with refused("Choose categories of the policy: identification, contracts"):
        ground(ticket, "shoe_size")
    with refused("Choose categories of the policy"):
        ground(ticket)
    with refused("Article 17\\(1\\) knows no case “too_much”"):
        ground(ticket, "claims", code="too_much")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"verdict": "perhaps"}, "There is no verdict “perhaps”"),
        (RETAINED | {"exception": ""}, "needs an exception of Article 17"),
        (RETAINED | {"exception": "too_busy"}, "needs an exception of Article 17"),
        (RETAINED | {"keep_until": None}, "Say until which day it is kept"),
        (RETAINED | {"keep_until": RECEIVED.date()}, "it has to lie after"),
        (RETAINED | {"why": "law"}, "Why it is kept needs at least 30"),
        (ERASED | {"keep_until": LAST}, "neither exception nor last day"),
    ],
)
def test_what_is_kept_has_exception_day_and_reason(
    ticket: Ticket, said: dict[str, Any], sentence: str
) -> None:
    ground(ticket, "claims")
    with refused(sentence):
        judge(ticket, "claims", **said)


def test_without_a_ground_only_a_refusal_is_possible(ticket: Ticket) -> None:
    ground(ticket, "claims", code="")
    with refused("No ground of Article 17\\(1\\) was found for: claims"):
        judge(ticket, "claims", **ERASED)
    with refused("the outcome is “refused”"):
        put(ticket, "granted")
    put(ticket, "refused", "no_ground")
    assert fresh(ticket).state == State.DECISION_PENDING


def test_nothing_is_proposed_before_every_category_is_examined(ticket: Ticket) -> None:
    with refused("No category was examined yet"):
        propose(ticket.pk)
    ground(ticket, "claims", "contracts")
    judge(ticket, "claims", **ERASED)
    with refused("Not examined for exceptions yet: contracts"):
        propose(ticket.pk)


@pytest.mark.parametrize(
    ("examined", "outcome", "grounds"),
    [
        (("claims", "", ""), "granted", ()),
        (("claims", "payments", ""), "partial", ("legal_obligation",)),
        (("claims", "", "health"), "partial", ("no_ground",)),
        (("", "payments", ""), "refused", ("legal_obligation",)),
        (("", "payments", "health"), "refused", ("legal_obligation", "no_ground")),
    ],
)
def test_the_outcome_follows_from_the_categories(
    ticket: Ticket,
    examined: tuple[str, str, str],
    outcome: str,
    grounds: tuple[str, ...],
) -> None:
    erased, kept, without = examined
    if without:
        ground(ticket, without, code="")
    for category, said in ((erased, ERASED), (kept, RETAINED)):
        if category:
            ground(ticket, category)
            judge(ticket, category, **said)
    wrong = {"granted", "partial", "refused"} - {outcome}
    for other in wrong:
        with refused("By the examination of the categories the outcome is"):
            put(ticket, other, *(["no_ground"] if other != "granted" else []))
    if grounds:
        with refused("the grounds are"):
            put(ticket, outcome, "public_health")
    put(ticket, outcome, *grounds)
    assert fresh(ticket).state == State.DECISION_PENDING


def test_other_rights_of_the_case_show_a_ground(open_case: Open) -> None:
    case = open_case("erasure", "marketing_opt_out", "objection", email=JEANNE)
    ticket = case.tickets.get(right_code="erasure")
    assert grounds_shown_by(ticket) == ["marketing_objection"]


def test_it_is_erased_everywhere_with_proof_before_the_reply(ticket: Ticket) -> None:
    ground(ticket, "claims", "preferences", "payments")
    judge(ticket, "claims", "preferences", **ERASED)
    judge(ticket, "payments", **RETAINED)
    put(ticket, "partial", "legal_obligation")
    assert decide(ticket.pk, by=COLLEAGUE).state == State.EXECUTING
    assert set(ticket.orders.values_list("act", "turn")) == {("erase", 1)}
    assert SuppressionEntry.objects.filter(reference=str(ticket)).exists()
    assert not ErasureItem.objects.exclude(erased_at=None).exists()
    close_orders(ticket.pk)
    assert fresh(ticket).state == State.NOTIFYING
    gone = ErasureItem.objects.exclude(erased_at=None)
    assert set(gone.values_list("category", flat=True)) == {"claims", "preferences"}
    assert LedgerEntry.objects.get(event="erasure.done").facts["categories"] == [
        "claims",
        "preferences",
    ]
    excuse_notices(ticket.pk)
    carry_out(ticket.pk)
    said = text_of(send_reply(ticket.pk))
    for part in (
        "Dossiers de sinistre et d'assistance",
        "Données bancaires et de paiement",
        "RGPD, art. 17, § 3, b)",
        "mercredi 31 décembre 2036",
        "liste d'opposition",
        "dans les 90 jours",
        "Gestion des clients : jeudi 5 mars 2026",
    ):
        assert part in said


def test_steps_for_published_data_are_noted_before_the_reply(ticket: Ticket) -> None:
    ground(ticket, "claims", made_public=True)
    judge(ticket, "claims", **ERASED)
    propose(ticket.pk)
    decide(ticket.pk)
    close_orders(ticket.pk)
    excuse_notices(ticket.pk)
    with refused("Made public: claims. Note first which reasonable steps"):
        carry_out(ticket.pk)
    steps = "We asked both search engines to drop the page."
    casework.tell_publishers(ticket.pk, steps=steps, by=OFFICER, at=RECEIVED)
    carry_out(ticket.pk)
    assert steps in text_of(send_reply(ticket.pk))


def test_no_steps_are_noted_where_nothing_was_public(walk: Walk) -> None:
    ticket = walk(State.EXECUTING, "erasure", email=JEANNE)
    with refused("None of the erased data are noted as made public"):
        casework.tell_publishers(ticket.pk, steps=WHY, by=OFFICER, at=RECEIVED)


def test_a_restriction_spares_what_the_person_needs(
    ticket: Ticket, open_case: Open
) -> None:
    ground(ticket, "claims")
    judge(ticket, "claims", **ERASED)
    propose(ticket.pk)
    other = casework.add_right(
        ticket.case_id, right_code="restriction", by=OFFICER, at=RECEIVED
    )
    take(other.pk)
    casework.apply_restriction(
        other.pk,
        ground=RestrictionGround.CLAIMS_OF_PERSON,
        what="the claim of 2025",
        by=OFFICER,
        at=RECEIVED,
    )
    with refused("forbids to erase this person's data"):
        decide(ticket.pk, by=COLLEAGUE)


def test_the_facts_of_a_time_limit_stay_with_its_day(ticket: Ticket) -> None:
    ground(ticket, "claims")
    facts = Reckoning(Claim.CONTRACT, date(2026, 1, 10))
    claims = RETAINED | {"exception": "legal_claims", "keep_until": date(2029, 1, 10)}
    judge(ticket, "claims", **claims, reckoning=facts)
    kept = ErasureItem.objects.get().reckoning or {}
    assert kept["claim"] == "contract"
    assert Reckoning.from_json(kept) == facts
    with refused("before the event"):
        wrong = Reckoning(Claim.CONTRACT, date(2026, 1, 10), known_on=date(2025, 1, 1))
        judge(ticket, "claims", **claims, reckoning=wrong)


def test_a_category_examined_again_is_judged_anew(ticket: Ticket) -> None:
    ground(ticket, "claims")
    judge(ticket, "claims", **RETAINED)
    ground(ticket, "claims", code="unlawful")
    item = ErasureItem.objects.get()
    assert (item.ground, item.verdict, item.keep_until) == ("unlawful", "", None)
    assert fresh(ticket).state == State.GROUNDS


def test_a_returned_proposal_goes_back_to_the_categories(walk: Walk) -> None:
    ticket = walk(State.DECISION_PENDING, "erasure", email=JEANNE)
    casework.return_proposal(ticket.pk, why=WHY, by=DECIDER, at=RECEIVED)
    assert fresh(ticket).state == State.EXCEPTIONS


def test_what_is_decided_again_is_ordered_again(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "erasure", email=JEANNE)
    later = RECEIVED.replace(day=9)
    casework.reopen(ticket.pk, why=WHY, by=DPO, at=later)
    ground(ticket, "claims")
    judge(ticket, "claims", **ERASED)
    propose(ticket.pk)
    decide(ticket.pk, at=later)
    assert set(ticket.orders.values_list("turn", "state")) == {
        (1, "done"),
        (2, "waiting"),
    }
