"""The interface under odd input, and what browsers and proxies keep of it."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from dsr.models import Case

pytestmark = pytest.mark.django_db
Program = Callable[[str], APIClient]


@pytest.mark.parametrize("who", ["officer", "auditor", "anonymous"])
@pytest.mark.parametrize("page", ["tickets/", "cases/{reference}/", "cases/"])
def test_no_answer_of_the_interface_is_kept_by_a_cache(
    program: Program, case: Case, who: str, page: str
) -> None:
    path = page.format(reference=case.reference)
    response = program(who).get(f"/api/v1/{path}")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_without_end_is_a_bad_request(
    program: Program, opening: str
) -> None:
    response = program("officer").generic(
        "POST", "/api/v1/cases/", opening * 50_000, content_type="application/json"
    )
    assert response.status_code == 400
    assert response.json() == {"detail": "The JSON is nested too deeply."}
