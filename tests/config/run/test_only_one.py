"""One launcher a folder."""

import os
from pathlib import Path

import pytest

from config.run.only_one import AlreadyRunningError, hold, holder


def test_a_second_launcher_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    with hold(tmp_path / "lock"):
        with pytest.raises(AlreadyRunningError, match=f"process {os.getpid()}"):
            hold(tmp_path / "lock")

        assert holder(tmp_path / "lock") == os.getpid()


def test_a_lock_left_by_a_dead_launcher_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("99999\n", encoding="ascii")

    assert holder(tmp_path / "lock") is None
    with hold(tmp_path / "lock"):
        assert holder(tmp_path / "lock") == os.getpid()


def test_nobody_holds_a_folder_where_nothing_ever_ran(tmp_path: Path) -> None:
    assert holder(tmp_path / "lock") is None
