"""What is kept out of the copy: a field or a record, until the decision."""

from typing import Any

import pytest

from dsr import casework
from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import State
from tests.dsr.casework.conftest import crm, found, states
from tests.dsr.conftest import (
    COLLEAGUE,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    events,
    refused,
)
from tests.dsr.steps import inform


def hide(proven: Ticket, **given: Any) -> None:
    item: dict[str, Any] = {
        "collection": "crm:customers",
        "row": 1,
        "field": "",
        "ground": "others_rights",
        "note": WHY,
    }
    casework.withhold(crm(proven).pk, **(item | given), by=OFFICER, at=RECEIVED)


def test_what_is_withheld_is_not_released(proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    customer = next(casework.read_findings(crm(proven)))["record"]
    assert JEANNE in found(proven)
    hide(proven, field="email")
    released = list(casework.released_findings(crm(proven)))
    here = next(one for one in released if one["collection"] == "crm:customers")
    assert "email" not in here["record"]
    assert {**here["record"], "email": customer["email"]} == customer
    hide(proven, collection="crm:policies", row=2)
    rows = [
        one["row"]
        for one in casework.released_findings(crm(proven))
        if one["collection"] == "crm:policies"
    ]
    assert rows == [1, 3]
    assert events(proven.case).count("search.item_withheld") == 2


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"row": 99}, "no such record"),
        ({"collection": "crm:nowhere"}, "no such record"),
        ({"field": "shoe_size"}, "no field “shoe_size”"),
        ({"ground": "effort"}, "Nothing may be withheld on “effort”"),
        ({"ground": "not_identified"}, "Nothing may be withheld on"),
    ],
)
def test_what_cannot_be_withheld_is_refused(
    proven: Ticket, given: dict[str, Any], sentence: str
) -> None:
    casework.search_systems(at=RECEIVED)
    with refused(sentence):
        hide(proven, **given)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"note": "her brother"}, "The balancing needs at least 30 characters"),
        ({"ground": "legal_restriction"}, "Name the article of the national law"),
        ({"ground": "silent_exclusion", "note": " "}, "Say for the file which law"),
        ({"ground": "excessive_abuse"}, "Nothing may be withheld on “excessive_abuse”"),
    ],
)
def test_what_is_withheld_is_weighed_first(
    proven: Ticket, given: dict[str, Any], sentence: str
) -> None:
    casework.search_systems(at=RECEIVED)
    with refused(sentence):
        hide(proven, **given)


def propose(ticket: Ticket, outcome: str, *grounds: str) -> Ticket:
    inform(ticket.pk)
    reasons = WHY if outcome == "partial" else ""
    return casework.propose(
        ticket.pk,
        outcome=outcome,
        grounds=grounds,
        reasons=reasons,
        by=OFFICER,
        at=RECEIVED,
    )


def test_a_copy_with_something_withheld_is_a_partial_answer(proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    hide(proven, field="email")
    hide(proven, field="phone", ground="legal_restriction", law="Art. 65")
    with refused("Something is withheld: propose"):
        propose(proven, "granted")
    with refused("on a ground you did not choose: A law restricts this right"):
        propose(proven, "partial", "others_rights")
    propose(proven, "partial", "others_rights", "legal_restriction")
    with refused("what is withheld is settled in the review"):
        casework.release(
            crm(proven).withheld.filter(field="email").get().pk, by=OFFICER, at=RECEIVED
        )
    with refused("what is withheld is settled in the review"):
        hide(proven, field="email")


@pytest.mark.parametrize("ground", ["others_rights", "trade_secret"])
def test_a_partial_answer_withholds_what_it_says(proven: Ticket, ground: str) -> None:
    casework.search_systems(at=RECEIVED)
    hide(proven, field="phone", ground="legal_restriction", law="Art. 65")
    with refused("Nothing is withheld on this ground"):
        propose(proven, "partial", ground, "legal_restriction")
    hide(proven, field="email", ground=ground)
    propose(proven, "partial", ground, "legal_restriction")


def test_a_refused_information_is_something_withheld(proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    said = {"item": "automated", "state": "refused", "because": WHY}
    casework.answer_information(proven.pk, **said, by=OFFICER, at=RECEIVED)
    propose(proven, "partial", "trade_secret")


def test_what_may_not_be_mentioned_leaves_the_answer_whole(proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    before = next(casework.read_findings(crm(proven)))["record"]
    hide(proven, field="email", ground="silent_exclusion", note="Art. 12")
    after = next(casework.released_findings(crm(proven)))["record"]
    assert after == {**before, "email": None}  # no gap shows that something is missing
    assert propose(proven, "granted").state == State.PACKAGING


def test_where_all_is_silent_there_are_no_data(proven: Ticket) -> None:
    casework.search_systems(at=RECEIVED)
    for task in proven.searches.all():
        for one in list(casework.read_findings(task)):
            casework.withhold(
                task.pk,
                collection=one["collection"],
                row=one["row"],
                field="",
                ground="silent_exclusion",
                note="Art. 14",
                by=OFFICER,
                at=RECEIVED,
            )
    with refused("Nothing was found; propose “no data found”"):
        propose(proven, "granted")
    assert propose(proven, "no_data").state == State.DECISION_PENDING


def test_a_new_search_with_the_same_result_keeps_what_is_withheld(
    proven: Ticket,
) -> None:
    casework.search_systems(at=RECEIVED)
    hide(proven, field="email")
    casework.search_again(proven.pk, by=COLLEAGUE, at=RECEIVED)
    assert states(proven) == {"claims": "waiting", "crm": "waiting"}
    casework.search_systems(at=RECEIVED)
    assert crm(proven).withheld.count() == 1


def test_a_new_search_with_another_result_forgets_it_and_says_so(
    proven: Ticket,
) -> None:
    casework.search_systems(at=RECEIVED)
    hide(proven, field="email")
    case = proven.case
    casework.add_identifier(
        case.pk, kind="customer_number", value="K-100005", by=OFFICER, at=RECEIVED
    )
    marc = case.subject.identifiers.get(kind="customer_number")
    casework.establish_identity(
        proven.pk, method="call", identifiers=[marc.pk], by=OFFICER, at=RECEIVED
    )
    casework.search_systems(at=RECEIVED)
    assert crm(proven).withheld.count() == 0
    lines = LedgerEntry.objects.filter(event="search.done").order_by("number")
    assert [line.facts.get("no_longer_withheld") for line in lines][-1] is not None
