"""The ledger cannot be changed; who gets round the triggers is found, line by line."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from dsr.models import DESK, Case, LedgerEntry, LedgerHead, find_faults
from dsr.vocabulary import Event
from tests.dsr.conftest import RECEIVED, Open

CHAIN = "DSR-2026-000001-XX"


def sql(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def chain(db: None) -> str:
    """Write a chain of five lines, and one next to it."""
    for number in range(1, 6):
        LedgerEntry.objects.append(
            CHAIN,
            Event.CASE_OPENED,
            by="officer",
            at=RECEIVED + timedelta(minutes=number, microseconds=number),
            ticket=number,
            rights=["accès", "erasure"],
            size=None,
        )
    LedgerEntry.objects.append(DESK, Event.REPORT_MADE, by="auditor", at=RECEIVED)
    return CHAIN


@pytest.fixture
def unguarded(chain: str) -> str:
    """Drop the triggers, as somebody with the database's password could."""
    if connection.vendor == "postgresql":
        sql("DROP TRIGGER ledger_is_append_only ON dsr_ledgerentry")
    else:
        sql("DROP TRIGGER ledger_no_update")
        sql("DROP TRIGGER ledger_no_delete")
    return chain


def test_a_whole_chain_has_no_fault(chain: str) -> None:
    assert list(find_faults()) == list(find_faults(chain)) == []


def test_each_line_is_bound_to_the_one_before(chain: str) -> None:
    lines = list(LedgerEntry.objects.filter(reference=chain))
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.previous for line in lines] == [
        "",
        *(line.digest for line in lines[:-1]),
    ]
    assert LedgerHead.objects.get(pk=chain).digest == lines[-1].digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dsr_ledgerentry SET facts = facts",
        "UPDATE dsr_ledgerentry SET digest = 'x' WHERE number = 2",
        "DELETE FROM dsr_ledgerentry WHERE number = 5",
        "DELETE FROM dsr_ledgerentry",
    ],
)
def test_the_database_refuses_to_change_a_line(chain: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(statement)
    assert LedgerEntry.objects.filter(reference=chain).count() == 5


def test_the_application_refuses_to_change_a_line(chain: str) -> None:
    line = LedgerEntry.objects.get(reference=chain, number=2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line.delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        line.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        LedgerEntry.objects.filter(pk=line.pk).update(by="x")


@pytest.mark.parametrize(
    ("edit", "value"),
    [
        ("UPDATE dsr_ledgerentry SET event = %s", "case.code_sent"),
        ('UPDATE dsr_ledgerentry SET "by" = %s', "somebody"),
        ('UPDATE dsr_ledgerentry SET "by" = %s', "officer "),
        ("UPDATE dsr_ledgerentry SET at = %s", "2026-03-05 10:03:00.000004+00:00"),
        (
            "UPDATE dsr_ledgerentry SET facts = %s",
            '{"ticket": 3, "rights": ["erasure"], "size": null}',
        ),
        (
            "UPDATE dsr_ledgerentry SET facts = %s",
            '{"ticket": 3, "rights": ["erasure", "accès"], "size": null}',
        ),
        (
            "UPDATE dsr_ledgerentry SET facts = %s",
            '{"ticket": 3.0, "rights": ["accès", "erasure"], "size": null}',
        ),
        (
            "UPDATE dsr_ledgerentry SET facts = %s",
            '{"ticket": 3, "rights": ["accès", "erasure"], "size": false}',
        ),
        (
            "UPDATE dsr_ledgerentry SET facts = %s",
            '{"ticket": 3, "rights": ["accès", "erasure"]}',
        ),
        ("UPDATE dsr_ledgerentry SET facts = %s", "{}"),
        ("UPDATE dsr_ledgerentry SET facts = %s", "[]"),
        ("UPDATE dsr_ledgerentry SET digest = %s", "0" * 64),
    ],
)
def test_an_edit_of_any_column_is_found(unguarded: str, edit: str, value: str) -> None:
    sql(edit + " WHERE number = 3", value)
    assert list(find_faults()) == [
        f"{CHAIN}: line 3 was changed: its digest does not fit its contents"
    ]


def test_an_edit_that_means_the_same_is_no_fault(unguarded: str) -> None:
    line = LedgerEntry.objects.get(reference=CHAIN, number=3)
    same = json.dumps(line.facts, indent=4)
    sql("UPDATE dsr_ledgerentry SET facts = %s WHERE number = 3", same)
    assert list(find_faults()) == []


COPY_OF_LINE_3 = """
INSERT INTO dsr_ledgerentry
    (reference, number, event, "by", at, facts, previous, digest)
SELECT reference, 4, event, "by", at, facts, previous, digest
FROM dsr_ledgerentry WHERE number = 3
"""
FOUND = [
    (
        ["UPDATE dsr_ledgerentry SET previous = '' WHERE number = 3"],
        "line 3 does not follow from the line before it",
    ),
    (["UPDATE dsr_ledgerentry SET number = 9 WHERE number = 3"], "line 3 is missing"),
    (
        ["UPDATE dsr_ledgerentry SET reference = 'OTHER' WHERE number = 5"],
        "line 5 is missing",
    ),
    (
        ["DELETE FROM dsr_ledgerentry WHERE number = 1 AND reference <> 'DESK'"],
        "line 1 is",
    ),
    (["DELETE FROM dsr_ledgerentry WHERE number = 3"], "line 3 is missing"),
    (["DELETE FROM dsr_ledgerentry WHERE number = 5"], "line 5 is missing"),
    (["DELETE FROM dsr_ledgerentry WHERE number >= 4"], "line 4 is missing"),
    (
        ["DELETE FROM dsr_ledgerentry WHERE reference <> 'DESK'"],
        "line 1 is missing: the whole chain is gone",
    ),
    (
        [
            "UPDATE dsr_ledgerentry SET number = 99 WHERE number = 2",
            "UPDATE dsr_ledgerentry SET number = 2 WHERE number = 3",
            "UPDATE dsr_ledgerentry SET number = 3 WHERE number = 99",
        ],
        "line 2 does not follow from the line before it",
    ),
    (
        [
            "UPDATE dsr_ledgerentry SET number = 6 WHERE number = 5",
            "UPDATE dsr_ledgerentry SET number = 5 WHERE number = 4",
            COPY_OF_LINE_3,
        ],
        "line 4 does not follow from the line before it",
    ),
    (
        ["UPDATE dsr_ledgerhead SET number = 4 WHERE reference <> 'DESK'"],
        "line 5 was added behind the recorded end",
    ),
    (
        ["UPDATE dsr_ledgerhead SET digest = '' WHERE reference <> 'DESK'"],
        "line 5 was changed: its digest is not the recorded one",
    ),
    (
        ["DELETE FROM dsr_ledgerhead WHERE reference <> 'DESK'"],
        "line 5 is the last, but the record of the chain's end is gone",
    ),
]


@pytest.mark.parametrize(("statements", "fault"), FOUND, ids=[one[1] for one in FOUND])
def test_a_broken_chain_is_named_with_its_line(
    unguarded: str, statements: list[str], fault: str
) -> None:
    for statement in statements:
        sql(statement)
    assert next(find_faults()).startswith(f"{CHAIN}: {fault}")
    assert next(find_faults(CHAIN)).startswith(f"{CHAIN}: {fault}")
    assert list(find_faults(DESK)) == []


def rehash(number: int) -> None:
    """Edit a line and give it the digest that fits, as a careful forger would."""
    line = LedgerEntry.objects.get(reference=CHAIN, number=number)
    line.by = "forger"
    line.digest = line.compute_digest()
    line.save()


def test_a_line_edited_with_its_digest_breaks_the_next(unguarded: str) -> None:
    rehash(2)
    assert list(find_faults()) == [
        f"{CHAIN}: line 3 does not follow from the line before it"
    ]


def test_the_last_line_edited_with_its_digest_is_found_by_the_head(
    unguarded: str,
) -> None:
    rehash(5)
    assert list(find_faults()) == [
        f"{CHAIN}: line 5 was changed: its digest is not the recorded one"
    ]


def test_a_case_whose_chain_and_head_are_gone_is_found(
    open_case: Open, unguarded: str
) -> None:
    reference = open_case().reference
    sql("DELETE FROM dsr_ledgerentry WHERE reference = %s", reference)
    LedgerHead.objects.filter(pk=reference).delete()
    fault = [f"{reference}: line 1 is missing: the whole chain is gone"]
    assert list(find_faults()) == list(find_faults(reference)) == fault
    assert Case.objects.filter(reference=reference).exists()


def test_only_the_broken_chain_is_named(unguarded: str) -> None:
    sql("DELETE FROM dsr_ledgerentry WHERE reference = %s AND number = 2", CHAIN)
    assert [fault.partition(":")[0] for fault in find_faults()] == [CHAIN]


@pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="only SQLite stores any text as a date"
)
@pytest.mark.parametrize("value", ["yesterday", "", "2026-13-45 00:00:00"])
def test_an_instant_that_is_none_is_found(unguarded: str, value: str) -> None:
    sql("UPDATE dsr_ledgerentry SET at = %s WHERE number = 3", value)
    assert list(find_faults()) == [
        f"{CHAIN}: line 3 was changed: its digest does not fit its contents"
    ]


def _append_and_fail(chain: str) -> None:
    LedgerEntry.objects.append(chain, Event.CASE_OPENED, by="x", at=RECEIVED)
    raise RuntimeError


def test_a_line_rolled_back_leaves_the_chain_whole(chain: str) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        _append_and_fail(chain)
    LedgerEntry.objects.append(chain, Event.CASE_OPENED, by="x", at=RECEIVED)
    assert list(find_faults()) == []
    assert LedgerEntry.objects.filter(reference=chain).count() == 6


def test_a_chain_begun_in_one_go_is_like_any_other(chain: str) -> None:
    new = "DSR-2026-000002-XX"
    with LedgerEntry.objects.beginning(new):
        for number in (1, 2):
            LedgerEntry.objects.append(
                new, Event.CASE_OPENED, by="officer", at=RECEIVED, ticket=number
            )
        LedgerEntry.objects.append(chain, Event.CASE_OPENED, by="x", at=RECEIVED)
    LedgerEntry.objects.append(new, Event.CASE_OPENED, by="officer", at=RECEIVED)

    lines = list(LedgerEntry.objects.filter(reference=new))

    assert [line.number for line in lines] == [1, 2, 3]
    assert [line.facts.get("ticket") for line in lines] == [1, 2, None]
    assert list(find_faults()) == []


def test_of_a_chain_whose_beginning_fails_nothing_is_written(db: None) -> None:
    def begin_and_fail() -> None:
        with LedgerEntry.objects.beginning(CHAIN):
            LedgerEntry.objects.append(CHAIN, Event.CASE_OPENED, by="x", at=RECEIVED)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        begin_and_fail()

    assert not LedgerHead.objects.exists()
    assert not LedgerEntry.objects.exists()
