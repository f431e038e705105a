"""Asks an API, politely: paced, patient, bounded, and never elsewhere."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore

from subjects.systems.base import ReadError, UnreachableError
from subjects.systems.web.guard import ForbiddenHostError, GuardedBackend

SECONDS = 30.0  # to connect, and between two pieces of an answer
MOST_BYTES = 64 * 2**20  # of one answer
LONGEST_WAIT = 30.0  # seconds that an API may make us wait before another try
FOR_NOW = (429, 502, 503, 504)
TIMEOUT = {"connect": SECONDS, "read": SECONDS, "write": SECONDS, "pool": SECONDS}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers in small letters, the JSON if any."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Client:
    """One API, by its key and base address; `sign` gives the headers that log us in."""

    def __init__(
        self,
        key: str,
        base: str,
        *,
        headers: Mapping[str, str],
        sign: Callable[["Client"], Mapping[str, str]],
        rate: int | None = None,
        retries: int = 3,
        may_be_private: bool = False,
    ) -> None:
        self.key, self.base = key, base
        self._headers, self._sign = headers, sign
        self._pause = 1 / rate if rate else 0.0
        self._retries = retries
        self._next = 0.0
        self._pool = httpcore.ConnectionPool(
            network_backend=GuardedBackend(may_be_private=may_be_private)
        )

    def close(self) -> None:
        """Let go of every connection."""
        self._pool.close()

    def url(self, path: str, query: Mapping[str, str]) -> str:
        """Return the address of a path below the base."""
        url = urljoin(self.base, path)
        if not query:
            return url
        return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"

    def further(self, url: str) -> str:
        """Return where an answer leads to, if it is the same host.

        Raises:
            ReadError: it is another.

        """
        whole = urljoin(self.base, url)
        if _origin(whole) != _origin(self.base):
            raise ReadError(
                f"{self.key}: the API's next page is on another host; it is not "
                "followed; correct `base`"
            )
        return whole

    def ask(
        self, method: str, url: str, body: object = None, *, good: tuple[int, ...] = ()
    ) -> Answer:
        """Send a request until it is answered, and return the answer.

        Statuses from 200 to 299 are good, and those of `good`.

        Raises:
            UnreachableError: the API cannot be reached.
            ReadError: it refuses, or says what is no JSON.

        """
        for left in range(self._retries, -1, -1):
            try:
                answer = self._send(method, url, body)
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                if not left:
                    raise self._unreachable(type(error).__name__) from None
                self._wait(self._backoff(left))
                continue
            if answer.status in FOR_NOW and left:
                self._wait(_told(answer) or self._backoff(left))
                continue
            return self._judged(answer, good)
        raise AssertionError("the last try ends the loop")

    def _judged(self, answer: Answer, good: tuple[int, ...]) -> Answer:
        if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
            return answer
        if answer.status in good:
            return answer
        if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise ReadError(
                f"{self.key}: the API does not let us in ({answer.status}); check the "
                "token or password, and what it may do"
            )
        raise ReadError(
            f"{self.key}: the API answered with status {answer.status}; check the "
            "paths of its declaration, and the API itself"
        )

    def _send(self, method: str, url: str, body: object) -> Answer:
        self._wait(self._next - time.monotonic())
        self._next = time.monotonic() + self._pause
        headers = {"Accept": "application/json", **self._headers, **self._sign(self)}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body, ensure_ascii=False).encode()
        return self.send(method, url, headers, content)

    def send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> Answer:
        """Send one request, once, with these headers only."""
        try:
            with self._pool.stream(
                method,
                url,
                headers=list(headers.items()),
                content=content,
                extensions={"timeout": TIMEOUT},
            ) as response:
                known = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                return Answer(response.status, known, self._json(response))
        except ForbiddenHostError:
            raise UnreachableError(
                f"{self.key}: {urlsplit(self.base).hostname} stands for an address "
                "inside a private network; if it is meant to, write private = true"
            ) from None
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise self._unreachable(type(error).__name__) from None

    def _json(self, response: httpcore.Response) -> Any:
        if response.status >= HTTPStatus.BAD_REQUEST:
            return None
        whole = bytearray()
        for piece in response.iter_stream():
            whole += piece
            if len(whole) > MOST_BYTES:
                raise ReadError(
                    f"{self.key}: an answer of the API is larger than "
                    f"{MOST_BYTES // 2**20} MB; declare `pages`, or smaller ones"
                )
        if not whole.strip():
            return None
        try:
            return json.loads(whole)
        except (ValueError, RecursionError):
            raise ReadError(
                f"{self.key}: the API's answer is no JSON; check `base` and the paths"
            ) from None

    def _unreachable(self, why: str) -> UnreachableError:
        parts = urlsplit(self.base)
        return UnreachableError(
            f"{self.key}: {parts.scheme}://{parts.netloc} cannot be reached ({why}); "
            "check that it runs, and its address"
        )

    def _backoff(self, left: int) -> float:
        return float(0.2 * 2 ** (self._retries - left))

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(min(seconds, LONGEST_WAIT))


def _told(answer: Answer) -> float:
    """Return how many seconds Retry-After asks for. RFC 9110, section 10.2.3."""
    text = answer.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text)
    try:
        return (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
