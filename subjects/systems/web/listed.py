"""An API as the list of systems names it.

`api` is the YAML that declares it. `auth` is bearer (with `token`), basic (`user`,
`password`), header (`header`, `token`) or oauth2 (`token_url`, `user`, `password`,
`scope`); a secret may stand elsewhere, as `token_env` or `token_file`. With
`private = true` its host may be inside the house.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from subjects.systems.listing import (
    NUMBER,
    TEXT,
    Kind,
    Listing,
    Value,
    check_given,
    secrets,
)
from subjects.systems.web import auth
from subjects.systems.web.declared import HEADER, read_api
from subjects.systems.web.system import ROW_LIMIT, WebSystem


def make(listing: Listing) -> WebSystem:
    """Return the API that is listed; opens no connection."""
    check_given(f"{listing.file}: system {listing.key}", listing.values, ("api",))
    return WebSystem(
        key=listing.key,
        api=read_api(listing.folder / listing.values["api"], listing.datasets),
        datasets=listing.datasets,
        sign=_sign(listing),
        name=listing.name,
        owner=listing.owner,
        acts=listing.acts,
        row_limit=listing.values.get("row_limit", ROW_LIMIT),
        may_be_private=listing.values.get("private", False),
    )


def _sign(listing: Listing) -> auth.Sign:
    name = listing.values.get("auth", "")
    if not name:
        return auth.nothing
    if name not in _WAYS:
        raise listing.error(f"auth is {name!r}; write one of {', '.join(_WAYS)}")
    return _WAYS[name](listing)


def _needed(listing: Listing, name: str) -> str:
    if not (text := listing.secret(name)):
        raise listing.error(
            f"no {name}; give {name}_env and that variable, or {name}_file"
        )
    if not text.isprintable():
        raise listing.error(f"{name} has a line break in it; correct it")
    return text


def _bearer(listing: Listing) -> auth.Sign:
    return auth.bearer(_needed(listing, "token"))


def _basic(listing: Listing) -> auth.Sign:
    return auth.basic(_needed(listing, "user"), _needed(listing, "password"))


def _header(listing: Listing) -> auth.Sign:
    name = str(listing.values.get("header", ""))
    if not HEADER.fullmatch(name):
        raise listing.error(f"header is {name!r}; write a name such as X-Api-Key")
    return auth.header(name, _needed(listing, "token"))


def _oauth2(listing: Listing) -> auth.Sign:
    url = str(listing.values.get("token_url", ""))
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise listing.error("token_url is no address; write such as https://host/token")
    user, password = _needed(listing, "user"), _needed(listing, "password")
    return auth.ClientCredentials(
        url, user, password, str(listing.values.get("scope", ""))
    )


_WAYS: dict[str, Callable[[Listing], auth.Sign]] = {
    "bearer": _bearer,
    "basic": _basic,
    "header": _header,
    "oauth2": _oauth2,
}
_KEYS = ("api", "auth", "header", "token_url", "scope")
WEB = Kind(
    make,
    {
        **dict.fromkeys(_KEYS, TEXT),
        **secrets("token", "user", "password"),
        "row_limit": NUMBER,
        "private": Value((bool,), "true or false"),
    },
)
