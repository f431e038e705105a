"""The tasks that are no more than a door, and what the timetable calls."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from config.celery import app
from config.timetable import TIMETABLE
from dsr.models import Guess
from dsr.tasks import forget_visits

pytestmark = pytest.mark.django_db


def test_every_task_of_the_timetable_exists() -> None:
    app.loader.import_default_modules()

    assert {str(entry["task"]) for entry in TIMETABLE.values()} <= set(app.tasks)


def test_an_ended_visit_is_forgotten_with_its_draft() -> None:
    now = timezone.now()
    Session.objects.create(session_key="a", session_data="", expire_date=now)
    later = now + timedelta(hours=1)
    Session.objects.create(session_key="b", session_data="", expire_date=later)
    Guess.objects.create(who="a", at=now - timedelta(days=2))
    Guess.objects.create(who="b", at=now)

    forget_visits()

    assert list(Session.objects.values_list("session_key", flat=True)) == ["b"]
    assert list(Guess.objects.values_list("who", flat=True)) == ["b"]
