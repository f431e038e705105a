"""What a killed search left behind does not stay: it holds people's data."""

import os
from datetime import timedelta

from django.conf import settings

from dsr.vocabulary import State
from tests.dsr.conftest import JEANNE, RECEIVED, Open, Walk, take


def test_the_next_search_clears_what_a_dead_one_left(open_case: Open) -> None:
    left = settings.MEDIA_ROOT / "unfinished" / "left"
    left.mkdir(parents=True)
    (left / "crm").write_text("{}")
    long_ago = (RECEIVED - timedelta(hours=2)).timestamp()
    for path in (left / "crm", left):
        os.utime(path, (long_ago, long_ago))

    take(open_case(email=JEANNE).tickets.get().pk)

    assert not left.exists()


def test_a_search_under_way_keeps_its_files(open_case: Open) -> None:
    busy = settings.MEDIA_ROOT / "unfinished" / "busy"
    busy.mkdir(parents=True)
    (busy / "crm").write_text("{}")

    take(open_case(email=JEANNE).tickets.get().pk)

    assert busy.exists()


def test_a_search_leaves_nothing_of_its_own(walk: Walk) -> None:
    walk(State.REVIEWING, email=JEANNE)

    assert list((settings.MEDIA_ROOT / "unfinished").iterdir()) == []
