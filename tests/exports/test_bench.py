"""The bench: a ratio to a bare program, and what it says of a wrong name."""

import io

import pytest
from django.core.management import call_command

from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.parse import parse
from exports.bench import intake
from exports.bench.measure import Measured, Timed, side_by_side
from exports.management.commands import bench

UNDER = Measured("intake", "mails", ours=49.0, reference=100.0, floor=0.5)


def test_its_mails_are_requests_of_their_own_in_four_languages() -> None:
    read = [parse(raw) for raw in intake.mails()[:4]]

    assert [classify(one).language for one in read] == ["en", "fr", "nl", "de"]
    assert {classify(one).rights for one in read} == {("access",)}
    assert len({one.sender.address for one in read}) == 4
    assert all(7_000 < one.size < 13_000 for one in read)


def test_both_do_the_same_inputs_in_turns() -> None:
    done: list[tuple[str, bytes]] = []

    rates = side_by_side(
        lambda all_: done.extend(("reference", one) for one in all_),
        lambda all_: done.extend(("ours", one) for one in all_),
        lambda: [b"1", b"2"],
    )

    assert [who for who, _one in done[-4:]] == ["reference"] * 2 + ["ours"] * 2
    assert min(rates) > 0


def test_a_ratio_under_its_floor_does_not_hold() -> None:
    assert not UNDER.holds
    assert "ratio 0.49, floor 0.50: is UNDER THE FLOOR" in bench._sentence(UNDER)
    assert '"holds": false' in bench._line(UNDER)


def test_a_median_over_its_limit_does_not_hold() -> None:
    slow = Timed("lock", "answers", 5.1, 1.2, 0.3, most_ms=5)

    said = bench._sentence(slow)

    assert "median 5.10 ms, 1.20 of them our own processor time" in said
    assert "limit 5 ms: is OVER THE LIMIT" in said
    assert '"holds": false' in bench._line(slow)


def test_an_unknown_bench_is_one_sentence() -> None:
    err = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("bench", "speed", stderr=err)

    assert ended.value.code == 2
    assert (
        err.getvalue()
        == "There is no bench 'speed'; there are: collect, erase, intake, "
        "processing, request\n"
    )
