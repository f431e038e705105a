"""A question that is built once is asked with the words of each time."""

import pytest
from django.utils import timezone

from subjects.models import KeptQuestion, Subject, Whether

pytestmark = pytest.mark.django_db

NAMES = ("Jeanne Peeters", "100 % d'accord", "word 0", "")


def test_it_finds_what_the_words_of_this_time_say() -> None:
    is_known = Whether(lambda name: Subject.objects.filter(name=name))
    names = KeptQuestion(
        lambda name: Subject.objects.exclude(name=name).values_list("name")
    )
    for name in NAMES[:3]:
        Subject.objects.create(name=name, created_at=timezone.now())

    assert [is_known(name) for name in NAMES] == [True, True, True, False]
    assert [len(names.ask(name)) for name in NAMES] == [2, 2, 2, 3]
    assert sorted(names.ask("word 0")) == [("100 % d'accord",), ("Jeanne Peeters",)]
