"""Systems side by side, and a search that goes on where a killed one ended."""

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier

import pytest
from typing_extensions import override

from dsr.casework.collecting import Tolerant, collect_into
from subjects.systems.base import Question, Row, System
from subjects.systems.register import load_systems
from tests.dsr.conftest import JEANNE

ME = {"email": [JEANNE]}
WAIT = 20  # seconds, where something is broken


class Killed(BaseException):
    """What no code of ours handles."""


class Watched(Tolerant):
    """A system that notes what it is asked, and at one collection does something."""

    def __init__(self, system: System, asked: list[str]) -> None:
        super().__init__(system)
        self.asked = asked
        self.dies_at = ""
        self.meets: Barrier | None = None

    @override
    def find(self, question: Question) -> Iterator[Row]:
        """Note it, then do what is to be done."""
        self.asked.append(str(question.address))
        if str(question.address) == self.dies_at:
            raise Killed
        # Everything leads on from the customer's own record.
        if self.meets and question.address.collection != "customers":
            self.meets.wait(WAIT)
            self.meets = None
        return super().find(question)


@pytest.fixture
def watched(company: Path) -> list[Watched]:
    asked: list[str] = []
    listed = load_systems(company / "systems.toml")
    return [Watched(system, asked) for system in listed]


def findings(folder: Path, systems: list[Watched]) -> dict[str, bytes]:
    return {one.key: (folder / one.key).read_bytes() for one in systems}


def test_systems_are_searched_at_the_same_time(
    watched: list[Watched], tmp_path: Path
) -> None:
    meets = Barrier(2)
    for system in watched[:2]:
        system.meets = meets  # each waits until the other is asked too

    counts = collect_into(tmp_path, watched, ME)

    assert counts["crm"].total() > 10
    assert counts["claims"].total() > 10
    assert not meets.broken


def test_what_a_killed_search_had_read_is_not_asked_for_again(
    watched: list[Watched], tmp_path: Path
) -> None:
    whole, broken, other = (tmp_path / name for name in ("whole", "broken", "other"))
    for folder in (whole, broken, other):
        folder.mkdir()
    expected = collect_into(whole, watched, ME)
    asked = watched[0].asked
    every = set(asked)
    asked.clear()
    for system in watched:
        system.dies_at = "claims:claims"
    with pytest.raises(Killed):
        collect_into(broken, watched, ME)
    before = set(asked) - {"claims:claims"}
    asked.clear()
    for system in watched:
        system.dies_at = ""

    assert collect_into(broken, watched, ME) == expected
    assert before
    assert set(asked) == every - before
    assert findings(broken, watched) == findings(whole, watched)


def test_what_was_found_for_others_or_half_is_not_used(
    watched: list[Watched], tmp_path: Path
) -> None:
    asked = watched[0].asked
    collect_into(tmp_path, watched, {"email": ["luc.janssens@demo.example"]})
    asked.clear()
    expected = collect_into(tmp_path, watched, ME)
    everything = sorted(asked)
    content = findings(tmp_path, watched)
    longest = max(tmp_path.glob("*.part"), key=lambda path: path.stat().st_size)
    longest.write_bytes(longest.read_bytes()[:-20])
    asked.clear()

    assert collect_into(tmp_path, watched, ME) == expected
    assert len(asked) == 1
    assert set(asked) < set(everything)
    assert findings(tmp_path, watched) == content
