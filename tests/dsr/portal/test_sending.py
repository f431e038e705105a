"""Sending: once, wiped afterwards, slowed down, and written down nowhere else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dsr.models import Case
from dsr.portal.draft import KEY
from tests.dsr.portal.conftest import EMAIL, Visitor, text_of


def test_what_was_typed_is_gone_once_it_is_sent(jeanne: Visitor) -> None:
    case = jeanne.send()

    kept = dict(jeanne.client.session.items())
    assert KEY not in kept
    assert EMAIL not in str(kept)
    assert kept["portal.sent"]["case"] == case.pk


def test_pressing_twice_opens_one_case(jeanne: Visitor) -> None:
    jeanne.type_everything()
    session = jeanne.client.session
    draft = session[KEY]

    first = jeanne.give("check/")
    session = jeanne.client.session
    session[KEY] = draft  # as the second press saw it
    session.save()
    second = jeanne.give("check/")
    third = jeanne.give("check/")

    assert Case.objects.count() == 1
    assert first["Location"] == second["Location"] == third["Location"]


def test_everything_typed_can_be_deleted(jeanne: Visitor) -> None:
    jeanne.type_everything()

    jeanne.give("start-again/")

    assert KEY not in jeanne.client.session
    assert jeanne.see("check/").status_code == 409


def test_what_was_typed_is_forgotten_after_two_hours(jeanne: Visitor) -> None:
    jeanne.type_everything()
    session = jeanne.client.session
    old = timezone.now() - timedelta(hours=2, minutes=1)
    session[KEY] = session[KEY] | {"at": old.isoformat()}
    session.save()

    assert jeanne.see("check/").status_code == 409
    assert KEY not in jeanne.client.session


def test_changing_the_language_keeps_what_was_typed(jeanne: Visitor) -> None:
    jeanne.type_everything()

    jeanne.language = "de"

    assert EMAIL in text_of(jeanne.see("check/"))


def test_more_than_thirty_requests_an_hour_wait(jeanne: Visitor) -> None:
    for _each in range(30):
        jeanne.send(email="", postal_address="Rue Haute 5, 1000 Bruxelles")
    jeanne.type_everything()

    response = jeanne.give("check/")

    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert Case.objects.count() == 30


def test_no_personal_data_reach_the_log_or_an_address(
    jeanne: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    jeanne.type_everything(name="Jeanne Peeters")

    response = jeanne.give("check/")

    said = caplog.text + response["Location"]
    assert "Peeters" not in said
    assert EMAIL not in said
