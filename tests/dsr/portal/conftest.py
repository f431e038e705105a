"""Jeanne at her browser."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dsr.models import Case
from dsr.portal import alike

EMAIL = "jeanne.peeters@demo.example"
REQUEST = {"whom": "myself", "text": "Everything since 2019, please."}
REACH = {"name": "Jeanne Peeters", "email": EMAIL, "language": "fr"}
LANGUAGES = ("fr", "nl", "de", "en")


class Visitor:
    """One browser: it follows the form as far as it is told to."""

    def __init__(self, language: str = "en") -> None:
        """Open a browser that reads one language."""
        self.client = Client()
        self.language = language

    def url(self, page: str) -> str:
        """Return a page's address in the language of the browser."""
        return f"/{self.language}/{page}"

    def see(self, page: str) -> Any:
        """Open a page."""
        return self.client.get(self.url(page))

    def give(self, page: str, **typed: Any) -> Any:
        """Send a page's form."""
        return self.client.post(self.url(page), typed)

    def type_everything(self, *rights: str, **typed: Any) -> None:
        """Fill in every page up to the last; `typed` changes single fields."""
        self.give("", rights=rights or ("access",))
        request = {key: typed.pop(key, REQUEST[key]) for key in REQUEST}
        request |= {
            key: typed.pop(key) for key in ("person", "relation") if key in typed
        }
        self.give("request/", **request)
        self.give("reach/", **REACH | typed)

    def send(self, *rights: str, **typed: Any) -> Case:
        """Fill in everything and send it."""
        self.type_everything(*rights, **typed)
        assert self.give("check/").status_code == 302
        return Case.objects.latest("pk")

    def enter(self, case: Case) -> Any:
        """Type the newest code of the case."""
        code = case.codes.latest("pk").digits
        return self.give(f"confirm/{case.reference}/", code=code)


def text_of(response: Any) -> str:
    """Return what a page says, its markup taken away."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.split())


@pytest.fixture(autouse=True)
def _fast(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike, "FLOOR", 0.0)


@pytest.fixture
def jeanne() -> Visitor:
    """Return Jeanne's browser."""
    return Visitor()


@pytest.fixture
def luc() -> Visitor:
    """Return the browser of her neighbour, a stranger."""
    return Visitor()
