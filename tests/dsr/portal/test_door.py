"""The door to a case: it opens to a mailed code, and tells a stranger nothing."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from dsr.models import Case, Guess
from dsr.portal import access, alike
from dsr.reference import make_reference
from tests.dsr.portal.conftest import EMAIL, Visitor, text_of

UNKNOWN = make_reference(2026, 999_999)


def without(page: str, reference: str) -> str:
    """Take out what must differ: the reference, and the token against forgery."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    return page.replace(reference, "")


@pytest.fixture
def case(jeanne: Visitor) -> Case:
    return jeanne.send("access", "marketing_opt_out")


def test_the_code_confirms_the_address_and_shows_the_receipt(
    jeanne: Visitor, case: Case
) -> None:
    response = jeanne.enter(case)

    case.refresh_from_db()
    assert response["Location"] == "/en/receipt/"
    assert case.contact_confirmed_at is not None
    assert case.reference in text_of(jeanne.see("receipt/"))


def test_a_pasted_code_may_hold_spaces(jeanne: Visitor, case: Case) -> None:
    digits = case.codes.latest("pk").digits

    response = jeanne.give(
        f"confirm/{case.reference}/", code=f" {digits[:4]} {digits[4:]} "
    )

    assert response.status_code == 302


@pytest.mark.parametrize("page", ["status/{}/", "confirm/{}/", "status/{}/withdraw/"])
def test_an_unknown_case_looks_like_a_known_one(
    page: str, case: Case, luc: Visitor
) -> None:
    known = luc.see(page.format(case.reference))
    unknown = luc.see(page.format(UNKNOWN))

    assert known.status_code == unknown.status_code
    assert without(known.content.decode(), case.reference) == without(
        unknown.content.decode(), UNKNOWN
    )


@pytest.mark.parametrize(
    "give",
    [
        ("confirm/{}/", {"code": "12345678"}),
        ("confirm/{}/", {"code": ""}),
        ("confirm/{}/again/", {}),
        ("status/{}/write/", {"text": "let me in"}),
        ("status/", {"reference": "{}"}),
    ],
)
def test_what_a_stranger_sends_is_answered_alike(
    give: tuple[str, dict[str, str]], case: Case, luc: Visitor
) -> None:
    pages = []
    for reference in (case.reference, UNKNOWN):
        typed = {key: value.format(reference) for key, value in give[1].items()}
        response = luc.give(give[0].format(reference), **typed)
        location = response.headers.get("Location", "").replace(reference, "")
        page = without(response.content.decode(), reference)
        pages.append((response.status_code, location, page, dict(luc.client.session)))

    assert pages[0] == pages[1]


def test_an_answer_takes_its_time_whatever_it_is(
    case: Case, luc: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alike, "FLOOR", 0.3)

    for reference in (case.reference, UNKNOWN):
        begun = time.monotonic()
        luc.give("status/", reference=reference)
        assert 0.3 <= time.monotonic() - begun < 1.5


def test_a_mistyped_reference_is_named(luc: Visitor) -> None:
    response = luc.give("status/", reference="DSR-2026-000001-ZZ")

    assert response.status_code == 422
    assert "mistyped" in text_of(response)


def test_asking_for_a_code_mails_one_to_the_known_address(
    case: Case, luc: Visitor
) -> None:
    luc.give("status/", reference=case.reference.lower())

    assert case.codes.count() == 2
    assert case.letters.latest("pk").to_email == EMAIL


def test_the_reference_alone_opens_nothing(case: Case, luc: Visitor) -> None:
    for page in ("", "withdraw/", "letters/1/"):
        response = luc.client.get(f"/en/status/{case.reference}/{page}", follow=True)
        assert "Send me a code" in text_of(response)


def test_a_code_opens_its_own_case_only(jeanne: Visitor, case: Case) -> None:
    other = Visitor().send("erasure", email="luc@demo.example")
    jeanne.enter(case)

    response = jeanne.see(f"status/{other.reference}/")

    assert "Send me a code" in text_of(response)
    assert "Delete my data" not in text_of(response)


def test_the_case_closes_after_half_an_hour(jeanne: Visitor, case: Case) -> None:
    jeanne.enter(case)
    session = jeanne.client.session
    late = timezone.now() - timedelta(minutes=31)
    session[access.OPENED] |= {"at": late.isoformat()}
    session.save()

    response = jeanne.see(f"status/{case.reference}/")

    assert "Send me a code" in text_of(response)
    assert access.OPENED not in jeanne.client.session


def test_opening_a_case_changes_the_session_key(jeanne: Visitor, case: Case) -> None:
    before = jeanne.client.session.session_key

    jeanne.enter(case)

    assert jeanne.client.session.session_key != before


def test_leaving_forgets_everything(jeanne: Visitor, case: Case) -> None:
    jeanne.enter(case)

    jeanne.give(f"status/{case.reference}/leave/")

    assert "Send me a code" in text_of(jeanne.see(f"status/{case.reference}/"))
    assert jeanne.see("receipt/").status_code == 409


def test_twenty_wrong_codes_an_hour_are_enough(case: Case, luc: Visitor) -> None:
    page = f"confirm/{case.reference}/"
    codes = [luc.give(page, code="12345678").status_code for _each in range(21)]

    assert codes == [422] * 20 + [429]
    assert Guess.objects.filter(who__contains="127.0.0.1").count() == 0


def test_another_network_is_not_slowed_down(
    case: Case, luc: Visitor, settings: Settings
) -> None:
    page = f"/en/confirm/{case.reference}/"
    for _each in range(20):
        luc.client.post(page, {"code": "12345678"})

    elsewhere = Client(REMOTE_ADDR="2001:db8::1").post(page, {"code": "12345678"})

    assert elsewhere.status_code == 422


def test_what_the_browser_claims_of_its_address_counts_for_nothing(
    case: Case, luc: Visitor
) -> None:
    page = f"/en/confirm/{case.reference}/"
    for number in range(20):
        header = {"x-forwarded-for": f"203.0.113.{number}"}
        luc.client.post(page, {"code": "12345678"}, headers=header)

    assert luc.client.post(page, {"code": "12345678"}).status_code == 429


def test_old_tries_are_forgotten(case: Case, luc: Visitor) -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    Guess.objects.create(who="somebody", at=long_ago)

    luc.give(f"confirm/{case.reference}/", code="12345678")

    assert not Guess.objects.filter(who="somebody").exists()
