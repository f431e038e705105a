"""How we log in to an API: a token, a password, a header, or OAuth 2."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from subjects.systems.base import ReadError
from subjects.systems.web.client import Answer, Client

Sign = Callable[[Client], Mapping[str, str]]
EARLY = 60  # seconds before its end at which a token is renewed


def nothing(_client: Client) -> Mapping[str, str]:
    """Return no header: the API is open to whoever reaches it."""
    return {}


def header(name: str, value: str) -> Sign:
    """Return what sends a header of the API's own, such as X-Api-Key."""
    return lambda _client: {name: value}


def bearer(token: str) -> Sign:
    """Return what sends a token. RFC 6750."""
    return header("Authorization", f"Bearer {token}")


def basic(user: str, password: str) -> Sign:
    """Return what sends a user and a password. RFC 7617."""
    both = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    return header("Authorization", f"Basic {both}")


class ClientCredentials:
    """Fetches a token with an id and a secret, and again before it ends.

    RFC 6749, section 4.4.
    """

    def __init__(self, url: str, user: str, secret: str, scope: str = "") -> None:
        self._url = url
        self._user = basic(user, secret)
        self._scope = scope
        self._token, self._until = "", 0.0

    def __call__(self, client: Client) -> Mapping[str, str]:
        """Return the header with a token that holds now."""
        if time.monotonic() >= self._until:
            self._fetch(client)
        return {"Authorization": f"Bearer {self._token}"}

    def _fetch(self, client: Client) -> None:
        words = {"grant_type": "client_credentials"}
        words |= {"scope": self._scope} if self._scope else {}
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            **self._user(client),
        }
        answer = client.send("POST", self._url, headers, urlencode(words).encode())
        self._token = _token(client.key, answer)
        lasts = answer.body.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, (int, float)) else EARLY * 2
        self._until = time.monotonic() + max(seconds - EARLY, 1.0)


def _token(key: str, answer: Answer) -> str:
    token = answer.body.get("access_token") if isinstance(answer.body, dict) else None
    if not isinstance(token, str) or not json.dumps(token).isascii():
        raise ReadError(
            f"{key}: no token is given for the client id and secret (status "
            f"{answer.status}); check them, and token_url"
        )
    return token
