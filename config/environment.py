"""Reads settings from the environment, and says plainly what is wrong with one."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
FILE_KEY = 32  # bytes: AES-256
PGP_KEY = "-----BEGIN PGP PRIVATE KEY BLOCK-----"
CALLER = re.compile(
    r"(?P<name>[a-z][a-z0-9_-]{0,49}):(?P<token>[A-Za-z0-9_-]{32,})(:(?P<may>[a-z_,]+))?"
)
# GDPR Art. 18(2); the vocabulary has them too, but needs the settings first.
EXCEPTIONS = ("consent", "legal_claims", "another_person", "public_interest")
ENGINES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}


def env_text(name: str, default: str = "") -> str:
    """Return a setting as text; `NAME_FILE` may name a file that holds it."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {path}, which cannot be read: {error.strerror}"
            ) from error
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    """Return a setting as yes or no."""
    text = env_text(name, "yes" if default else "no").lower()
    if text not in YES + NO:
        raise ImproperlyConfigured(f"{name} is {text!r}; say yes or no")
    return text in YES


def env_int(name: str, default: int) -> int:
    """Return a setting as a whole number."""
    text = env_text(name, str(default))
    try:
        return int(text)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is {text!r}; a whole number is needed"
        ) from error


def env_list(name: str, default: str = "") -> list[str]:
    """Return a setting as a list; commas part its items."""
    return [item.strip() for item in env_text(name, default).split(",") if item.strip()]


def file_keys(first: str, former: list[str]) -> list[bytes]:
    """Return the keys of the stored files: 32 bytes each, written as 64 hex digits."""
    keys = []
    for text in [first, *former]:
        if not text and not former:
            return []
        try:
            key = bytes.fromhex(text)
        except ValueError:
            key = b""
        if len(key) != FILE_KEY:
            raise ImproperlyConfigured(
                "FILES_KEY, and each of FILES_KEY_FALLBACKS, is 64 hex digits, as "
                "`openssl rand -hex 32` prints them"
            )
        keys.append(key)
    return keys


def pgp_keys(text: str) -> bytes:
    """Return the armored secret keys that open mail encrypted for us, if any."""
    if text and PGP_KEY not in text:
        raise ImproperlyConfigured(
            "PGP_KEY, or the file that PGP_KEY_FILE names, is a secret key as `gpg "
            "--armor --export-secret-keys ADDRESS` prints it"
        )
    return text.encode()


def callers(text: str) -> list[tuple[str, str, frozenset[str]]]:
    """Return who may ask what they may do: name, token, exceptions they may claim."""
    found = []
    for number, one in enumerate(text.split(), start=1):
        said = CALLER.fullmatch(one)
        may = frozenset((said["may"] or "").split(",")) - {""} if said else frozenset()
        if said is None or may - set(EXCEPTIONS):
            raise ImproperlyConfigured(
                f"PROCESSING_CALLERS: number {number} is not NAME:TOKEN or "
                "NAME:TOKEN:EXCEPTION,…; a token has at least 32 letters and digits, "
                f"and the exceptions are {', '.join(EXCEPTIONS)}"
            )
        found.append((said["name"], said["token"], may))
    return found


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for a database given as an address.

    `sqlite:///relative/or//absolute/file` or
    `postgresql://user:password@host:port/name?option=value`; a host may be the
    directory of a socket, percent-encoded.
    """
    parts = urlsplit(url)
    engine = ENGINES.get(parts.scheme)
    if engine is None:
        raise ImproperlyConfigured(
            f"DATABASE_URL begins with {parts.scheme!r}; use sqlite:/// or postgresql://"
        )
    name = unquote(parts.path[1:])
    if parts.scheme == "sqlite":
        return {
            "ENGINE": engine,
            "NAME": name,
            "CONN_MAX_AGE": 60,
            "OPTIONS": SQLITE_OPTIONS,
        }
    return {
        "ENGINE": engine,
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": _host(parts.netloc),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _host(netloc: str) -> str:
    """Return the host as written; urlsplit would lower the case of a socket's path."""
    address = netloc.rpartition("@")[2]
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return unquote(address.partition(":")[0])


# A reader that turns writer would fail at once under SQLite's default; with
# IMMEDIATE it waits its turn, and with WAL readers never wait.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
