"""Ways in: encrypted or on this machine, password or token; and what is in the way."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from dsr.intake.fetching.account import MailboxError, account
from tests.dsr.intake.fetching.conftest import Person, an_invoice, take
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.live import free_port


def address(person: Person, scheme: str, port: int, more: str) -> str:
    return f"{scheme}://{person.user}:{PASSWORD}@127.0.0.1:{port}/INBOX?{more}"


def imaps(person: Person, more: str = "") -> str:
    return address(person, "imaps", person.server.tls_port, more)


def starttls(person: Person, more: str = "") -> str:
    return address(person, "imap", person.server.port, f"starttls=yes&{more}")


@pytest.mark.parametrize("way", [imaps, starttls])
def test_encrypted_with_a_certificate_of_ones_own(
    person: Person, way: Callable[..., str]
) -> None:
    person.gets(an_invoice(1))
    trusted = quote(str(person.server.certificate))

    assert len(take(account(way(person, f"ca={trusted}")))) == 1


@pytest.mark.parametrize("way", [imaps, starttls])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    person: Person, way: Callable[..., str]
) -> None:
    with pytest.raises(MailboxError, match=r"certificate of 127\.0\.0\.1 is not"):
        take(account(way(person)))


def test_a_password_can_lie_in_a_file(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    person.gets(an_invoice(1))
    bare = person.url.replace(f":{PASSWORD}@", "@")

    assert len(take(account(f"{bare}password_file={file}"))) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((f":{PASSWORD}@", ":nonsense@"), "refuses the login; check the user"),
        (("/INBOX", "/Elsewhere"), "there is no folder 'Elsewhere'"),
        (("INBOX?", "INBOX?ca=/none&starttls=yes&"), "is not reachable"),
    ],
)
def test_what_is_in_the_way_is_one_sentence(
    person: Person, wrong: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(MailboxError, match=sentence) as refused:
        take(account(person.url.replace(*wrong)))

    assert "nonsense" not in str(refused.value)
    assert str(refused.value).startswith(f"{person.account.key}: ")


def test_nobody_at_the_door_is_one_sentence(house: object) -> None:
    nowhere = account(f"imap://dpo:x@127.0.0.1:{free_port()}/INBOX")

    with pytest.raises(MailboxError, match=r"is not reachable \(Connection refused"):
        take(nowhere)


class Introspection(BaseHTTPRequestHandler):
    """What an authorisation server says of a token."""

    def do_GET(self) -> None:
        """Answer as the library asks: a user's fresh token is known."""
        user, known, _rest = self.path.rpartition("/")[2].partition("-fresh")
        told = {"username": user, "active": bool(known)}
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def with_tokens() -> Iterator[Dovecot]:
    told = HTTPServer(("127.0.0.1", 0), Introspection)
    thread = Thread(target=told.serve_forever)
    thread.start()
    server = Dovecot(introspection=f"http://127.0.0.1:{told.server_port}/")
    try:
        server.start()
        yield server
    finally:
        server.stop()
        told.shutdown()
        told.server_close()
        thread.join()


@pytest.mark.parametrize("kind", ["token_command=echo%20{}", "token_file={file}"])
def test_a_token_is_asked_for_at_each_run(
    with_tokens: Dovecot, house: Path, kind: str
) -> None:
    person = Person(with_tokens)
    person.gets(an_invoice(1))
    file = house / "token"
    bare = person.url.replace(f":{PASSWORD}@", "@")
    old, fresh = f"{person.user}-old", f"{person.user}-fresh"
    file.write_text(old, encoding="utf-8")
    with pytest.raises(MailboxError, match="refuses the login"):
        take(account(bare + kind.format(old, file=file)))

    file.write_text(fresh, encoding="utf-8")
    assert len(take(account(bare + kind.format(fresh, file=file)))) == 1


def test_plain_text_leaves_no_machine() -> None:
    assert account("imap://dpo:x@mail.example").starttls
    assert account("imap://dpo:x@192.0.2.1").starttls
    assert not account("imap://dpo:x@localhost").starttls
    assert not account("imap://dpo:x@[::1]").starttls
