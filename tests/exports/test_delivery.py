"""The door through which a package is taken."""

import hashlib
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dsr.models import AccessCode, Case, LedgerEntry, Ticket
from dsr.sealed.stream import is_sealed
from dsr.vocabulary import Event
from exports.building import build_packages
from exports.models import Package
from tests.exports.conftest import DAY, NOW, Decided, answer, decide_one

FETCH = NOW + 2 * DAY


@pytest.fixture
def answered(decided: Decided) -> Ticket:
    """Jeanne's request, answered."""
    ticket = decided()
    build_packages(at=NOW)
    return answer(ticket)


def come_in(client: Client, case: Case, at: datetime) -> None:
    """Open the case in this browser as the person does: with a mailed code."""
    code = AccessCode.objects.create(case=case, created_at=at)
    address = reverse("portal:confirm", args=[case.reference])
    client.post(address, {"code": code.digits})


def fetch(client: Client, ticket: Ticket) -> Any:
    return client.get(reverse("exports:package", args=[ticket.pk]))


def test_a_sealed_package_is_taken_whole(
    desk: None, client: Client, settings: Any
) -> None:
    settings.FILES_KEYS = [bytes(32)]
    ticket = decide_one()
    answer(ticket)
    package = Package.objects.get()
    with time_machine.travel(FETCH):
        come_in(client, ticket.case, FETCH)

        response = fetch(client, ticket)
        content = b"".join(response.streaming_content)

    assert hashlib.sha256(content).hexdigest() == package.sha256
    assert int(response["Content-Length"]) == package.size
    assert is_sealed(Path(package.file.path).read_bytes())


def test_with_reference_and_code_the_person_takes_the_package(
    answered: Ticket, client: Client
) -> None:
    with time_machine.travel(FETCH):
        come_in(client, answered.case, FETCH)

        response = fetch(client, answered)
        content = b"".join(response.streaming_content)

    package = Package.objects.get()
    name = f'attachment; filename="{answered.case.reference}-access.zip"'
    assert response.status_code == 200
    assert response["Content-Disposition"] == name
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert len(content) == package.size
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert package.fetches == 1
    fetched = LedgerEntry.objects.get(event=Event.PACKAGE_FETCHED)
    assert fetched.by == "subject"


def test_without_a_code_there_is_nothing(answered: Ticket, client: Client) -> None:
    assert fetch(client, answered).status_code == 404


def test_a_case_that_is_open_shows_only_its_own_package(
    answered: Ticket, client: Client
) -> None:
    of_luc = decide_one(person=1)
    build_packages(at=NOW)
    of_luc = answer(of_luc)

    with time_machine.travel(FETCH):
        come_in(client, answered.case, FETCH)

        assert fetch(client, of_luc).status_code == 404
        assert client.get(reverse("exports:package", args=[999])).status_code == 404


def test_before_the_answer_there_is_nothing(decided: Decided, client: Client) -> None:
    ticket = decided()
    build_packages(at=NOW)

    with time_machine.travel(FETCH):
        come_in(client, ticket.case, FETCH)

        assert fetch(client, ticket).status_code == 404


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_too_late_the_page_says_so_in_its_language(
    answered: Ticket, client: Client, language: str
) -> None:
    late = NOW + 60 * DAY
    with time_machine.travel(late):
        come_in(client, answered.case, late)
        path = f"/{language}/package/{answered.pk}/"

        response = client.get(path)

    assert response.status_code == 410
    assert f'lang="{language}"' in response.content.decode()
    assert not LedgerEntry.objects.filter(event=Event.PACKAGE_FETCHED).exists()


def test_after_half_an_hour_the_door_is_shut_again(
    answered: Ticket, client: Client
) -> None:
    with time_machine.travel(FETCH):
        come_in(client, answered.case, FETCH)
    with time_machine.travel(FETCH + DAY / 24):
        assert fetch(client, answered).status_code == 404


def test_only_looking_is_allowed(answered: Ticket, client: Client) -> None:
    address = reverse("exports:package", args=[answered.pk])

    assert client.post(address).status_code == 405
