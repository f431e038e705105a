"""Two small systems that a machine may change: a shop, and its help desk."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent / "shop_files"


def open_shop(folder: Path) -> Path:
    """Make both systems in a folder, and return the list of them."""
    shutil.copytree(FILES, folder)
    for key in ("shop", "help"):
        with closing(sqlite3.connect(folder / f"{key}.sqlite3")) as database:
            database.executescript((folder / f"{key}.sql").read_text("utf-8"))
    return folder / "systems.toml"


def ask(folder: Path, system: str, sql: str) -> list[tuple[Any, ...]]:
    """Ask or change a system as its own program does."""
    with closing(sqlite3.connect(folder / f"{system}.sqlite3")) as database:
        found = database.execute(sql).fetchall()
        database.commit()
        return found
