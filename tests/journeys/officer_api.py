"""An officer's hands for journeys that are about somebody else: the interface."""

import json
from base64 import b64encode
from http.client import HTTPConnection
from typing import Any

from tests.servers.live import Live


class Officer:
    """Acts at the desk in the name of one login."""

    def __init__(self, live: Live, name: str = "officer") -> None:
        """Log in; every call carries the password, as HTTP Basic does."""
        login = f"{name}:{live.password(name)}".encode()
        self.headers = {
            "Authorization": f"Basic {b64encode(login).decode()}",
            "Content-Type": "application/json",
        }
        self.host = live.url.removeprefix("http://")

    def case(self, reference: str) -> Any:
        """Read a case."""
        return self._call("GET", f"cases/{reference}/")

    def act(self, ticket: int, act: str, **words: object) -> Any:
        """Do an act on a ticket; the answer is the ticket, or the sentence why not."""
        return self._call("POST", f"tickets/{ticket}/{act}/", words)

    def answer_the_checks(self, ticket: int) -> Any:
        """Answer every check that no fact shows: nothing is unusual."""
        checks = ("G2", "G5", "G6", "G7")
        said = [
            {"gate": gate, "answer": "ours_alone" if gate == "G2" else "none"}
            for gate in checks
        ]
        return self.act(ticket, "answer_gates", answers=said)

    def answer_the_list(self, ticket: int) -> Any:
        """Answer the one item no fact shows: no machine decided about her."""
        because = "No such decision was taken about you."
        return self.act(
            ticket,
            "answer_information",
            item="automated",
            state="not_applicable",
            because=because,
        )

    def _call(self, method: str, path: str, body: object = None) -> Any:
        content = None if body is None else json.dumps(body)
        connection = HTTPConnection(self.host, timeout=30)
        try:
            connection.request(method, f"/api/v1/{path}", content, self.headers)
            return json.load(connection.getresponse())
        finally:
            connection.close()
