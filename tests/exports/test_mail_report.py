"""What the reader proposed against what officers made of it, month by month."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from dsr.models import Arrival, ArrivalResult, LabelledExample

pytestmark = pytest.mark.django_db
SETTLED = [
    # settled on          proposed                     settled
    ((2026, 3, 31, 21), ("review", ["access"]), ("new_request", ["access"])),
    ((2026, 3, 31, 22), ("review", ["access"]), ("not_a_request", [])),
    ((2026, 4, 2, 9), ("new_request", ["access"]), ("new_request", ["access"])),
    (
        (2026, 4, 3, 9),
        ("new_request", ["access"]),
        ("new_request", ["access", "erasure"]),
    ),
]


@pytest.fixture
def _settled() -> None:
    """Keep the labels of four mails, two of them on the edge of a local month."""
    for number, (at, proposed, settled) in enumerate(SETTLED):
        instant = datetime(*at, tzinfo=UTC)
        arrival = Arrival.objects.create(
            sha256=f"{number}" * 64, received_at=instant, result=ArrivalResult.TRAY
        )
        LabelledExample.objects.create(
            arrival=arrival,
            proposed={"kind": proposed[0], "rights": proposed[1]},
            settled={"kind": settled[0], "rights": settled[1]},
            settled_at=instant,
            settled_by="officer",
        )


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("mail_report", *words, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("_settled")
def test_the_tables_of_each_month_and_the_rights() -> None:
    report = json.loads(said("--json"))
    march, april = report["months"]
    assert (march["month"], march["kinds"]) == (
        "2026-03",
        {"review": {"new_request": 1}},
    )
    assert april["rights"] == {
        "access": {"-": 1, "access": 1, "access+erasure": 1},
    }
    assert (april["settled"], april["unsure"], april["kind_as_proposed"]) == (3, 1, 2)
    assert report["total"]["by_right"]["access"] == {
        "proposed": 4,
        "settled": 3,
        "both": 3,
        "precision": 0.75,
        "recall": 1.0,
    }
    assert report["total"]["by_right"]["erasure"]["recall"] == 0
    assert report["total"]["by_right"]["objection"]["precision"] is None


@pytest.mark.usefixtures("_settled")
def test_the_same_in_a_terminal() -> None:
    text = said("--from", "2026-04-01", "--to", "2026-04-02")
    assert "2026-04: 2 settled, 1 of them unsure; of the others kind as" in text
    assert "proposed 100.0%; rights exactly as proposed 50.0%" in text
    rows = [line.split() for line in text.splitlines()]
    assert [
        "kind:",
        "proposed",
        "\\",
        "settled",
        "new_request",
        "not_a_request",
    ] in rows
    assert ["review", ".", "1"] in rows
    assert ["access", "2", "1", "1", "50.0%", "100.0%"] in rows
    assert "None." in said("--to", "2026-03-01")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--from", "March"), "the first day is 'March'; give a day like 2026-01-31"),
        (("--from", "2026-05-01", "--to", "2026-04-01"), "exchange them"),
        (("--to", "9999-12-31"), "out of range"),
    ],
)
def test_what_is_no_period_is_refused_in_one_line(
    words: tuple[str, ...], why: str
) -> None:
    with pytest.raises(CommandError, match=why) as refusal:
        said(*words)
    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
