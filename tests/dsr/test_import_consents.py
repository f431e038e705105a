"""A list of given consents is imported whole, or each bad row is named."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from subjects.models import Consent, Identifier

pytestmark = pytest.mark.django_db
HEAD = "kind,value,purpose,given_at,basis,source\n"
JEANNE = "email,jeanne@demo.example,direct_marketing,{at},6(1)(a),web form of 2024\n"
GOOD = JEANNE.format(at="2024-05-31T14:00:00+02:00")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    """Return the file to write to."""
    return tmp_path / "consents.csv"


def test_each_row_becomes_a_consent_under_an_unproven_address(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given.write_text(
        HEAD + GOOD + "phone_number,+32 470 1,direct_marketing,2023-01-02,6(1)(a),call"
    )
    call_command("import_consents", given)
    assert json.loads(capsys.readouterr().out) == {"rows": 2, "new": 2}
    consent = Consent.objects.get(subject__identifiers__kind="email")
    assert consent.given_at == datetime(2024, 5, 31, 12, tzinfo=UTC)
    assert (consent.basis, consent.source) == ("6(1)(a)", "web form of 2024")
    assert not Identifier.objects.verified().exists()


def test_imported_twice_it_counts_once(
    given: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given.write_text(HEAD + GOOD)
    call_command("import_consents", given)
    call_command("import_consents", given)
    assert '"new": 0' in capsys.readouterr().out
    assert Consent.objects.count() == 1


def test_a_consent_taken_back_does_not_come_back_with_the_same_list(
    given: Path,
) -> None:
    given.write_text(HEAD + GOOD)
    call_command("import_consents", given)
    consent = Consent.objects.get()
    consent.revoked_at, consent.revoked_by = datetime.now(UTC), "system"
    consent.save()
    call_command("import_consents", given)
    assert not Consent.objects.in_force().exists()


BAD = [
    ("fax,1,direct_marketing,2024-01-01,6(1)(a),x", "kind is 'fax'; use one of"),
    ("email,,direct_marketing,2024-01-01,6(1)(a),x", "value is empty"),
    ("email,a@b.be,spying,2024-01-01,6(1)(a),x", "purpose is 'spying'; use one of"),
    ("email,a@b.be,direct_marketing,soon,6(1)(a),x", "given_at is 'soon'; write it"),
    ("email,a@b.be,direct_marketing,2999-01-01,6(1)(a),x", "not given in the future"),
    ("email,a@b.be,direct_marketing,2024-01-01,6(1)(f),x", "basis is '6(1)(f)'"),
    ("email,a@b.be,direct_marketing,2024-01-01,6(1)(a),", "source is empty"),
    ("email,a@b.be,direct_marketing", "give 6 cells"),
    ("email,a@b.be,direct_marketing,2024-01-01,6(1)(a),x,y", "give 6 cells"),
]


@pytest.mark.parametrize(("row", "why"), BAD)
def test_a_bad_row_is_named_on_one_line_and_nothing_is_imported(
    given: Path, capsys: pytest.CaptureFixture[str], row: str, why: str
) -> None:
    given.write_text(f"{HEAD}{GOOD}{row}\n")
    with pytest.raises(SystemExit) as stopped:
        call_command("import_consents", given)
    assert stopped.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("line 3: ")
    assert why in line
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "line 1: name the columns kind,value"),
        (b"a,b\n", "line 1: name the columns kind,value"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_one_sentence(
    given: Path, content: bytes | None, why: str
) -> None:
    if content is not None:
        given.write_bytes(content)
    with pytest.raises(CommandError, match=why) as caught:
        call_command("import_consents", given)
    assert caught.value.returncode == 2
