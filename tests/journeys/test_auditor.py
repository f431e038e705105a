"""An auditor's morning: the registers, a period report, one case's file, the ledger."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from config.run.keys import ROOT
from tests.servers.live import Live

OPEN = """
import json
from django.utils import timezone
from dsr import casework
from dsr.vocabulary import Actor, Channel
at = timezone.now()
case = casework.open_case(casework.NewCase(channel=Channel.PHONE, received_at=at,
    language="de", rights=["access", "erasure"], text="Was haben Sie?",
    name="Anna Audita", email="anna.audita@elsewhere.example"),
    by=Actor("officer", frozenset({"handler"})), at=at)
print(case.reference)
"""


@pytest.fixture(scope="module")
def reference(live: Live) -> str:
    said = live.manage("shell", "--no-imports", "--verbosity", "0", "-c", OPEN)
    return said.strip()


@pytest.fixture
def auditor(page: Page, live: Live, reference: str) -> Page:
    page.goto("/desk/login/")
    page.fill("input[name=username]", "auditor")
    page.fill("input[name=password]", live.password("auditor"))
    page.click("[type=submit]")
    page.wait_for_url("**/desk/")
    return page


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}" for one in found]


@pytest.mark.once
@pytest.mark.parametrize(
    "address",
    ["/desk/", "/desk/dsr/ticket/", "/desk/dsr/ledgerentry/", "/desk/reports/period/"],
)
def test_the_registers_are_open_and_accessible(auditor: Page, address: str) -> None:
    answer = auditor.goto(address)

    assert answer is not None
    assert answer.status == 200
    assert faults(auditor) == []


def test_no_person_stands_in_the_queue(auditor: Page, reference: str) -> None:
    auditor.goto("/desk/dsr/ticket/")

    assert reference in auditor.content()
    assert "Audita" not in auditor.content()


def test_a_period_report_is_made_at_the_desk(auditor: Page, tmp_path: Path) -> None:
    auditor.goto("/desk/reports/period/")
    with auditor.expect_download() as download:
        auditor.click("main button[type=submit], #content [type=submit]")
    path = tmp_path / "report.pdf"
    download.value.save_as(path)

    text = "".join(page.extract_text() for page in PdfReader(path).pages)

    assert "Inter Partner Assistance" in text
    assert "Audita" not in text


def test_a_case_file_proves_itself(live: Live, reference: str, tmp_path: Path) -> None:
    pdf, data = tmp_path / "case.pdf", tmp_path / "case.json"

    live.manage("case_bundle", reference, "--pdf", str(pdf), "--json", str(data))

    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert reference in text
    assert "whole" in live.manage("check_ledger", "--bundle", str(data))
    altered = json.loads(data.read_text("utf-8"))
    data.write_text(json.dumps(altered).replace("case.opened", "case.closed"), "utf-8")
    found = check_ledger(live.environ, "--bundle", str(data))
    assert found.returncode == 1
    assert f"{reference}: line 1 " in found.stdout


def check_ledger(
    environ: dict[str, str], *arguments: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "check_ledger", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
