"""The list of Art. 15: filled by the facts, answered by an officer, told in letters."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dsr import casework
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.models import InformationItem, LedgerEntry, Letter, Ticket
from dsr.vocabulary import State
from tests.dsr.conftest import (
    AUDITOR,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Walk,
    decide,
    refused,
)
from tests.dsr.steps import inform, make_copy, propose, take


def states(ticket: Ticket) -> dict[str, tuple[str, str]]:
    rows = InformationItem.objects.filter(ticket=ticket)
    return {one.item: (one.state, one.filled_by) for one in rows}


def answer(ticket: Ticket, item: str, state: str, because: str = WHY) -> Ticket:
    return casework.answer_information(
        ticket.pk, item=item, state=state, because=because, by=OFFICER, at=RECEIVED
    )


def test_the_facts_fill_what_they_show(walk: Walk) -> None:
    collecting = states(walk(State.COLLECTING, email=JEANNE))
    assert collecting["recipients"] == ("given", "system")
    assert collecting["copy"] == ("open", "")  # nothing is found yet
    reviewing = states(walk(State.REVIEWING, email=JEANNE))
    assert reviewing["copy"] == ("given", "system")
    assert reviewing["automated"] == ("open", "")  # there are such; of this person?


def test_what_the_person_wrote_into_the_form_is_on_the_list(walk: Walk) -> None:
    details = {"access": {"scope": "Who listened to my call of May?"}}
    ticket = walk(State.REVIEWING, email=JEANNE, details=details)
    asked = InformationItem.objects.get(ticket=ticket, item="asked-1")
    assert (asked.label, asked.state) == ("Who listened to my call of May?", "open")


def test_nothing_is_proposed_before_the_list_is_answered(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    casework.add_question(ticket.pk, question="Who is Mr X?", by=OFFICER, at=RECEIVED)
    with refused("Not answered yet: automated decisions; Who is Mr X"):
        casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=RECEIVED)
    inform(ticket.pk)
    answer(ticket, "recipients", "refused")
    with refused("Refused: recipients, by name. Propose “partially granted”"):
        casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=RECEIVED)
    answer(ticket, "recipients", "given")
    casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=RECEIVED)


@pytest.mark.parametrize(
    ("item", "state", "because", "sentence"),
    [
        ("automated", "not_applicable", "no", "What the person is told needs at least"),
        ("automated", "refused", "", "What the person is told needs at least"),
        ("recipients", "given", "yes", "What the person is told needs at least"),
        ("complaint", "not_applicable", WHY, "owed to everyone"),
        ("automated", "open", WHY, "given, not applicable or refused"),
        ("shoe_size", "given", WHY, "There is no item “shoe_size”; known are: purpos"),
    ],
)
def test_nothing_is_left_out_without_a_word(
    walk: Walk, item: str, state: str, because: str, sentence: str
) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    with refused(sentence):
        answer(ticket, item, state, because)


def test_only_a_handler_answers_and_only_before_the_proposal(walk: Walk) -> None:
    ticket = walk(State.PACKAGING, email=JEANNE)
    with refused("is not possible in this state"):
        answer(ticket, "automated", "given")
    with refused("takes the role of handler"):
        casework.add_question(ticket.pk, question="x", by=AUDITOR, at=RECEIVED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "refused", "because": ""},
        {"state": "open"},
        {"filled_by": ""},
        {"question": "Who?", "because": ""},
    ],
)
def test_the_database_refuses_what_no_verb_writes(
    walk: Walk, wrong: dict[str, Any]
) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    rows = InformationItem.objects.filter(ticket=ticket, item="recipients")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)


def test_an_officers_answer_outlives_a_new_search(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    answer(ticket, "recipients", "given")
    casework.search_again(ticket.pk, by=OFFICER, at=RECEIVED)
    assert Ticket.objects.get(pk=ticket.pk).state == State.COLLECTING
    casework.search_systems(at=RECEIVED)
    assert Ticket.objects.get(pk=ticket.pk).state == State.REVIEWING
    assert states(ticket)["recipients"] == ("given", "officer")


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_letter_says_what_was_decided_on_each_item(
    walk: Walk, language: str
) -> None:
    told = "No computer alone has taken a decision about you."
    ticket = walk(State.REVIEWING, email=JEANNE, language=language)
    casework.add_question(ticket.pk, question="Who is X?", by=OFFICER, at=RECEIVED)
    answer(ticket, "automated", "not_applicable", told)
    answer(ticket, "asked-1", "given", "X is our expert; she saw your file in May.")
    propose(ticket.pk)
    make_copy(ticket.pk)
    decide(ticket.pk)
    found = find_contents(
        compose(Letter.objects.get(ticket=ticket.pk, kind="reply")).html or ""
    )
    assert found["automated_decisions"].endswith(told)
    asked = found["questions"].replace(" ?", "?").replace(" ;", ";")  # as in French
    assert asked == "Who is X?X is our expert; she saw your file in May."
    assert found["recipients"]
    assert found["retention"]


def test_the_ledger_keeps_no_word_of_it(walk: Walk) -> None:
    ticket = walk(State.REVIEWING, email=JEANNE)
    answer(
        ticket, "automated", "given", "Her request of May was declined by a machine."
    )
    line = LedgerEntry.objects.get(event="information.answered")
    assert (line.facts["item"], line.facts["answer"]) == ("automated", "given")
    assert "declined" not in str(line.facts)


def test_take_is_enough_to_begin_the_list(walk: Walk) -> None:
    ticket = walk(State.TRIAGE, email=JEANNE)
    take(ticket.pk)
    assert len(states(ticket)) == 10
