"""What lies on the disk is read by the account of the desk and by nobody else."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from config.run.keys import ROOT, load_keys


def modes(folder: Path) -> dict[str, str]:
    """Return what others may do with each file and folder, the folder included."""
    return {
        path.name: oct(stat.S_IMODE(path.stat().st_mode) & 0o077)
        for path in (folder, *folder.rglob("*"))
    }


def test_what_running_makes_is_private_whatever_the_account_usually_allows(
    tmp_path: Path,
) -> None:
    data = tmp_path / "var"
    ran = subprocess.run(
        [sys.executable, "-m", "config.run.serve"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data), "PORT": "none"},
        umask=0o022,
        check=False,
        capture_output=True,
    )
    assert ran.returncode == 2
    assert modes(data) == dict.fromkeys(("var", "env", "run", "lock"), "0o0")


def test_the_folder_that_a_command_makes_is_private(tmp_path: Path) -> None:
    load_keys({"DATA_DIR": str(tmp_path / "var")})
    assert modes(tmp_path / "var") == {"var": "0o0", "env": "0o0"}
