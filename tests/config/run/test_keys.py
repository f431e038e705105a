"""The first command makes the secrets; later ones keep them."""

import stat
from pathlib import Path

import pytest

from config.run.keys import load_keys


def test_the_first_command_makes_a_private_file(tmp_path: Path) -> None:
    environ = {"DATA_DIR": str(tmp_path / "var")}

    load_keys(environ)

    path = tmp_path / "var/env"
    assert len(environ["SECRET_KEY"]) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [made.name for made in path.parent.iterdir()] == ["env"]


def test_the_second_command_reads_the_same_key(tmp_path: Path) -> None:
    first, second = {"DATA_DIR": str(tmp_path)}, {"DATA_DIR": str(tmp_path)}

    load_keys(first)
    load_keys(second)

    assert first["SECRET_KEY"] == second["SECRET_KEY"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_a_given_key_wins_and_no_file_is_made(tmp_path: Path, name: str) -> None:
    environ = {"DATA_DIR": str(tmp_path), name: "given"}

    load_keys(environ)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SystemExit, match=r"cannot be read or made .*set SECRET_KEY"):
        load_keys({"DATA_DIR": str(tmp_path / "file/below")})
