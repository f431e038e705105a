"""Where the answer goes: put right by an officer, proven anew by the person."""

import pytest

from dsr import casework
from dsr.casework.addresses import set_address
from dsr.models import Case, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    AUDITOR,
    DECIDER,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    decide,
    events,
    refused,
    take,
    verify,
)

NEW = "jeanne.new@demo.example"


def test_a_new_address_has_to_be_proven_anew(open_case: Open) -> None:
    case = verify(open_case(email=JEANNE))
    casework.send_code(case.reference, by=OFFICER, at=RECEIVED)
    code = case.codes.latest("pk").digits

    set_address(case.pk, email=NEW, postal_address="", by=OFFICER, at=RECEIVED)

    case = Case.objects.get(pk=case.pk)
    assert case.contact_email == NEW
    assert case.contact_confirmed_at is None
    assert casework.enter_code(case.reference, code, at=RECEIVED) is None
    assert events(case)[-1] == "case.address_changed"


def test_the_same_address_in_other_letters_stays_proven(open_case: Open) -> None:
    case = verify(open_case(email=JEANNE))

    set_address(
        case.pk, email=JEANNE.upper(), postal_address="", by=OFFICER, at=RECEIVED
    )

    assert Case.objects.get(pk=case.pk).contact_confirmed_at is not None


def test_a_case_without_an_address_can_be_answered_once_it_has_one(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, "restriction", email=JEANNE)
    letter = ticket.letters.get(kind="reply")

    set_address(
        ticket.case_id, email="", postal_address="Rue 1", by=OFFICER, at=RECEIVED
    )

    letter.refresh_from_db()
    assert (letter.to_email, letter.to_address) == ("", "Rue 1")


def test_no_address_at_all_is_refused(open_case: Open) -> None:
    case = open_case(email=JEANNE)

    with refused("Give an e-mail or a postal address"):
        set_address(case.pk, email=" ", postal_address="", by=OFFICER, at=RECEIVED)


def test_an_auditor_moves_no_address(open_case: Open) -> None:
    case = open_case(email=JEANNE)

    with refused("role"):
        set_address(case.pk, email=NEW, postal_address="", by=AUDITOR, at=RECEIVED)


@pytest.fixture
def refusal(open_case: Open) -> Ticket:
    ticket = open_case("restriction", email=JEANNE).tickets.get()
    take(ticket.pk)
    casework.record_unfounded(ticket.pk, facts=WHY, by=OFFICER, at=RECEIVED)
    casework.propose(
        ticket.pk,
        outcome="refused",
        grounds=["manifestly_unfounded"],
        reasons=WHY,
        by=OFFICER,
        at=RECEIVED,
    )
    return decide(ticket.pk)


def test_reasons_that_two_people_agreed_to_are_not_changed_by_the_first(
    refusal: Ticket,
) -> None:
    letter = refusal.letters.get(kind="reply")

    with refused("Two people agreed"):
        casework.edit_letter(
            letter.pk, parts={"reasons": f"Others. {WHY}"}, by=OFFICER, at=RECEIVED
        )


def test_the_second_person_may_word_the_reasons_better(refusal: Ticket) -> None:
    letter = refusal.letters.get(kind="reply")

    changed = casework.edit_letter(
        letter.pk, parts={"reasons": WHY + " Really."}, by=DECIDER, at=RECEIVED
    )

    assert changed.parts["reasons"] == WHY + " Really."


def test_one_person_alone_sends_no_copy_elsewhere(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, email=JEANNE)  # proposed by the officer

    with refused("only a decider who did not work on it"):
        set_address(
            ticket.case_id, email=NEW, postal_address="", by=OFFICER, at=RECEIVED
        )


def test_a_decider_who_did_not_work_on_it_may(walk: Walk) -> None:
    ticket = walk(State.REPLY_PENDING, email=JEANNE)

    case = set_address(
        ticket.case_id, email=NEW, postal_address="", by=DECIDER, at=RECEIVED
    )

    assert case.contact_email == NEW


def test_a_right_added_later_is_told_to_the_person(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)

    ticket = casework.add_right(case.pk, right_code="erasure", by=OFFICER, at=RECEIVED)

    letter = case.letters.get(ticket=ticket)
    assert letter.kind == "acknowledgement"
    assert "effacement" in letter.text
