"""A file that no row names is swept after a day; what a row names never is."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from dsr import casework
from dsr.casework import NewFile
from dsr.models import Deletion
from tests.dsr.conftest import DAY, JEANNE, OFFICER, RECEIVED, Open


def leave(name: str, at: datetime) -> Path:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"left by a worker that was killed")
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def stored() -> set[Path]:
    return {one for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file()}


def test_what_nobody_names_goes_after_a_day_and_is_proven(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    new = NewFile("original", "a.pdf", "application/pdf", b"%PDF-1.4")
    casework.add_document(case.pk, new, by=OFFICER, at=RECEIVED)
    named = stored()
    assert named
    for path in named:
        os.utime(path, (0, 0))
    left = {leave("aa/bb/leftover", RECEIVED), leave("packages/.part", RECEIVED)}
    fresh = leave("unfinished/now", RECEIVED + DAY)
    assert casework.sweep_files(at=RECEIVED + DAY - timedelta(seconds=1)) == 0
    assert stored() == named | left | {fresh}
    assert casework.sweep_files(at=RECEIVED + DAY) == 2
    assert stored() == named | {fresh}
    proof = Deletion.objects.get()
    assert (proof.tier, proof.kind, proof.count, proof.reference) == ("", "file", 2, "")
    assert casework.sweep_files(at=RECEIVED + DAY) == 0


def test_where_nothing_was_stored_nothing_is_swept(house: Path) -> None:
    assert casework.sweep_files(at=RECEIVED) == 0
    assert not Deletion.objects.exists()
