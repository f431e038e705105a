"""The DPO's mailbox on a real server: a mail, the tray, the answer; who is killed."""

import email.policy
import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from itertools import count

import pytest
from imap_tools import MailBoxUnencrypted
from playwright.sync_api import Browser, Page, expect

from config.run.keys import ROOT
from config.run.process import Process
from tests.journeys.officer_api import Officer
from tests.journeys.test_person_by_mail import body, ticket_of
from tests.servers.cutting import Cut, cutting
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.live import Live, eventually

ANNA = "anna.vermeulen@home.example"
DOUBTFUL = """Good morning,

What I have to say stands in the letter that I attach.

Anna Vermeulen
"""
OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000)  # nobody reads it but Word
REPLY = "Thank you. You can reach me after six.\n\nAnna Vermeulen\n"
REQUEST = "Please send me a copy of all personal data you hold about me (Art. 15 GDPR)."
NUMBERS = count(1)
CROWD = 8
COUNTS = """
from dsr.models import Arrival, Case, Delivery
found = Arrival.objects.filter(sender__startswith="crowd")
print(found.count(), found.filter(result="opened").count(),
      Delivery.objects.filter(arrival__in=found, mark_owed=False).count())
"""


def a_mail(
    sender: str, subject: str, text: str, *, letter: bytes = b"", **headers: str
) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "dpo.bnl@ipa.example", subject
    mail["Message-ID"] = f"<{next(NUMBERS)}@home.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if letter:
        mail.add_attachment(letter, "application", "msword", filename="letter.doc")
    return mail.as_bytes(policy=email.policy.SMTP)


class Postman:
    """Takes mails between the desk and Anna, whose mailbox is on the same server."""

    def __init__(self, live: Live, dovecot: Dovecot) -> None:
        """Know where both live; Anna's mailbox is as new as the desk."""
        self.live, self.dovecot = live, dovecot
        self.desk = user_of(live)
        self.anna = self.desk.replace("dpo", "anna")
        self.carried = 0

    def to_the_desk(self, mail: bytes) -> None:
        """Put a mail into the DPO's inbox."""
        with self.dovecot.box(self.desk) as box:
            box.append(mail)

    def to_anna(self) -> None:
        """Put what the desk sent to her since into her mailbox."""
        sent = self.live.mails_to(ANNA)
        with self.dovecot.box(self.anna) as box:
            for mail in sent[self.carried :]:
                box.append(mail.as_bytes())
        self.carried = len(sent)

    def read_by_anna(self, about: str) -> Message:
        """Return the mail in her inbox that says so, once it is there."""

        def look() -> Message | None:
            self.to_anna()
            with self.dovecot.box(self.anna) as box:
                return next((one for one in inbox(box) if about in body(one)), None)

        return eventually(look)


def user_of(live: Live) -> str:
    """Return who the DPO is on the mail server."""
    return live.environ["MAILBOXES"].partition("//")[2].partition(":")[0]


def inbox(box: MailBoxUnencrypted) -> Iterator[Message]:
    for mail in box.fetch():
        yield message_from_bytes(mail.obj.as_bytes())


@pytest.fixture
def postman(live: Live, dovecot: Dovecot) -> Postman:
    return Postman(live, dovecot)


@pytest.fixture
def following(live: Live) -> Iterator[Process]:
    """Run the command that the server tells of each mail; the worker reads besides."""
    command = [sys.executable, "manage.py", "fetch_mail", "--follow", "--imap"]
    command += [live.environ["MAILBOXES"]]
    log = live.data / "log/follow.log"
    process = Process("follow", command, log, live.environ, ROOT)
    process.start()
    try:
        yield process
    finally:
        process.stop(within=5)


@pytest.fixture
def tray(browser: Browser, live: Live) -> Iterator[Page]:
    """Log the officer in, and open the tray."""
    context = browser.new_context(base_url=live.url, locale="en-GB")
    page = context.new_page()
    page.goto("/desk/dsr/arrival/")
    page.get_by_label("Username").fill("officer")
    page.get_by_label("Password").fill(live.password("officer"))
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def test_from_the_mailbox_through_the_tray_to_the_answer(
    live: Live, postman: Postman, following: Process, tray: Page
) -> None:
    sender = f"Anna Vermeulen <{ANNA}>"
    postman.to_the_desk(a_mail(sender, "My letter", DOUBTFUL, letter=OLD_WORD))

    reference, case = confirm_in_the_tray(tray)
    acknowledgement = postman.read_by_anna(reference)
    assert acknowledgement["Auto-Submitted"] == "auto-replied"
    assert acknowledgement["In-Reply-To"].endswith("@home.example>")

    subject = "Re: " + " ".join(str(acknowledgement["Subject"]).split())
    answers = str(acknowledgement["Message-ID"]).strip()
    postman.to_the_desk(a_mail(ANNA, subject, REPLY, In_Reply_To=answers))
    eventually(lambda: shows(tray, case, "You can reach me after six"))
    tickets = Officer(live).case(reference)["tickets"]
    assert [one["right"] for one in tickets] == ["marketing_opt_out"]
    close_orders(live, reference)
    answer = postman.read_by_anna("is ready")
    assert reference in body(answer)
    assert following.running


def confirm_in_the_tray(tray: Page) -> tuple[str, str]:
    """Open the case that Anna meant; return its reference and its page."""
    eventually(lambda: open_the_mail_of(tray, ANNA))
    form = tray.locator("form[action$='/open/']")
    if not form.is_visible():
        tray.locator("details", has=form).locator("summary").first.click()
    proposed = form.locator("input[name=rights]:checked")
    while proposed.count():
        proposed.first.uncheck()
    form.locator("input[value=marketing_opt_out]").check()
    form.locator("button[type=submit]").first.click()
    said = tray.locator(".messagelist .success")
    expect(said).to_be_visible()
    found = re.search(r"DSR-\d{4}-\d{6}-\w+", said.inner_text())
    assert found, said.inner_text()
    link = said.get_by_role("link", name=found[0])
    return found[0], str(link.get_attribute("href"))


def shows(tray: Page, page: str, words: str) -> bool:
    tray.goto(page)
    return words in tray.locator("#content-main").inner_text()


def open_the_mail_of(tray: Page, sender: str) -> bool:
    """Look through the tray for a mail; leave it open."""
    tray.goto("/desk/dsr/arrival/")
    links = tray.locator("#result_list a[href*='/arrival/']").all()
    for address in [str(link.get_attribute("href")) for link in links]:
        tray.goto(address)
        if sender in tray.locator("#content-main").inner_text():
            return True
    return False


def close_orders(live: Live, reference: str) -> None:
    """Let every system have done what it was ordered to, unless a machine has."""
    officer = Officer(live)
    ticket = ticket_of(officer, reference, "marketing_opt_out")
    note = "The owner of each system has confirmed that it is done."

    def none_waits() -> bool:
        listed = officer.case(reference)["tickets"][0]["orders"]
        orders = [one["id"] for one in listed if one["state"] == "waiting"]
        if orders:
            officer.act(ticket, "close_orders", orders=orders, done=True, note=note)
        return not orders

    eventually(none_waits)


def test_killed_anywhere_and_read_by_two_each_mail_is_one_case(
    live: Live, dovecot: Dovecot
) -> None:
    user = (
        live.environ["MAILBOXES"].split("//")[1].split(":")[0].replace("dpo", "crowd")
    )
    with dovecot.box(user) as box:
        for number in range(CROWD):
            box.append(a_mail(f"crowd{number}@home.example", "My data", REQUEST))
    cut = Cut(b"BODY.PEEK", answered=60, stalls=True)
    with cutting(dovecot.port, cut) as port:
        address = f"imap://{user}:{PASSWORD}@127.0.0.1:{port}/INBOX"
        killed = fetching(live, address)
        cut.reached.wait()
        # In the middle of the fetch.
        assert lines_of(killed, signal.SIGKILL) == []

        cut.again(b"STORE")
        killed = fetching(live, address)
        cut.reached.wait()
        assert (
            lines_of(killed, signal.SIGKILL) == []
        )  # after the commit, before the flag

        two = [fetching(live, address), fetching(live, address)]
        lines = [line for one in two for line in lines_of(one)]

    first_seen = [line for line in lines if not line["repeated"]]
    assert len(first_seen) == CROWD - 1
    assert len({line["case"] for line in first_seen}) == CROWD - 1
    found = live.manage("shell", "--no-imports", "--verbosity", "0", "-c", COUNTS)
    assert found.split() == [str(CROWD)] * 3
    with dovecot.box(user) as box:
        flags = [mail.flags for mail in box.fetch(headers_only=True, mark_seen=False)]
    assert all("\\Seen" in one for one in flags)


def fetching(live: Live, address: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "fetch_mail", "--imap", address]
    return subprocess.Popen(command, cwd=ROOT, env=live.environ, stdout=subprocess.PIPE)


def lines_of(
    process: subprocess.Popen[bytes], kill: signal.Signals | None = None
) -> list[dict[str, object]]:
    """Return what a run printed until it ended, or was killed."""
    if kill is not None:
        process.send_signal(kill)
    printed, _nothing = process.communicate()
    assert process.returncode == (-kill if kill else 0)
    return [json.loads(line) for line in printed.splitlines()]
