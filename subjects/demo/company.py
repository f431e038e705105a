"""The demo company: an insurer and assistance company in Brussels, wholly invented.

Makes its three databases, the same every time, with their descriptions and the list
of systems, in one folder.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from subjects.demo.claims import claims_rows
from subjects.demo.crm import crm_rows
from subjects.demo.marketing import marketing_rows
from subjects.demo.people import DEMO_PEOPLE, people
from subjects.demo.spinning import Rows

__all__ = ["DEMO_PEOPLE", "make_company"]

_HERE = Path(__file__).parent
_COPIED = ("crm.yml", "claims.yml", "marketing.yml", "systems.toml")
_SEED = 2026


def make_company(folder: Path) -> None:
    """Make the company's files in `folder`; those that were there are replaced.

    Each file appears whole or not at all, and always with the same content.
    """
    folder.mkdir(parents=True, exist_ok=True)
    dice = Random(_SEED)  # noqa: S311  # invented people, nothing secret
    everyone = list(people(dice))
    crm = crm_rows(dice, everyone)
    _write(folder / "crm.sqlite3", "crm.sql", crm)
    _write(folder / "claims.sqlite3", "claims.sql", claims_rows(dice, everyone, crm))
    _write(
        folder / "marketing.sqlite3", "marketing.sql", marketing_rows(dice, everyone)
    )
    for name in _COPIED:
        part = folder / f"{name}.{os.getpid()}.part"
        shutil.copyfile(_HERE / name, part)
        part.replace(folder / name)


def _write(path: Path, schema: str, rows: Rows) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as database:
        database.executescript((_HERE / schema).read_text("utf-8"))
        for table, found in rows.items():
            marks = ", ".join("?" * len(found[0]))
            # The names of tables are ours, written beside this file.
            statement = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608  # see above
            database.executemany(statement, found)
        database.commit()
    part.replace(path)
