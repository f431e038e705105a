"""The intake's command: one line of JSON a mail, one line of complaint a lost file."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

MAIL = Path(__file__).parents[2] / "mail" / "eml" / "fr-004.eml"


def test_what_cannot_be_read_is_named_and_the_rest_is_taken_in(
    house: Path, tmp_path: Path
) -> None:
    out, err = io.StringIO(), io.StringIO()
    gone = str(tmp_path / "gone")

    with pytest.raises(SystemExit) as ended:
        call_command("fetch_mail", "--eml", gone, str(MAIL), stdout=out, stderr=err)

    assert ended.value.code == 2
    assert err.getvalue().startswith(f"{gone} cannot be read")
    assert err.getvalue().count("\n") == 1
    assert json.loads(out.getvalue())["result"] == "opened"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "No mailbox is configured: set MAILBOXES"),
        (["--imap", "imap://nobody"], "The mailbox's address is no good"),
        (["--maildir", "/none/there"], "/none/there is no Maildir"),
        (["--follow", "--eml", str(MAIL)], "--follow takes one mailbox"),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_one_sentence(
    house: Path, arguments: list[str], sentence: str
) -> None:
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("fetch_mail", *arguments, stdout=out, stderr=err)

    assert ended.value.code == 2
    assert sentence in err.getvalue()
    assert err.getvalue().count("\n") == 1
    assert out.getvalue() == ""


def test_a_maildir_is_a_line_a_mail(house: Path) -> None:
    for name in ("new", "cur"):
        (house / "box" / name).mkdir(parents=True)
    (house / "box/new/1.host").write_bytes(MAIL.read_bytes())
    out = io.StringIO()

    call_command("fetch_mail", "--maildir", str(house / "box"), stdout=out)

    said = json.loads(out.getvalue())
    assert (said["file"], said["result"]) == (f"maildir://{house}/box/1.host", "opened")
