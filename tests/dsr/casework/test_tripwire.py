"""The tripwire: a message after an objection is an incident; before it, it is none."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from dsr import casework
from dsr.casework.tripwire import settle_incident
from dsr.models import Incident, LedgerEntry
from dsr.vocabulary import Channel
from subjects.models import suppress
from tests.dsr.conftest import (
    AUDITOR,
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    refused,
)

Capsys = pytest.CaptureFixture[str]


def log(folder: Path, *rows: str, header: str = "address,sent_at") -> Path:
    path = folder / "sent.csv"
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def check(path: Path, capsys: Capsys, *more: str) -> tuple[int, dict[str, int]]:
    code: int | str | None = 0
    try:
        call_command("check_sendings", str(path), *more)
    except SystemExit as ended:
        code = ended.code
    assert isinstance(code, int)
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else {
        "complaints": said.err.count("\n")
    }


@pytest.fixture
def objected(open_case: Open) -> str:
    """Have Jeanne object to advertising by a letter that is typed in two days later."""
    case = open_case(
        "marketing_opt_out",
        email=JEANNE,
        channel=Channel.POST,
        at=RECEIVED + 2 * DAY,
    )
    return case.reference


def at(moment: datetime) -> str:
    return moment.isoformat()


def test_each_message_after_the_objection_is_an_incident_once(
    objected: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = log(
        tmp_path,
        f"{JEANNE},{at(RECEIVED - DAY)}",
        f"{JEANNE.upper()},{at(RECEIVED + DAY)}",  # not listed yet, but objected
        f"luc@demo.example,{at(RECEIVED + DAY)}",
        f"{JEANNE},{at(RECEIVED + 9 * DAY)}",
    )

    assert check(path, capsys) == (1, {"messages": 4, "incidents": 2, "new": 2})
    assert check(path, capsys) == (1, {"messages": 4, "incidents": 2, "new": 0})

    found = Incident.objects.order_by("sent_at")
    assert [one.line for one in found] == [3, 5]
    assert {one.objected_at for one in found} == {RECEIVED}
    assert {one.source for one in found} == {"sent.csv"}
    lines = LedgerEntry.objects.filter(event="incident.raised", reference=objected)
    assert [line.facts["incident"] for line in lines] == [one.pk for one in found]
    assert JEANNE not in str([line.facts for line in lines])


def test_a_telephone_log_is_compared_with_telephone_numbers(
    db: None, tmp_path: Path, capsys: Capsys
) -> None:
    number = "+32 470 12 34 56"
    suppress("phone_number", number, channel="phone", reference="a list", at=RECEIVED)
    path = log(tmp_path, "0032470123456;2026-12-01 10:00;x", header="Nr;When;Campaign")
    names = ("--address", "Nr", "--sent-at", "When", "--kind", "phone_number")

    assert check(path, capsys, *names) == (1, {"messages": 1, "incidents": 1, "new": 1})
    assert Incident.objects.get().channel == "phone"
    assert Incident.objects.get().sent_at == datetime.fromisoformat(
        "2026-12-01T10:00:00+01:00"
    )


def test_a_log_without_a_wrong_message_exits_with_0(
    objected: str, tmp_path: Path, capsys: Capsys
) -> None:
    path = log(tmp_path, f"{JEANNE},{at(RECEIVED)}", "")

    assert check(path, capsys) == (0, {"messages": 1, "incidents": 0, "new": 0})


def test_a_bad_row_is_named_and_then_nothing_is_raised(
    objected: str, tmp_path: Path
) -> None:
    later = at(RECEIVED + DAY)
    path = log(tmp_path, f"{JEANNE},{later}", f"{JEANNE},soon", f",{later}", "x,y,z")

    with pytest.raises(SystemExit) as ended:
        call_command("check_sendings", str(path))

    assert ended.value.code == 2
    assert not Incident.objects.exists()


def test_what_is_no_log_is_one_sentence(tmp_path: Path, db: None) -> None:
    path = log(tmp_path, header="to,when")
    with pytest.raises(CommandError, match="no columns address and sent_at"):
        call_command("check_sendings", str(path))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_sendings", str(tmp_path / "none.csv"))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="is not UTF-8 text"):
        call_command("check_sendings", str(path))


def test_an_incident_is_open_until_it_is_said_what_was_done(
    objected: str, tmp_path: Path, capsys: Capsys
) -> None:
    check(log(tmp_path, f"{JEANNE},{at(RECEIVED + DAY)}"), capsys)
    incident = Incident.objects.get()
    with refused("role of handler"):
        settle_incident(incident.pk, done=WHY, by=AUDITOR, at=RECEIVED + 3 * DAY)
    settle_incident(incident.pk, done=WHY, by=OFFICER, at=RECEIVED + 3 * DAY)
    with refused("settled already"):
        settle_incident(incident.pk, done=WHY, by=OFFICER, at=RECEIVED + 3 * DAY)
    assert LedgerEntry.objects.filter(event="incident.settled").count() == 1
    casework.delete_expired(at=RECEIVED + 1900 * DAY)
    assert not Incident.objects.exists()
