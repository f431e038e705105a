"""Advertising after an objection: on the home page, in the list, and settled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from dsr.casework.tripwire import compare_sendings
from dsr.models import Incident
from subjects.models import suppress
from subjects.sending_rows import Sent
from tests.dsr.desk.conftest import NOW

LIST = "/desk/dsr/incident/"
WHY = "The list of the printer was a week old; it is fetched daily from now on."


@pytest.fixture
def incident(db: None) -> Incident:
    suppress("email", "jeanne@demo.example", reference="a list", at=NOW)
    sent = Sent("email", "jeanne@demo.example", NOW + timedelta(days=1), 7)
    compare_sendings([sent], source="march.csv", at=NOW + timedelta(days=2))
    return Incident.objects.get()


def test_an_incident_waits_on_the_home_page_until_it_is_settled(
    incident: Incident, enter: Callable[[str], Client]
) -> None:
    client = enter("officer")
    url = f"/desk/incident/{incident.pk}/"
    figure = "messages sent after an objection to advertising"
    assert figure in client.get("/desk/").content.decode()
    assert f'href="{url}"' in client.get(f"{LIST}?stand=open").content.decode()
    page = client.get(url).content.decode()
    assert "march.csv, line 7" in page
    assert "jeanne" not in page

    assert client.post(url, {"done": "too short"}).status_code == 400
    assert client.post(url, {"done": WHY}).status_code == 302
    assert client.post(url, {"done": WHY}).status_code == 409

    assert figure not in client.get("/desk/").content.decode()
    assert WHY in client.get(f"{LIST}?stand=settled").content.decode()


def test_an_auditor_reads_the_incidents_and_settles_none(
    incident: Incident, enter: Callable[[str], Client]
) -> None:
    client = enter("auditor")
    url = f"/desk/incident/{incident.pk}/"
    shown = client.get(LIST).content.decode()
    assert "march.csv" in shown
    assert url not in shown
    assert client.get(url).status_code == 403
