"""Settings from the environment: read as meant, refused with one sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import (
    EXCEPTIONS,
    callers,
    database,
    env_bool,
    env_int,
    env_list,
    env_text,
    pgp_keys,
)
from dsr.vocabulary import UseException

REFUSED: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: env_bool("X", default=True), "perhaps", "X is 'perhaps'; say yes or no"),
    (lambda: env_int("X", 1), "a lot", "X is 'a lot'; a whole number is needed"),
]


@pytest.mark.parametrize(("read", "value", "sentence"), REFUSED, ids=["bool", "int"])
def test_a_bad_value_is_named(
    monkeypatch: pytest.MonkeyPatch,
    read: Callable[[], Any],
    value: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("X", value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        read()


def test_a_secret_may_stand_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv("X", "from the environment")
    monkeypatch.setenv("X_FILE", str(tmp_path / "key"))

    assert env_text("X") == "from the file"


def test_a_missing_secret_file_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("X_FILE", str(tmp_path / "nowhere"))

    with pytest.raises(ImproperlyConfigured, match=r"X_FILE names .*nowhere"):
        env_text("X")


def test_a_list_is_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", "one, two,,")

    assert env_list("X") == ["one", "two"]


ADDRESSES = [
    # address                                       host            port    name
    ("postgresql://u:p@db.example:5433/desk", "db.example", "5433", "desk"),
    ("postgresql://u@%2Ftmp%2FRun/desk", "/tmp/Run", "", "desk"),  # noqa: S108  # no file is made
    ("postgres://u:p%40ss@[::1]:5432/desk", "::1", "5432", "desk"),
]


@pytest.mark.parametrize(("url", "host", "port", "name"), ADDRESSES)
def test_a_database_address_is_taken_apart(
    url: str, host: str, port: str, name: str
) -> None:
    settings = database(url)

    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == (host, port, name)


def test_a_password_may_hold_any_sign() -> None:
    assert database("postgresql://u:p%40s%2Fs@h/d")["PASSWORD"] == "p@s/s"  # noqa: S105  # invented


def test_an_unknown_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="begins with 'mysql'; use sqlite"):
        database("mysql://localhost/desk")


def test_a_key_for_encrypted_mail_is_a_secret_one_or_none() -> None:
    assert pgp_keys("") == b""
    with pytest.raises(ImproperlyConfigured, match="gpg --armor --export-secret-keys"):
        pgp_keys("-----BEGIN PGP PUBLIC KEY BLOCK-----")


def test_a_program_is_a_name_a_token_and_the_exceptions_it_may_claim() -> None:
    token = "k" * 32

    assert callers(f"crm:{token}\nclaims:{token}:legal_claims,consent") == [
        ("crm", token, frozenset()),
        ("claims", token, frozenset({"legal_claims", "consent"})),
    ]
    assert set(EXCEPTIONS) == set(UseException.values)


@pytest.mark.parametrize("text", ["crm", "crm:short", f"crm:{'k' * 32}:curiosity"])
def test_a_wrong_program_is_named_by_its_number_not_by_its_token(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="number 2 is not NAME:TOKEN") as no:
        callers(f"first:{'k' * 32} {text}")
    assert "kkk" not in str(no.value)
