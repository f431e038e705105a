"""The suppression list holds digests only; a withdrawn consent stays withdrawn."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from subjects.models import (
    Consent,
    Subject,
    SuppressionChannel,
    SuppressionEntry,
    is_suppressed,
    revoke,
    suppress,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
JEANNE = "jeanne.peeters@demo.example"


@pytest.fixture
def subject() -> Subject:
    return Subject.objects.create(name="Jeanne Peeters", created_at=NOW)


@pytest.mark.parametrize(
    ("kind", "given", "asked"),
    [
        ("email", JEANNE, " Jeanne.Peeters@DEMO.example"),
        ("phone_number", "+32 470 12 34 56", "0032470123456"),
        (
            "post",
            "Rue de la Loi 16,\n1000 Bruxelles",
            "rue de la loi 16, 1000 BRUXELLES",
        ),
    ],
)
def test_an_address_is_found_however_it_is_written(
    kind: str, given: str, asked: str
) -> None:
    assert not is_suppressed(kind, asked)
    suppress(kind, given, reference="a ticket", at=NOW)
    assert is_suppressed(kind, asked)
    assert not is_suppressed("customer_number", given)


def test_no_address_is_stored() -> None:
    suppress("email", JEANNE, reference="a ticket", at=NOW)
    row = SuppressionEntry.objects.values().get()
    assert "jeanne" not in str(row).lower()
    assert (len(row["digest"]), row["channel"], row["since"]) == (64, "all", NOW)


def test_the_first_entry_of_an_address_stands() -> None:
    first = suppress("email", JEANNE, reference="a ticket", at=NOW)
    assert suppress("email", JEANNE.upper(), reference="another", at=LATER) == first
    email = SuppressionChannel.EMAIL
    assert suppress("email", JEANNE, channel=email, reference="x", at=LATER) != first
    assert SuppressionEntry.objects.get(pk=first.pk).reference == "a ticket"


def test_the_digest_depends_on_the_key_and_former_keys_are_still_known(
    settings: Settings,
) -> None:
    former = settings.SECRET_KEY
    suppress("email", JEANNE, reference="a ticket", at=NOW)
    settings.SECRET_KEY = f"not {former}"
    assert not is_suppressed("email", JEANNE)
    settings.SECRET_KEY_FALLBACKS = [former]
    assert is_suppressed("email", JEANNE)


def test_a_known_consent_is_taken_back_once(subject: Subject) -> None:
    given = Consent.objects.create(subject=subject, purpose="letters", given_at=NOW)
    assert revoke(subject, "letters", by="system", at=LATER) == [given]
    assert revoke(subject, "letters", by="officer", at=LATER + timedelta(1)) == [given]
    kept = Consent.objects.get()
    assert (kept.given_at, kept.revoked_at, kept.revoked_by) == (NOW, LATER, "system")
    assert not Consent.objects.in_force().exists()


def test_a_consent_we_know_nothing_of_is_taken_back_too(subject: Subject) -> None:
    revoke(subject, "letters", by="system", at=NOW)
    kept = Consent.objects.get()
    assert (kept.given_at, kept.revoked_at) == (None, NOW)


def test_what_was_given_anew_is_taken_back_anew(subject: Subject) -> None:
    revoke(subject, "letters", by="system", at=NOW)
    Consent.objects.create(subject=subject, purpose="letters", given_at=LATER)
    revoke(subject, "letters", by="system", at=LATER)
    assert Consent.objects.filter(revoked_at=LATER).count() == 1


def test_one_consent_to_a_purpose_is_in_force(subject: Subject) -> None:
    Consent.objects.create(subject=subject, purpose="letters", given_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(subject=subject, purpose="letters", given_at=NOW)
    assert Consent.objects.in_force().count() == 1
