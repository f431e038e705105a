"""A letter that did not arrive goes again through the interface."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from dsr import casework
from dsr.models import Letter
from dsr.vocabulary import SUBJECT, SYSTEM
from tests.dsr.desk.conftest import NOW, open_case

pytestmark = pytest.mark.django_db
Enter = Callable[[str], APIClient]


@pytest.fixture
def returned(staff: object) -> Letter:
    letter = open_case().letters.get()
    casework.send_letters(at=NOW)
    return casework.letter_returned(letter.pk, code="5.2.2", by=SYSTEM, at=NOW)


def test_a_returned_letter_goes_again(program: Enter, returned: Letter) -> None:
    url = f"/api/v1/cases/{returned.case.reference}/"
    (shown,) = program("officer").get(url).json()["letters"]
    assert (shown["id"], shown["undelivered_at"] is None) == (returned.pk, False)
    said = {"letter": shown["id"]}
    act = f"{url}send_letter_again/"
    answer = program("officer").post(act, said, format="json")
    assert answer.status_code == 409
    assert "confirmed" in answer.json()["error"]
    casework.confirm_address(returned.case_id, by=SUBJECT, at=NOW)
    answer = program("officer").post(act, said, format="json")
    assert answer.status_code == 200
    (_first, repeat) = answer.json()["letters"]
    assert (repeat["state"], repeat["again_of"]) == ("queued", returned.pk)


def test_a_letter_of_another_case_is_not_reached(
    program: Enter, returned: Letter
) -> None:
    other = open_case(email="bob@example.org")
    url = f"/api/v1/cases/{other.reference}/send_letter_again/"
    for said, status in (({"letter": returned.pk}, 409), ({}, 400)):
        answer = program("officer").post(url, said, format="json")
        assert answer.status_code == status
    assert not returned.repeats.exists()
