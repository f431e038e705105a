"""Who may see which page: each address against each role."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from dsr import casework
from dsr.casework import NewFile
from dsr.models import Arrival, ArrivalResult, Case, Scan, Ticket
from tests.dsr.desk.conftest import NOW, OFFICER

pytestmark = pytest.mark.django_db

MAIL = b"""Subject: hello
Content-Type: multipart/mixed; boundary=x

--x
Content-Disposition: attachment; filename=a.bin

hello
--x--
"""
SEEN, LOGIN, FORBIDDEN = 200, 302, 403
NOT = FORBIDDEN
#  page                  officer  dpo    auditor  superuser  medic  ada
PAGES: list[tuple[str, int, int, int, int, int, int]] = [
    ("index", SEEN, SEEN, SEEN, SEEN, SEEN, SEEN),
    ("dsr_ticket_changelist", SEEN, SEEN, SEEN, NOT, NOT, NOT),
    ("dsr_ledgerentry_changelist", SEEN, SEEN, SEEN, NOT, NOT, NOT),
    ("dsr_letter_changelist", SEEN, SEEN, SEEN, NOT, NOT, NOT),
    ("dsr_case_changelist", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("dsr_arrival_changelist", SEEN, SEEN, NOT, NOT, NOT, NOT),
    (
        "dsr_searchtask_changelist",
        SEEN,
        SEEN,
        NOT,
        NOT,
        NOT,
        NOT,
    ),
    ("dsr_case_change", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("dsr_letter_change", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("letter_pdf", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("dsr_arrival_change", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("mail", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("mail_file", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("split_mail", SEEN, NOT, NOT, NOT, NOT, NOT),
    ("dsr_blockedsender_changelist", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("document", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("findings", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("act", SEEN, 409, NOT, NOT, NOT, NOT),
    ("case_act", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("calendar", NOT, SEEN, NOT, NOT, NOT, NOT),
    ("new_case", SEEN, NOT, NOT, NOT, NOT, NOT),
    ("typed_in", SEEN, NOT, NOT, NOT, NOT, NOT),
    ("oral", SEEN, NOT, NOT, NOT, NOT, NOT),
    ("scan", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("scan_file", SEEN, SEEN, NOT, NOT, NOT, NOT),
    ("cover_sheet", SEEN, NOT, NOT, NOT, NOT, NOT),
    ("auth_user_changelist", NOT, NOT, NOT, SEEN, NOT, SEEN),
    ("auth_group_changelist", NOT, NOT, NOT, SEEN, NOT, SEEN),
    ("health", NOT, NOT, NOT, NOT, SEEN, NOT),
]
ROLES = ("officer", "dpo", "auditor", "superuser", "medic", "ada")
MATRIX = [
    (page, who, status)
    for page, *statuses in PAGES
    for who, status in zip(ROLES, statuses, strict=True)
]


@pytest.fixture
def urls(found: Ticket) -> dict[str, str]:
    """Make one of everything, and return the address of each page."""
    case = found.case
    scan = NewFile("attachment", "scan.pdf", "application/pdf", b"%PDF-1.7")
    document = casework.add_document(case.pk, scan, by=OFFICER, at=NOW)
    mail = Arrival(sha256="0" * 64, received_at=NOW, result=ArrivalResult.TRAY)
    mail.raw.save("mail", ContentFile(MAIL))
    paper = Scan(sha256="1" * 64, name="letter.png", added_at=NOW, added_by="officer")
    paper.file.save("scan", ContentFile(b"\x89PNG\r\n\x1a\n"))
    numbers: dict[str, list[object]] = {
        "scan": [paper.pk],
        "scan_file": [paper.pk],
        "cover_sheet": [case.pk],
        "dsr_case_change": [case.pk],
        "dsr_letter_change": [case.letters.get().pk],
        "letter_pdf": [case.letters.get().pk],
        "dsr_arrival_change": [mail.pk],
        "mail": [mail.pk],
        "mail_file": [mail.pk, 1],
        "split_mail": [mail.pk],
        "document": [document.pk],
        "findings": [found.searches.get().pk],
        "act": [found.pk, "propose"],
        "case_act": [case.pk, "note"],
    }
    return {
        page: reverse(f"admin:{page}", args=numbers.get(page, []))
        for page, *_statuses in PAGES
    }


def status_of(client: Client, url: str) -> int:
    answer = client.get(url)
    list(answer)  # a file is closed when it has been read
    return int(answer.status_code)


@pytest.mark.parametrize("who", ["anonymous", *ROLES])
def test_each_page_is_for_its_roles(
    enter: Callable[[str], Client], urls: dict[str, str], who: str
) -> None:
    client = enter(who)
    expected = (
        {page: status for page, name, status in MATRIX if name == who}
        if who in ROLES
        else dict.fromkeys(urls, LOGIN)
    )
    assert {page: status_of(client, url) for page, url in urls.items()} == expected


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("model", ["ticket", "case", "letter", "ledgerentry"])
def test_nobody_adds_changes_or_deletes_through_djangos_forms(
    enter: Callable[[str], Client], case: Case, who: str, model: str
) -> None:
    client = enter(who)
    number = {
        "ticket": case.tickets.get().pk,
        "case": case.pk,
        "letter": case.letters.get().pk,
        "ledgerentry": 1,
    }[model]
    add = client.post(reverse(f"admin:dsr_{model}_add"), {"state": "closed"})
    delete = client.post(
        reverse(f"admin:dsr_{model}_delete", args=[number]), {"post": "yes"}
    )
    change = client.post(
        reverse(f"admin:dsr_{model}_change", args=[number]), {"state": "closed"}
    )
    assert (add.status_code, delete.status_code) == (403, 403)
    assert change.status_code in (302, 403, 405)
    assert Ticket.objects.get().state == "triage"


def test_a_superuser_without_a_role_sees_no_case(
    enter: Callable[[str], Client], case: Case
) -> None:
    home = enter("superuser").get(reverse("admin:index")).content.decode()
    assert "Users" in home
    assert "Queue" not in home


def test_the_auditors_queue_names_no_case_page(
    enter: Callable[[str], Client], case: Case
) -> None:
    text = enter("auditor").get(reverse("admin:dsr_ticket_changelist")).content.decode()
    assert case.reference in text
    assert reverse("admin:dsr_case_change", args=[case.pk]) not in text
    assert "Ann Example" not in text


def test_somebody_who_is_no_staff_does_not_enter(
    enter: Callable[[str], Client], staff: dict[str, User], case: Case
) -> None:
    officer = staff["officer"]
    officer.is_staff = False
    officer.save()
    assert enter("officer").get(reverse("admin:index")).status_code == 302


def test_a_file_is_handed_out_as_a_download(
    officer: Client, urls: dict[str, str], case: Case
) -> None:
    answer = officer.get(urls["document"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    document = case.documents.get()
    name = f"{case.reference}-{document.pk}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert b"".join(answer) == b"%PDF-1.7"


def test_a_file_of_an_unknown_type_stays_unknown(officer: Client, case: Case) -> None:
    page = NewFile("attachment", "x.html", "text/html", b"<script>alert(1)</script>")
    document = casework.add_document(case.pk, page, by=OFFICER, at=NOW)
    answer = officer.get(reverse("admin:document", args=[document.pk]))
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer) == b"<script>alert(1)</script>"
