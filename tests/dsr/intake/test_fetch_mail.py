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
