"""Staff in their roles, cases opened as a door opens them, and a system to search."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from dsr import casework
from dsr.casework import NewCase
from dsr.models import Case, Ticket
from dsr.vocabulary import SYSTEM, Actor, Channel

NOW = datetime.now(UTC)
OFFICER = Actor("officer", frozenset({"handler"}))
DPO = Actor("dpo", frozenset({"dpo", "decider"}))
STAFF = {
    "officer": ("handler",),
    "dpo": ("dpo", "decider"),
    "auditor": ("auditor",),
    "rita": ("reviewer",),
    "medic": ("medical_adviser",),
    "ada": ("admin",),
}
DATASET = """
dataset:
  - fides_key: crm
    name: CRM
    collections:
      - name: customer
        fields:
          - name: id
            fides_meta: {primary_key: true}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {identity: email}
          - name: name
            data_categories: [user.name]
          - name: remark
            data_categories: [user]
"""
SYSTEMS = """
[[system]]
key = "crm"
name = "Customer file"
owner = "sales"
dataset = "crm.yml"
url = "sqlite:///{path}"
"""


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:
    """Keep every file of a test in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    settings.SYSTEMS_FILE = tmp_path / "systems.toml"


@pytest.fixture
def staff(db: None) -> dict[str, User]:
    """Make an officer, a DPO, an auditor, and a superuser without a role."""
    users = {}
    for name, roles in STAFF.items():
        users[name] = User.objects.create_user(name, is_staff=True)
        users[name].groups.set(Group.objects.filter(name__in=roles))
    users["superuser"] = User.objects.create_superuser("superuser")
    return users


@pytest.fixture
def enter(staff: dict[str, User]) -> Callable[[str], Client]:
    """Return a browser signed in as one of the staff; `anonymous` is not."""

    def enter(name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(staff[name])
        return client

    return enter


@pytest.fixture
def officer(enter: Callable[[str], Client]) -> Client:
    """Return the officer's browser."""
    return enter("officer")


@pytest.fixture
def dpo(enter: Callable[[str], Client]) -> Client:
    """Return the DPO's browser."""
    return enter("dpo")


def open_case(*rights: str, email: str = "ann@example.org", **more: Any) -> Case:
    """Open a case as the mailbox does, acknowledged at once."""
    received_at = more.pop("received_at", NOW - timedelta(days=3))
    new = NewCase(
        channel=Channel.MAIL,
        received_at=received_at,
        language="en",
        rights=rights or ("access",),
        text="Please tell me what you hold about me.",
        name="Ann Example",
        email=email,
        **more,
    )
    return casework.open_case(new, by=SYSTEM, at=NOW)


@pytest.fixture
def case(staff: dict[str, User]) -> Case:
    """Open a case with one access request."""
    return open_case()


@pytest.fixture
def ticket(case: Case) -> Ticket:
    """Return the case's ticket, being qualified."""
    return case.tickets.get()


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """Make a system that knows three things about Ann."""
    path = tmp_path / "crm.sqlite3"
    with sqlite3.connect(path) as rows:
        rows.execute(
            "create table customer (id integer primary key, email, name, remark)"
        )
        rows.executemany(
            "insert into customer values (?, ?, ?, ?)",
            [
                (1, "ann@example.org", "Ann Example", "called on Monday"),
                (2, "bob@example.org", "Bob Other", "pays late"),
                (3, "ann@example.org", "Ann Example", "Bob Other is her brother"),
            ],
        )
    rows.close()
    (tmp_path / "crm.yml").write_text(DATASET, "utf-8")
    (tmp_path / "systems.toml").write_text(SYSTEMS.format(path=path), "utf-8")
    return path


@pytest.fixture
def found(system: Path, ticket: Ticket) -> Ticket:
    """Take the ticket in hand, prove the address, and search."""
    identifier = ticket.case.subject.identifiers.get(kind="email")
    casework.establish_identity(
        ticket.pk,
        method="call back",
        identifiers=[identifier.pk],
        by=OFFICER,
        at=NOW,
    )
    casework.take_in_hand(ticket.pk, by=OFFICER, at=NOW)
    casework.search_systems(at=NOW)
    ticket.refresh_from_db()
    return ticket
