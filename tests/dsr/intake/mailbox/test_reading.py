"""Any mail is read in a child that may die; the mail never gets lost with it."""

import os
import pickle
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest

from dsr.intake.mailbox import reading
from dsr.intake.mailbox.child import unpickled
from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.enclosed.reader import read_enclosed
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import UNREAD, ParsedMail
from dsr.intake.mailbox.reading import read
from tests.dsr.intake.mailbox.enclosed.files import pdf
from tests.dsr.intake.mailbox.samples import MAIL

HEADERS = (
    b"From: Jeanne <jeanne@home.example>\r\nTo: dpo@company.example\r\n"
    b"Subject: My data\r\nMessage-ID: <1@home.example>\r\n"
)
LETTER = HEADERS + (
    b"\r\nPlease send me a copy of all personal data you hold about me.\r\n"
)
LARGE = HEADERS + b"Content-Type: application/pdf; name=a.pdf\r\n"
LARGE += b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 6_000_000


@pytest.fixture(autouse=True)
def children_of_our_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave no child behind that was started with other limits."""
    monkeypatch.setattr(reading, "_idle", [])
    yield
    while reading._idle:
        reading._idle.pop().kill()


def the_child() -> reading._Child:
    (child,) = reading._idle
    return child


def test_a_child_reads_what_the_reader_reads_and_is_kept() -> None:
    samples = [path.read_bytes() for path in sorted(MAIL.glob("eml/*.eml"))]

    mails = [parse(raw) for raw in samples]
    mails = [mail.enclosing(read_enclosed(mail)) for mail in mails]
    assert [read(raw) for raw in samples] == mails
    assert the_child().mails == len(samples)


@pytest.mark.parametrize(
    ("limit", "value"), [("SECONDS", 0.02), ("MEMORY", 30_000_000)]
)
def test_a_mail_that_kills_the_child_waits_in_the_tray_with_its_headers(
    limit: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, limit, value)
    mail = read(LARGE)
    found = classify(mail)

    assert mail.is_unread
    assert (mail.sha256, mail.size) == (parse(LARGE).sha256, len(LARGE))
    assert (mail.sender.address, mail.subject) == ("jeanne@home.example", "My data")
    assert (mail.message_id, mail.text) == ("1@home.example", "")
    assert (found.kind, found.reason) == ("review", mail.problems[0])
    assert not read(LETTER).is_unread


def test_a_child_that_stands_still_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    read(LETTER)
    stopped = the_child()
    os.kill(stopped.process.pid, signal.SIGSTOP)
    monkeypatch.setattr(reading, "CLOCK_SECONDS", 0.2)
    mail = read(LETTER)

    assert mail.problems[0].startswith(UNREAD)
    assert mail.sender.address == "jeanne@home.example"
    assert stopped.process.returncode == -signal.SIGKILL


def test_when_even_the_headers_are_too_much_the_bytes_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lose(raw: bytes) -> ParsedMail:
        raise reading.LostChildError

    monkeypatch.setattr(reading, "_read_once", lose)
    mail = read(LETTER)

    assert (mail.sha256, mail.size) == (parse(LETTER).sha256, len(LETTER))
    assert classify(mail).kind == "review"


def test_a_child_killed_between_two_mails_costs_neither() -> None:
    read(LETTER)
    killed = the_child()
    killed.process.kill()
    killed.process.wait()

    assert not read(LETTER).is_unread
    assert the_child() is not killed


def test_a_child_is_replaced_after_its_mails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAILS", 1)
    read(LETTER)

    assert reading._idle == []


def test_threads_have_a_child_each() -> None:
    with ThreadPoolExecutor(2) as pool:
        mails = list(pool.map(read, [LETTER, LARGE[:100_000]] * 4))

    assert [mail.size for mail in mails] == [len(LETTER), 100_000] * 4
    assert 1 <= len(reading._idle) <= 2


def test_a_forked_worker_starts_a_child_of_its_own() -> None:
    read(LETTER)
    ours = the_child().process.pid
    worker = os.fork()
    if not worker:
        theirs = read(LETTER)
        fine = not theirs.is_unread and the_child().process.pid != ours
        reading._end()
        os._exit(0 if fine else 1)

    assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == 0
    assert read(LETTER) == parse(LETTER)
    assert the_child().process.pid == ours


def test_a_child_says_facts_and_cannot_make_us_act() -> None:
    with pytest.raises(pickle.UnpicklingError, match="system"):
        unpickled(b"cposix\nsystem\n(S'true'\ntR.", reading.KNOWN)


def test_a_file_that_kills_the_child_costs_its_words_and_not_the_mail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.1)
    mail = read(with_file("letter.pdf", pdf("(words) " * 5_000, pages=20)))

    assert (mail.text, mail.enclosed) == ("See the letter.", "")
    assert mail.problems == ("files too much to read: they were not read",)
    assert classify(mail).kind == "review"
    assert not read(LETTER).is_unread


def with_file(name: str, content: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "jeanne@home.example"
    mail.set_content("See the letter.")
    mail.add_attachment(content, "application", "octet-stream", filename=name)
    return mail.as_bytes()
