"""A notice to a recipient's program: a real HTTP server takes it, or does not."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from dsr import casework
from dsr.casework.notices import owe_notices
from dsr.casework.ticket_lock import lock
from dsr.controller import checks, current
from dsr.controller.reading import PolicyFileError
from dsr.letters import notice_http
from dsr.models import Ticket
from dsr.vocabulary import OrderAct
from tests.dsr.conftest import DAY, JEANNE, OFFICER, RECEIVED, WHY, Open, verify

BROKER = "intermediaries.makelaars"


class Program:
    """A recipient's program: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.status, self.location = 201, ""


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Program]]:
    """Run the program on a port of this machine."""
    program = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.title(): text for name, text in self.headers.items()}
            program.taken.append((self.path, headers, json.loads(body)))
            self.send_response(program.status)
            if program.location:
                self.send_header("Location", program.location)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/v2", program
        http.shutdown()


@contextmanager
def policy(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> Iterator[None]:
    """Give the broker a program."""
    controller = current()
    kind = controller.recipients["intermediaries"]
    entry = replace(kind.named["makelaars"], **changes)
    other = replace(kind, named=MappingProxyType({**kind.named, "makelaars": entry}))
    recipients = {**controller.recipients, "intermediaries": other}
    changed = replace(controller, recipients=MappingProxyType(recipients))
    checks.check_recipients(changed)
    with monkeypatch.context() as patch:
        patch.setattr(notice_http, "current", lambda: changed)
        yield


def tell(ticket: Ticket, operation: OrderAct) -> str:
    """Tell the broker alone; return where the notice stands then."""
    with transaction.atomic():
        owe_notices(lock(ticket.pk), operation, by=OFFICER, at=RECEIVED)
    notice = ticket.notices.get(recipient=BROKER, operation=operation)
    casework.tell_recipient(notice.pk, details=WHY, by=OFFICER, at=RECEIVED)
    casework.send_letters(at=RECEIVED)
    notice.refresh_from_db()
    return str(notice.state)


@pytest.fixture
def ticket(open_case: Open, server: tuple[str, Program]) -> Ticket:
    """Open an erasure for Jeanne; the program has forgotten what it was sent."""
    program = server[1]
    program.taken, program.status, program.location = [], 201, ""
    ticket = verify(open_case("erasure", email=JEANNE)).tickets.get()
    mail.outbox.clear()
    casework.send_letters(at=RECEIVED)
    mail.outbox.clear()
    return ticket


def test_our_own_notice_says_what_the_mail_says(
    ticket: Ticket, server: tuple[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, program = server
    monkeypatch.setenv("BROKER_TOKEN", "s3cret")
    with policy(monkeypatch, url=url, token_env="BROKER_TOKEN"):  # noqa: S106  # a name
        assert tell(ticket, OrderAct.CORRECT) == "sent"
    [(path, headers, body)] = program.taken
    assert (path, headers["Authorization"]) == ("/v2", "Bearer s3cret")
    assert body["operation"] == "correct"
    assert body["identifiers"] == [JEANNE]
    assert ticket.errands.get().token in body["confirm_at"]
    assert mail.outbox == []
    letter = ticket.letters.get(kind="recipient_notice")
    assert letter.proof.startswith("taken by the recipient's program")
    assert headers["Idempotency-Key"] == letter.message_id.strip("<>")


def test_opendsr_takes_an_erasure_and_the_rest_goes_by_mail(
    ticket: Ticket, server: tuple[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, program = server
    with policy(monkeypatch, url=url, protocol="opendsr"):
        assert tell(ticket, OrderAct.ERASE) == "sent"
        assert mail.outbox == []
        assert tell(ticket, OrderAct.CORRECT) == "sent"
    [(path, _headers, body)] = program.taken
    assert path == "/v2/requests"
    assert body["subject_request_type"] == "erasure"
    assert body["subject_request_id"][14] == "4"
    assert body["subject_identities"] == [
        {"identity_type": "email", "identity_value": JEANNE, "identity_format": "raw"}
    ]
    assert [one.to for one in mail.outbox] == [["privacy@makelaars.demo.example"]]


def test_who_does_not_take_it_is_asked_again_and_nobody_is_followed(
    ticket: Ticket, server: tuple[str, Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, program = server
    program.status, program.location = 307, url.replace("/v2", "/elsewhere")
    with policy(monkeypatch, url=url, protocol="notice"):
        assert tell(ticket, OrderAct.ERASE) == "queued"
        program.status, program.location = 202, ""
        casework.send_letters(at=RECEIVED + DAY)
    assert [path for path, _headers, _body in program.taken] == ["/v2", "/v2"]
    keys = {headers["Idempotency-Key"] for _path, headers, _body in program.taken}
    assert len(keys) == 1
    assert ticket.notices.get(recipient=BROKER).state == "sent"


@pytest.mark.parametrize(
    ("changes", "cure"),
    [
        ({"url": "http://broker.example/v2"}, "give one with https"),
        ({"url": "https://broker.example", "mail": None, "address": "x"}, "mail is"),
        ({"token_env": "X"}, "is for a url"),
    ],
)
def test_a_program_without_encryption_or_mail_is_refused(
    changes: dict[str, Any], cure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PolicyFileError, match=cure), policy(monkeypatch, **changes):
        pass
