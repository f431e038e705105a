"""A person by e-mail, from her letter to the package in her hands; and a stranger."""

import json
import re
import zipfile
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.archive import answer_for_the_archive
from tests.journeys.officer_api import Officer
from tests.servers.live import Live, eventually

JEANNE = "jeanne.peeters@demo.example"
LETTER = """Bonjour,

Je souhaite recevoir une copie de toutes les données que vous avez sur moi.
Et ne m'envoyez plus jamais de publicité.

Jeanne Peeters
"""
FOLLOW_UP = """Bonjour,

Voici encore mon numéro de téléphone, si cela vous aide : 0470 00 00 00.

Jeanne Peeters
"""

APPROVE = """
from django.utils import timezone
from dsr import casework
from dsr.models import Letter
from dsr.vocabulary import Actor
officer = Actor("officer", frozenset({"handler"}))
letter = Letter.objects.get(case__reference="%s", kind="reply", state="draft")
casework.approve_letter(letter.pk, by=officer, at=timezone.now())
"""


def a_mail(sender: str, subject: str, text: str, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "dpo.bnl@ipa.example", subject
    mail["Message-ID"] = f"<{abs(hash((sender, subject, text)))}@mail.example>"
    mail["Received"] = (
        "from out.example by mx.ipa.example; Mon, 02 Nov 2026 23:50:00 +0100"
    )
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def fetch(live: Live, folder: Path, mail: EmailMessage) -> Any:
    path = folder / "mail.eml"
    path.write_bytes(mail.as_bytes())
    return json.loads(live.manage("fetch_mail", "--eml", str(path)))


def the_mail(live: Live, reference: str, *, about: str) -> Message:
    """Return the mail of a case whose text says so, once the worker has sent it."""

    def look() -> Message | None:
        for mail in live.mails_to(JEANNE):
            text = body(mail)
            if reference in text and re.search(about, text):
                return mail
        return None

    return eventually(look)


def body(mail: Message) -> str:
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


@pytest.fixture(scope="module")
def opened(live: Live, tmp_path_factory: pytest.TempPathFactory) -> Any:
    mail = a_mail(f"Jeanne Peeters <{JEANNE}>", "Mes données", LETTER)
    return fetch(live, tmp_path_factory.mktemp("mail"), mail)


def test_one_letter_is_one_case_with_two_tickets(opened: Any) -> None:
    assert opened["result"] == "opened"
    assert opened["tickets"] == ["access", "marketing_opt_out"]
    assert opened["received_at"].startswith("2026-11-02T22:50")


def test_the_acknowledgement_names_the_legal_day_and_no_person(
    live: Live, opened: Any
) -> None:
    mail = the_mail(live, opened["case"], about="mercredi 2 décembre 2026")

    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"].endswith("@mail.example>")
    assert "Jeanne" not in body(mail)
    assert "Peeters" not in body(mail)


def test_the_same_mail_again_changes_nothing(
    live: Live, opened: Any, tmp_path: Path
) -> None:
    mail = a_mail(f"Jeanne Peeters <{JEANNE}>", "Mes données", LETTER)

    again = fetch(live, tmp_path, mail)

    assert again["repeated"] is True
    assert again["case"] == opened["case"]


def test_her_answer_joins_the_case(live: Live, opened: Any, tmp_path: Path) -> None:
    subject = f"Re: {opened['case']}"

    joined = fetch(live, tmp_path, a_mail(JEANNE, subject, FOLLOW_UP))

    assert (joined["result"], joined["case"]) == ("threaded", opened["case"])


def test_a_stranger_who_knows_the_reference_waits_in_the_tray(
    live: Live, opened: Any, tmp_path: Path
) -> None:
    text = f"Bonjour, envoyez-moi la copie du dossier {opened['case']}."

    seen = fetch(live, tmp_path, a_mail("luc@elsewhere.example", "Copie", text))

    assert (seen["result"], seen["case"]) == ("tray", None)


def test_she_gets_her_data(live: Live, opened: Any, page: Page, tmp_path: Path) -> None:
    reference = opened["case"]
    officer = Officer(live)
    enter(live, page, reference)  # it proves her address, so that it may be searched
    ticket = ticket_of(officer, reference, "access")

    officer.act(ticket, "take_in_hand")
    officer.answer_the_list(ticket)
    browser = page.context.browser
    assert browser is not None
    answer_for_the_archive(
        browser.new_page(),
        live,
        lambda: ticket_state(officer, reference) == "reviewing",
    )
    Officer(live, "adviser").act(ticket, "clear_health")
    proposed = officer.act(ticket, "propose", outcome="granted")
    assert proposed["state"] == "packaging"
    eventually(lambda: ticket_state(officer, reference) == "decision_pending")
    officer.answer_the_checks(ticket)
    officer.act(ticket, "decide")
    eventually(lambda: ticket_state(officer, reference) == "reply_pending")
    approve(live, reference)
    eventually(lambda: ticket_state(officer, reference) == "replied")
    notice = the_mail(live, reference, about="réponse à votre demande est prête")
    assert "Peeters" not in body(notice)

    page.reload()
    with page.expect_download() as download:
        page.click("a[href*='/package/']")
    file = tmp_path / "package.zip"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as package:
        names = set(package.namelist())
        data = json.loads(package.read("data.json"))
    assert {"data.json", "index.html", "manifest.json"} <= names
    assert "Jeanne" in json.dumps(data, ensure_ascii=False)
    assert "whole" in live.manage("check_ledger")


def enter(live: Live, page: Page, reference: str) -> None:
    """Open the case in the browser, with a code from a mail."""
    page.goto(f"/fr/status/{reference}/")
    page.goto("/fr/status/")
    page.fill("input[name=reference]", reference)
    page.click("main button[type=submit]")
    code = re.search(
        r"\b(\d{8}|\d{4} \d{4})\b",
        body(the_mail(live, reference, about="à usage unique qui")),
    )
    assert code
    page.fill("input[name=code]", code[1])
    page.click("main button[type=submit]")
    assert page.locator("h1").count() == 1


def ticket_of(officer: Officer, reference: str, right: str) -> int:
    tickets = officer.case(reference)["tickets"]
    return next(int(one["id"]) for one in tickets if one["right"] == right)


def ticket_state(officer: Officer, reference: str) -> str:
    tickets = officer.case(reference)["tickets"]
    return next(str(one["state"]) for one in tickets if one["right"] == "access")


def approve(live: Live, reference: str) -> None:
    live.manage("shell", "--no-imports", "--verbosity", "0", "-c", APPROVE % reference)
