"""The plan of an erasure as a ticket decided it, and as the command shows it."""

import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from dsr import casework
from dsr.models import ErasureItem
from subjects.systems.register import load_systems
from tests.dsr.conftest import DPO, JEANNE, RECEIVED, Open, take, verify

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def arguments(company: Path) -> list[str]:
    return [
        "--dataset", str(company / "crm.yml"), str(company / "claims.yml"),
        "--url", f"crm=sqlite:///{company}/crm.sqlite3",
        f"claims=sqlite:///{company}/claims.sqlite3",
    ]  # fmt: skip


def test_the_command_shows_every_fate_with_ground_and_day(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(NOW):
        call_command("erase_plan", *arguments(company), f"--identity=email={JEANNE}")

    found = json.loads(capsys.readouterr().out)
    fates = Counter(one["fate"] for records in found.values() for one in records)
    assert set(fates) == {"erase", "mask", "keep", "shared"}
    assert found["crm:customers"] == [
        {
            "key": {"customer_number": "K-100001"},
            "fate": "mask",
            "fields": {"segment": "random", "loyalty_score": "null_rewrite"},
            "ground": "legal_claims",
            "basis": "GDPR Art. 17(3)(e)",
            "rule": "client",
            "until": None,
        }
    ]
    payment = found["claims:payments"][0]
    assert payment.pop("until").endswith("-12-31")
    assert payment == {
        "key": {"id": 1},
        "fate": "keep",
        "ground": "legal_obligation",
        "basis": "VAT Code Art. 60",
        "rule": "accounting",
    }
    assert [one["fate"] for one in found["crm:addresses"]] == ["shared"]


def test_an_unknown_person_is_an_empty_plan_and_bad_input_one_line(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("erase_plan", *arguments(company), "--identity=email=no@x.example")
    assert json.loads(capsys.readouterr().out) == {}

    with pytest.raises(CommandError, match=r"--identity is not KEY=VALUE") as refused:
        call_command("erase_plan", *arguments(company), "--identity=email")
    assert refused.value.returncode == 2


def test_a_tickets_verdicts_decide_before_the_rules(
    company: Path, open_case: Open
) -> None:
    ticket = verify(open_case("erasure", email=JEANNE)).tickets.get()
    take(ticket.pk)
    verdicts = {"correspondence": "erase", "preferences": "erase", "claims": "retain"}
    for category, verdict in verdicts.items():
        kept = {"exception": "legal_claims", "keep_until": date(2040, 1, 1)}
        ErasureItem.objects.create(
            ticket=ticket,
            category=category,
            ground="no_longer_necessary",
            noted_at=RECEIVED,
            noted_by=DPO.name,
            verdict=verdict,
            judged_at=RECEIVED,
            judged_by=DPO.name,
            **(kept if verdict == "retain" else {}),
        )
    systems = load_systems(company / "systems.toml")
    planned = casework.erasure_plan_of(
        ticket, systems, today=date(2026, 11, 23), key=b"secret"
    )

    why = {
        (fate.address.collection, fate.kind.value): fate.reason
        for fate in planned.fates
    }
    assert ("call_notes", "erase") in why
    claims = why["claims", "keep"]
    assert claims is not None
    assert (claims.ground, claims.until) == ("legal_claims", date(2040, 1, 1))
    policies = why["policies", "keep"]
    assert policies is not None
    assert policies.ground == "not_ordered"
    assert set(planned.changes) == {"crm", "claims"}
