"""An administrator takes in staff and gives them groups, and sees no case by it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from dsr.models import Case

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]
USERS = "admin:auth_user_changelist"


@pytest.fixture
def admin(enter: Enter) -> Client:
    """Return the administrator's browser."""
    return enter("ada")


def change(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def said(*groups: str) -> dict[str, object]:
    numbers = Group.objects.filter(name__in=groups).values_list("pk", flat=True)
    return {"groups": list(numbers), "is_active": "on", "is_staff": "on"}


def test_an_administrator_gives_and_takes_groups(
    admin: Client, staff: dict[str, User]
) -> None:
    auditor = staff["auditor"]
    form = {"username": "auditor"} | said("reviewer")
    assert admin.post(change(auditor), form).status_code == 302
    assert [one.name for one in auditor.groups.all()] == ["reviewer"]
    assert "Users" in admin.get(reverse("admin:index")).content.decode()
    assert admin.get(reverse("admin:auth_group_changelist")).status_code == 200
    assert admin.get(reverse("admin:auth_group_add")).status_code == 403


def test_an_administrator_takes_somebody_in(admin: Client) -> None:
    words = "correct horse battery staple"
    form = {"username": "new", "password1": words, "password2": words}
    form |= {"usable_password": "true"}
    assert admin.post(reverse("admin:auth_user_add"), form).status_code == 302
    assert not User.objects.get(username="new").is_superuser


def test_an_administrator_does_not_help_themselves(
    admin: Client, staff: dict[str, User]
) -> None:
    ada, auditor = staff["ada"], staff["auditor"]
    own = {"username": "ada", "is_superuser": "on"} | said("handler", "admin")
    admin.post(change(ada), own)
    other = {"username": "auditor", "is_superuser": "on"} | said("auditor")
    admin.post(change(auditor), other)
    assert not User.objects.get(pk=ada.pk).is_superuser
    assert not User.objects.get(pk=auditor.pk).is_superuser
    assert [one.name for one in ada.groups.all()] == ["admin"]
    password = reverse("admin:auth_user_password_change", args=[auditor.pk])
    assert admin.get(password).status_code == 403
    root = {"username": "root"} | said("handler")
    assert admin.post(change(staff["superuser"]), root).status_code == 403


def test_an_administrator_deletes_nobody(admin: Client, staff: dict[str, User]) -> None:
    url = reverse("admin:auth_user_delete", args=[staff["auditor"].pk])
    assert admin.post(url, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("page", "is_of_a_case"),
    [
        ("dsr_case_change", True),
        ("dsr_case_changelist", False),
        ("dsr_ticket_changelist", False),
        ("dsr_ledgerentry_changelist", False),
        ("dsr_letter_changelist", False),
        ("dsr_searchtask_changelist", False),
        ("dsr_arrival_changelist", False),
        ("health", False),
        ("reviews", False),
        ("exports_package_changelist", False),
    ],
)
def test_an_administrator_sees_no_case(
    admin: Client, case: Case, page: str, *, is_of_a_case: bool
) -> None:
    url = reverse(f"admin:{page}", args=[case.pk] if is_of_a_case else [])
    assert admin.get(url).status_code == 403


def test_who_advises_and_decides_is_warned_of(
    admin: Client, staff: dict[str, User]
) -> None:
    text = admin.get(reverse(USERS)).content.decode()
    assert "dpo is data protection officer and decider" in text
    assert text.count("Art. 38(6)") == 1
    staff["dpo"].groups.remove(Group.objects.get(name="decider"))
    assert "Art. 38(6)" not in admin.get(reverse(USERS)).content.decode()
