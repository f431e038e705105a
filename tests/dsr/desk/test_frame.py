"""The frame of every page: the language, the navigation of one's role, the way out."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

OFFICER = ["Today", "Queue", "Tray", "Letters", "Searches", "Ledger", "New case"]
NAVIGATION = [
    ("officer", OFFICER, []),
    ("dpo", [*OFFICER[:-1], "Public holidays"], ["New case"]),
    ("auditor", ["Today", "Queue", "Letters", "Ledger"], ["Tray", "Searches"]),
    ("superuser", [], OFFICER),
]


@pytest.mark.parametrize(("who", "shown", "hidden"), NAVIGATION)
def test_the_navigation_leads_only_where_one_may_go(
    enter: Callable[[str], Client], who: str, shown: list[str], hidden: list[str]
) -> None:
    client = enter(who)
    navigation = client.get(reverse("admin:index")).context["navigation"]
    labels = {str(label) for label, _url in navigation}
    assert labels >= set(shown)
    assert not labels & set(hidden)
    for _label, url in navigation:
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_login_speaks_the_browsers_language(language: str) -> None:
    client = Client(headers={"accept-language": language})
    page = client.get(reverse("admin:login")).content.decode()
    assert f'<html lang="{language}"' in page


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_language_is_kept_once_chosen(officer: Client, language: str) -> None:
    home = reverse("admin:index")
    officer.post(reverse("admin:set_language"), {"language": language, "next": home})
    assert f'<html lang="{language}"' in officer.get(home).content.decode()


def test_the_language_switch_leads_nowhere_else(officer: Client) -> None:
    said = {"language": "fr", "next": "https://elsewhere.example/"}
    answer = officer.post(reverse("admin:set_language"), said)
    assert "elsewhere" not in answer["Location"]
