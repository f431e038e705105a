"""The lock that other programs ask before they use a person's data."""

import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from dsr.models import RefusedUse, RestrictionMeasure, Ticket
from dsr.vocabulary import Event, LockKind, MeasureState, State
from subjects.models import (
    Consent,
    Identifier,
    digest_under,
    key_id,
    keys,
    revoke,
    suppress,
)
from tests.dsr.casework.restrictions import begin
from tests.dsr.conftest import DAY, JEANNE, RECEIVED, Walk, events

MARKETING, CONTRACTS = "direct_marketing", "contracts_and_claims"
CRM, CLAIMS = "c" * 40, "d" * 40
Ask = Callable[..., Any]


@pytest.fixture
def ask(settings: Settings) -> Ask:
    settings.PROCESSING_CALLERS = [
        ("crm", CRM, frozenset()),
        ("claims", CLAIMS, frozenset({"legal_claims", "consent"})),
    ]

    def ask(purpose: str = CONTRACTS, *, token: str = CRM, **more: Any) -> Any:
        email = more.pop("email", JEANNE)
        given = [f"{key_id(one)}-{digest_under(one, 'email', email)}" for one in keys()]
        query = {"subject": given, "purpose": purpose} | more
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return Client().get(reverse("api:processing"), query, headers=headers)

    return ask


@pytest.fixture
def restricted(walk: Walk) -> RestrictionMeasure:
    """Restrict the data of Jeanne, who has proven her address."""
    measure = begin(walk("in_progress", "restriction", email=JEANNE))
    for one in Identifier.objects.filter(kind="email"):
        one.verify(by="desk", at=RECEIVED)
        one.save()
    return measure


def test_nobody_is_locked_of_whom_nothing_is_known(db: None, ask: Ask) -> None:
    answer = ask()

    assert answer.json() == {"allowed": True, "locks": [], "exceptions": []}
    assert "no-store" in answer.headers["Cache-Control"]
    assert not RefusedUse.objects.exists()


def test_restricted_data_are_refused_for_every_purpose_and_each_refusal_is_kept(
    restricted: RestrictionMeasure, ask: Ask
) -> None:
    lock = {"kind": "restriction", "number": restricted.pk, "article": "18(1)(a)"}

    for purpose in (CONTRACTS, MARKETING):
        answer = ask(purpose, email=JEANNE.upper())
        assert answer.json() == {"allowed": False, "locks": [lock], "exceptions": []}
    assert ask(email="luc@demo.example").json()["allowed"]
    kept = RefusedUse.objects.values_list("asked_by", "purpose", "kind", "number")
    assert set(kept) == {
        ("crm", CONTRACTS, LockKind.RESTRICTION, restricted.pk),
        ("crm", MARKETING, LockKind.RESTRICTION, restricted.pk),
    }


def test_an_address_that_nobody_proved_locks_nobody(walk: Walk, ask: Ask) -> None:
    begin(walk("in_progress", "restriction"))
    subject = Ticket.objects.get().case.subject
    Identifier.objects.create(
        subject=subject, kind="email", value=JEANNE, normalized=JEANNE
    )

    assert ask().json()["allowed"]


def test_a_program_claims_only_the_exceptions_it_was_given(
    restricted: RestrictionMeasure, ask: Ask
) -> None:
    assert not ask(exception="legal_claims").json()["allowed"]
    assert not ask(token=CLAIMS, exception="public_interest").json()["allowed"]
    assert RefusedUse.objects.filter(exception="legal_claims").count() == 1
    assert not restricted.uses.exists()

    answer = ask(token=CLAIMS, exception="legal_claims").json()

    assert answer["allowed"]
    assert answer["locks"][0]["number"] == restricted.pk
    assert answer["exceptions"] == ["consent", "legal_claims"]
    use = restricted.uses.get()
    assert (use.exception, use.used_by) == ("legal_claims", "program claims")
    assert CONTRACTS in use.why
    assert Event.MEASURE_USED in events(restricted.ticket.case)


def test_what_was_lifted_is_free_again(
    restricted: RestrictionMeasure, ask: Ask
) -> None:
    RestrictionMeasure.objects.filter(pk=restricted.pk).update(
        state=MeasureState.LIFTED,
        lift_on=RECEIVED.date(),
        notice_sent_at=RECEIVED,
        lifted_at=RECEIVED + DAY,
        lifted_by="desk",
    )

    assert ask().json()["allowed"]


def test_advertising_is_refused_to_who_wants_none_and_no_exception_opens_it(
    db: None, ask: Ask
) -> None:
    entry = suppress("email", JEANNE, reference="a ticket", at=RECEIVED)

    answer = ask(MARKETING, token=CLAIMS, exception="consent").json()

    lock = {"kind": "opt_out", "number": entry.pk, "article": "21(3)"}
    assert answer == {"allowed": False, "locks": [lock], "exceptions": []}
    assert ask(CONTRACTS).json()["allowed"]


def test_a_withdrawn_consent_binds_until_one_is_given_anew(
    restricted: RestrictionMeasure, ask: Ask
) -> None:
    subject = restricted.ticket.case.subject
    RestrictionMeasure.objects.all().delete()
    [consent] = revoke(subject, MARKETING, by="desk", at=RECEIVED)

    assert ask(MARKETING).json()["locks"] == [
        {"kind": "withdrawn", "number": consent.pk, "article": "7(3)"}
    ]
    assert ask(CONTRACTS).json()["allowed"]

    Consent.objects.create(subject=subject, purpose=MARKETING, given_at=RECEIVED + DAY)
    assert ask(MARKETING).json()["allowed"]


def test_an_objection_stops_its_purpose_once_it_is_decided_that_it_holds(
    walk: Walk, ask: Ask
) -> None:
    ticket = walk(State.EXECUTING, "objection", email=JEANNE)
    for one in Identifier.objects.filter(kind="email"):
        one.verify(by="desk", at=RECEIVED)
        one.save()
    stopped = ticket.objected.stopping().first()
    assert stopped is not None

    locks = {one["kind"]: one for one in ask(stopped.purpose).json()["locks"]}

    assert set(locks) == {"objection", "restriction"}  # not lifted yet
    assert locks["objection"] == {
        "kind": "objection",
        "number": stopped.pk,
        "article": "21(1)",
    }
    assert [one["kind"] for one in ask(CONTRACTS).json()["locks"]] == ["restriction"]


def test_after_a_change_of_the_key_both_digests_are_needed_and_both_find(
    restricted: RestrictionMeasure, ask: Ask, settings: Settings
) -> None:
    old = [f"{key_id(one)}-{digest_under(one, 'email', JEANNE)}" for one in keys()]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = settings.SECRET_KEY[::-1] + "!"

    refused = ask(subject=old)
    assert refused.status_code == 400
    assert "under each of the keys" in refused.json()["subject"][0]
    assert not ask().json()["allowed"]

    for one in Identifier.objects.all():
        one.save()  # now under the new key
    assert not ask().json()["allowed"]


@pytest.mark.parametrize(
    ("question", "field", "says"),
    [
        ({"purpose": "fun"}, "purpose", "it has: client_management"),
        ({"subject": JEANNE}, "subject", "Write KEY-DIGEST"),
        ({"subject": []}, "subject", "required"),
        ({"exception": "curiosity"}, "exception", "not a valid choice"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    db: None, ask: Ask, question: dict[str, Any], field: str, says: str
) -> None:
    answer = ask(**question)

    assert answer.status_code == 400
    assert says in str(answer.json()[field])
    assert JEANNE not in answer.content.decode()


@pytest.mark.parametrize(("token", "status"), [("", 401), ("x" * 40, 401)])
def test_only_programs_with_a_token_may_ask(
    db: None, ask: Ask, token: str, status: int
) -> None:
    assert ask(token=token).status_code == status


def test_staff_ask_the_desk_not_the_lock(
    ask: Ask, program: Callable[[str], Any], house: None
) -> None:
    assert program("officer").get(reverse("api:processing")).status_code == 403


def test_the_printed_key_makes_the_digest_that_is_asked_by(
    restricted: RestrictionMeasure, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("processing_keys")
    [key] = json.loads(capsys.readouterr().out)["keys"]

    secret = bytes.fromhex(key["key"])
    digest = hmac.new(secret, f"email:{JEANNE}".encode(), "sha256").hexdigest()

    assert not ask(subject=f"{key['id']}-{digest}").json()["allowed"]
