"""Which fields a person provided: mapped before anything is proposed. Art. 20(1)."""

import pytest

from dsr import casework
from dsr.models import LedgerEntry, ProvenanceMap
from dsr.vocabulary import LeftBehind, State
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, Walk, refused


def test_every_field_found_is_mapped(walk: Walk) -> None:
    ticket = walk(State.FILTERING, "portability", email=JEANNE)
    drawn = ProvenanceMap.objects.get(ticket=ticket)
    assert "crm:customers.email" in drawn.taken
    reasons = {one["left"] for one in drawn.fields}
    assert reasons <= {"", *LeftBehind.values}
    assert len(reasons) > 1  # something is left behind
    line = LedgerEntry.objects.get(event="portability.origins_drawn")
    assert line.facts["taken"] == len(drawn.taken)
    assert line.facts["taken"] + line.facts["left"] == len(drawn.fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (None, "It is not known which fields the person provided"),
        (
            [{"collection": "crm:scores", "field": "risk", "left": "derived"}],
            "Nothing that was found was provided by the person",
        ),
    ],
)
def test_without_anything_provided_nothing_is_taken_along(
    walk: Walk, fields: list[dict[str, str]] | None, sentence: str
) -> None:
    ticket = walk(State.FILTERING, "portability", email=JEANNE)
    drawn = ProvenanceMap.objects.filter(ticket=ticket)
    if fields is None:
        drawn.delete()
    else:
        drawn.update(fields=fields)
    with refused(sentence):
        casework.propose(ticket.pk, outcome="granted", by=OFFICER, at=RECEIVED)
