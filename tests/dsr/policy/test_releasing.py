"""What of a record the person gets, when several items concern it."""

from typing import Any

import pytest

from dsr.models import SearchTask, Withholding
from dsr.models.search import EVERY_ROW
from dsr.policy.releasing import Kind, Release
from subjects.others.passages import BLACK

RECORD = {
    "id": 7,
    "name": "Ann Example",
    "note": "Bob Other called for Ann",
    "address": {"street": "Rue Haute 1", "shared_with": "Bob Other"},
    "calls": [{"who": "Bob Other", "at": "9h"}, {"who": "Ann", "at": "10h"}],
    "diagnosis": "Bob Other has the flu",
    "fax": None,
}


def item(field: str = "", row: int = 1, **given: Any) -> Withholding:
    said = {"collection": "crm:notes", "ground": "others_rights"} | given
    return Withholding(field=field, row=row, **said)


def release(*items: Withholding) -> Release:
    health = {"crm:notes": {"fields": ["diagnosis"], "records": 1, "whole": False}}
    return Release(SearchTask(system="crm", health=health), items)


def released(*items: Withholding, row: int = 1) -> dict[str, Any] | None:
    found = {"collection": "crm:notes", "row": row, "record": RECORD}
    return release(*items).released(found)


def told(*items: Withholding) -> list[tuple[str, bool]]:
    found = {"collection": "crm:notes", "row": 1, "record": RECORD}
    kinds: list[Kind] = list(release(*items).told(found))
    return [(kind.field, kind.in_part) for kind in kinds]


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in RECORD.items() if name not in names}


BLACKED = {**RECORD, "note": f"{BLACK} called for Ann"}
SILENT: dict[str, Any] = {"ground": "silent_exclusion"}
BOB: dict[str, Any] = {"where_text": "bob other", "row": EVERY_ROW}

CASES: list[tuple[str, list[Withholding], Any, list[tuple[str, bool]]]] = [
    ("nothing", [], RECORD, []),
    ("another row", [item(row=2)], RECORD, []),
    ("another table", [item(collection="crm:calls")], RECORD, []),
    ("the record", [item()], None, [("", False)]),
    ("a column", [item("note", EVERY_ROW)], without("note"), [("note", False)]),
    ("an empty column tells nothing", [item("fax", EVERY_ROW)], without("fax"), []),
    ("a column it has not", [item("shoe", EVERY_ROW)], RECORD, []),
    ("a rule", [item(**BOB)], None, [("", False)]),
    ("a rule of a field", [item("name", **BOB)], without("name"), [("name", False)]),
    ("a rule in a field", [item(**BOB, where_field="note")], None, [("", False)]),
    ("a rule in another", [item(**BOB, where_field="name")], RECORD, []),
    ("a rule in none", [item(**BOB, where_field="shoe")], RECORD, []),
    (
        "an envelope is not searched",
        [item(row=EVERY_ROW, where_text="the flu")],
        RECORD,
        [],
    ),
    ("passages", [item("note", passages=["Bob Other"])], BLACKED, [("note", True)]),
    (
        "passages of two",
        [
            item("note", passages=["Bob Other"]),
            item("note", EVERY_ROW, passages=["Ann"]),
        ],
        {**RECORD, "note": f"{BLACK} called for {BLACK}"},
        [("note", True)],
    ),
    ("passages elsewhere", [item("name", EVERY_ROW, passages=["Bob"])], RECORD, []),
    (
        "whole before passages",
        [item("note", passages=["Bob Other"]), item("note", EVERY_ROW)],
        without("note"),
        [("note", False)],
    ),
    ("silent", [item("note", **SILENT)], {**RECORD, "note": None}, []),
    ("a silent column", [item("note", EVERY_ROW, **SILENT)], without("note"), []),
    (
        "silent before all",
        [item("note", EVERY_ROW), item("note", **SILENT)],
        {**RECORD, "note": None},
        [],
    ),
    ("a silent record is in no count", [item(**SILENT), item("note")], None, []),
    (
        "inside an object",
        [item("address.shared_with")],
        {**RECORD, "address": {"street": "Rue Haute 1"}},
        [("address.shared_with", False)],
    ),
    (
        "inside a list",
        [item("calls.who")],
        {**RECORD, "calls": [{"at": "9h"}, {"at": "10h"}]},
        [("calls.who", False)],
    ),
    (
        "told once",
        [item("address"), item("address.shared_with")],
        without("address"),
        [("address", False)],
    ),
]


@pytest.mark.parametrize(
    ("items", "left", "said"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_what_the_person_gets_and_is_told(
    items: list[Withholding], left: Any, said: list[tuple[str, bool]]
) -> None:
    assert released(*items) == left
    assert told(*items) == said
