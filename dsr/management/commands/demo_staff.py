"""Demo logins: one per role, with passwords made here and kept in one private file."""

import secrets
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import transaction

FILE = "demo-logins.txt"  # in DATA_DIR


class Login(NamedTuple):
    """A demo login: its name, its role (a group) and what it may show."""

    name: str
    role: str
    does: str


LOGINS = (
    Login("officer", "handler", "handles cases"),
    Login("dpo", "dpo", "oversees and advises, never decides"),
    Login("decider", "decider", "is the second pair of eyes"),
    Login("reviewer", "reviewer", "reviews automated decisions assigned to them"),
    Login("adviser", "medical_adviser", "opens health envelopes, and nothing else"),
    Login("auditor", "auditor", "reads, changes nothing"),
    Login("admin", "admin", "takes in staff, sees no case"),
)


class Command(BaseCommand):
    """Make the demo logins, unless the database has staff of its own."""

    help = "Make demo logins with random passwords, kept in DATA_DIR/demo-logins.txt."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make or renew the logins and print them; never beside real staff."""
        names = [login.name for login in LOGINS]
        staff = get_user_model().objects.filter(is_staff=True)
        if staff.exclude(username__in=names).exists():
            self.stdout.write("This database has staff of its own; no demo logins.")
            return
        path = Path(settings.DATA_DIR) / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        lines = make_logins()
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write("\n".join(lines))


@transaction.atomic
def make_logins() -> list[str]:
    """Make or renew the demo users; return one line each: name, password, what for."""
    lines = []
    for login in LOGINS:
        password = secrets.token_urlsafe(12)
        user, _made = get_user_model().objects.get_or_create(username=login.name)
        user.is_staff = True
        user.set_password(password)
        user.save()
        user.groups.set([Group.objects.get(name=login.role)])
        lines.append(f"{login.name:<9}{password}  {login.does}")
    return lines
