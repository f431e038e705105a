"""Every page in every language: complete, private, small, nobody else's business."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.dsr.portal.conftest import LANGUAGES, Visitor, text_of

UNKNOWN = "DSR-2026-000999-0A"
PAGES = {
    "": 200,
    "status/": 200,
    f"status/{UNKNOWN}/": 200,
    f"confirm/{UNKNOWN}/": 200,
    "complain/": 200,
    "privacy/": 200,
    "preferences/": 200,
    "request/": 409,
    "reach/": 409,
    "check/": 409,
    "receipt/": 409,
    "nowhere/": 404,
}
LIGHT = 50_000  # bytes of page and style sheet together


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_in_a_language(path: str, language: str) -> None:
    response = Visitor(language).see(path)

    page = response.content.decode()
    assert response.status_code == PAGES[path]
    assert f'<html lang="{language}">' in page
    assert "no-store" in response["Cache-Control"]
    for other in LANGUAGES:
        there = "" if PAGES[path] == 404 else path
        assert f'href="/{other}/{there}" lang="{other}"' in page
    assert len(re.findall("<h1", page)) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_nothing_from_elsewhere(path: str) -> None:
    response = Visitor().see(path)

    page = response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "<script" not in page
    assert not re.search(r"\s(style|on\w+)=", page)
    assert not re.search(r'(src|<link[^>]+href)="(https?:)?//', page)


def test_the_first_page_is_light() -> None:
    style = finders.find("portal/portal.css")
    assert style
    weight = Path(style).stat().st_size

    assert weight < 20_000
    assert weight + len(Visitor().see("").content) < LIGHT


@pytest.mark.parametrize(
    ("asked", "language"),
    [("nl-BE,fr;q=0.5", "nl"), ("de", "de"), ("fr-LU", "fr"), ("pt", "en")],
)
def test_the_browser_chooses_the_first_language(asked: str, language: str) -> None:
    response = Client(headers={"accept-language": asked}).get("/")

    assert response["Location"] == f"/{language}/"


def test_all_nine_rights_are_offered_with_what_and_how_long() -> None:
    page = Visitor().see("").content.decode()

    assert len(re.findall('type="checkbox" name="rights"', page)) == 9
    assert page.count("What you get:") == page.count("How long it takes:") == 9


def test_the_privacy_policy_names_recipients_purposes_and_the_authority() -> None:
    policy = text_of(Visitor("fr").see("privacy/"))
    remedies = text_of(Visitor("fr").see("complain/"))

    assert "Demo Reinsurance SE, Munich" in policy
    assert "Politique" in policy
    assert "Autorité de protection des données" in remedies
    assert "tribunal de première instance" in remedies


def test_no_field_asks_for_a_national_number_or_an_identity_card(
    jeanne: Visitor,
) -> None:
    jeanne.give("", rights=["access"])

    names = set()
    for page in ("", "request/", "reach/", "check/"):
        names |= set(re.findall(r'name="([^"]+)"', jeanne.see(page).content.decode()))

    asked = {name for name in names if not name.startswith("access-")}
    assert not [name for name in asked if re.search("national|birth|id_card|nrn", name)]


def test_without_cookies_one_sentence_says_what_to_do() -> None:
    browser = Client(enforce_csrf_checks=True)

    response = browser.post("/en/", {"rights": "access"})

    assert response.status_code == 403
    assert "allow cookies for this site" in text_of(response)


def test_an_unreadable_host_is_a_page_too() -> None:
    response = Client(headers={"host": "evil.example"}).get("/en/")

    assert response.status_code == 400
    assert "could not read" in text_of(response)
