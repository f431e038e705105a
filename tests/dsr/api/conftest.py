"""The desk's staff and cases, and a program that speaks JSON for one of them."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from tests.dsr.desk.conftest import _files, case, staff, ticket

__all__ = ["_files", "case", "staff", "ticket"]


@pytest.fixture
def program(staff: dict[str, User]) -> Callable[[str], APIClient]:
    """Return a client that is let in as one of the staff; `anonymous` is not."""

    def enter(name: str) -> APIClient:
        client = APIClient()
        if name != "anonymous":
            client.force_authenticate(staff[name])
        return client

    return enter
