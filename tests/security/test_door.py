"""The closed door: what is sent to it takes as long for all, to look at it no time."""

import time

import pytest
from django.test import Client

from dsr.models import Case
from dsr.portal.alike import FLOOR
from dsr.reference import make_reference

pytestmark = pytest.mark.django_db
DOORS = ("/en/status/", "/en/confirm/{}/")


def seconds(client: Client, method: str, path: str) -> float:
    """Return how long an answer takes."""
    started = time.monotonic()
    client.generic(method, path)
    return time.monotonic() - started


@pytest.mark.parametrize("door", DOORS)
def test_to_look_at_a_door_holds_no_thread(client: Client, door: str) -> None:
    path = door.format(make_reference(2026, 777))
    assert min(seconds(client, "GET", path) for _ in range(3)) < FLOOR / 2


@pytest.mark.parametrize("door", DOORS)
def test_a_guess_takes_as_long_for_a_known_reference_as_for_none(
    client: Client, case: Case, door: str
) -> None:
    for reference in (case.reference, make_reference(2026, 777)):
        assert seconds(client, "POST", door.format(reference)) >= FLOOR
