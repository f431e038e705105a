"""The desk's pages on which reports are ordered, and who may."""

import hashlib
import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from dsr import casework
from dsr.models import LedgerEntry
from exports.building import build_packages
from exports.models import Package
from tests.exports.conftest import HANDLER, NOW, Decided


def sign_in(client: Client, *roles: str) -> None:
    """Sign a member of staff with these roles in."""
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    client.force_login(user)


PERIOD: dict[str, Any] = {
    "first": "2026-11-01",
    "last": "2026-11-30",
    "language": "en",
}


def test_an_auditor_orders_the_period_report(desk: None, client: Client) -> None:
    sign_in(client, "auditor")

    answer = client.post(reverse("admin:period_report"), {**PERIOD, "wanted": "pdf"})

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].endswith(
        'filename="period-2026-11-01-2026-11-30.pdf"'
    )
    assert len(PdfReader(io.BytesIO(answer.content)).pages) >= 3
    noted = LedgerEntry.objects.get(event="report.made")
    assert (noted.reference, noted.by) == ("DESK", "somebody")


def test_the_officer_orders_the_file_of_a_case(
    decided: Decided, client: Client
) -> None:
    case = decided().case
    sign_in(client, "dpo")
    asked = {"reference": case.reference.lower(), "language": "nl", "wanted": "json"}

    answer = client.post(reverse("admin:case_report"), asked)

    assert json.loads(answer.content)["reference"] == case.reference
    assert LedgerEntry.objects.filter(event="report.made").get().by == "somebody"


@pytest.mark.parametrize("role", ["handler", "decider"])
@pytest.mark.parametrize("page", ["period_report", "case_report"])
def test_nobody_else_may(desk: None, client: Client, role: str, page: str) -> None:
    sign_in(client, role)

    assert client.get(reverse(f"admin:{page}")).status_code == 403


@pytest.mark.parametrize(
    ("page", "asked", "says"),
    [
        (
            "period_report",
            {**PERIOD, "last": "2026-10-01"},
            "The last day lies before the first",
        ),
        (
            "case_report",
            {"reference": "DSR-2026-000009-XX", "language": "en"},
            "There is no case DSR-2026-000009-XX",
        ),
    ],
)
def test_bad_input_is_answered_on_the_page(
    desk: None, client: Client, page: str, asked: dict[str, str], says: str
) -> None:
    sign_in(client, "auditor")

    answer = client.post(reverse(f"admin:{page}"), {**asked, "wanted": "pdf"})

    assert says in answer.content.decode()
    assert not LedgerEntry.objects.filter(event="report.made").exists()


def test_packages_are_listed_without_a_way_to_open_one(
    decided: Decided, client: Client
) -> None:
    decided()
    build_packages(at=NOW)
    package = Package.objects.get()
    sign_in(client, "auditor")

    listed = client.get(reverse("admin:exports_package_changelist"))
    one = client.get(reverse("admin:exports_package_change", args=[package.pk]))

    assert package.ticket.case.reference in listed.content.decode()
    assert package.sha256 in one.content.decode()
    assert str(package.file) not in one.content.decode()


@pytest.mark.parametrize("role", ["handler", "decider", "dpo"])
def test_who_decides_opens_the_very_package_before_deciding(
    proposed: Decided, client: Client, role: str
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    sign_in(client, role, "medical_adviser")
    url = reverse("admin:open_package", args=[ticket.pk])

    card = client.get(reverse("admin:dsr_case_change", args=[ticket.case_id]))
    shown = client.get(url).content.decode()
    opened = client.post(url)

    package = Package.objects.get()
    assert url in card.content.decode()
    assert package.sha256 in shown
    content = b"".join(opened.streaming_content)  # type: ignore[attr-defined]
    assert hashlib.sha256(content).hexdigest() == package.sha256
    line = LedgerEntry.objects.get(event="package.opened")
    assert (line.by, line.facts["sha256"]) == ("somebody", package.sha256)


@pytest.mark.parametrize("role", ["handler", "decider", "dpo"])
def test_a_package_with_health_data_is_sealed(
    proposed: Decided, client: Client, role: str
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    sign_in(client, role)
    url = reverse("admin:open_package", args=[ticket.pk])

    refused = client.post(url)

    assert refused.status_code == 403
    assert "It holds health data" in refused.content.decode()
    assert "Open it" not in client.get(url).content.decode()
    assert not LedgerEntry.objects.filter(event="package.opened").exists()


def test_a_package_without_health_data_is_opened_by_who_decides(
    proposed: Decided, client: Client
) -> None:
    ticket = proposed()
    ticket.searches.update(health={})
    build_packages(at=NOW)
    sign_in(client, "decider")

    opened = client.post(reverse("admin:open_package", args=[ticket.pk]))

    assert opened.status_code == 200
    assert b"".join(opened.streaming_content)  # type: ignore[attr-defined]


def test_a_package_of_a_returned_proposal_is_not_opened(
    proposed: Decided, client: Client
) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    why = "A claim is missing from the copy; look at the claims again."
    casework.return_proposal(ticket.pk, why=why, by=HANDLER, at=NOW)
    sign_in(client, "handler")
    url = reverse("admin:open_package", args=[ticket.pk])

    assert client.post(url).status_code == 302
    assert not LedgerEntry.objects.filter(event="package.opened").exists()


def test_an_auditor_opens_no_package(proposed: Decided, client: Client) -> None:
    ticket = proposed()
    build_packages(at=NOW)
    sign_in(client, "auditor")
    url = reverse("admin:open_package", args=[ticket.pk])

    assert client.get(url).status_code == 403
