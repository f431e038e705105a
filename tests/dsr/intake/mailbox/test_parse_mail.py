"""`manage.py parse_mail`: what each file is, one JSON line a file."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.dsr.intake.mailbox.samples import MAIL

KEYS = [
    "file",
    "kind",
    "rights",
    "language",
    "subject_email",
    "requester_is_agent",
    "case_reference",
    "evidence",
    "problems",
    "identifiers",
    "scope",
    "deadline",
    "own_reference",
]


def test_one_line_a_file_without_a_database() -> None:
    names = [str(MAIL / "eml" / name) for name in ("en-008.eml", "nl-020.eml")]
    out = io.StringIO()

    call_command("parse_mail", *names, stdout=out)

    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert list(first) == KEYS
    assert (first["file"], second["file"]) == tuple(names)
    assert (first["kind"], first["rights"]) == ("new_request", ["erasure"])
    assert second["requester_is_agent"] is True
    assert second["evidence"][0]["right"] == "erasure"


def test_what_cannot_be_read_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    names = [str(tmp_path), str(tmp_path / "gone"), str(MAIL / "eml" / "en-008.eml")]

    with pytest.raises(SystemExit) as raised:
        call_command("parse_mail", *names, stdout=out, stderr=err)

    assert raised.value.code == 2
    assert [line.split(" cannot")[0] for line in err.getvalue().splitlines()] == names[
        :2
    ]
    assert json.loads(out.getvalue())["kind"] == "new_request"


@pytest.mark.parametrize("content", [b"", b"\x7fELF\0\0", b"no mail at all"])
def test_what_is_no_mail_goes_to_a_human(content: bytes, tmp_path: Path) -> None:
    file, out = tmp_path / "file", io.StringIO()
    file.write_bytes(content)

    call_command("parse_mail", str(file), stdout=out)

    found = json.loads(out.getvalue())
    assert found["kind"] == "review"
    assert "this is no e-mail: no header of one was found" in found["problems"]
