"""Files at rest: sealed with the key, plain ones readable, and the key can change."""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from pytest_django import Settings

from config.environment import file_keys
from dsr.intake.mailbox.receive import receive
from dsr.models import Arrival
from dsr.sealed.stream import SealError, is_sealed
from tests.dsr.conftest import RECEIVED
from tests.dsr.intake.conftest import ACCESS, mail

OLD, NEW = bytes(32), bytes(range(32))


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    settings.FILES_KEYS = [NEW]
    return tmp_path


def stored(content: bytes, name: str = "ab/cd") -> str:
    return default_storage.save(name, ContentFile(content))


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def seal_files() -> str:
    out = io.StringIO()
    call_command("seal_files", stdout=out)
    return out.getvalue()


def test_a_stored_file_is_sealed_and_opened(files: Path) -> None:
    name = stored(b"a letter")

    assert is_sealed((files / name).read_bytes())
    assert read(name) == b"a letter"
    assert default_storage.size(name) == 8
    assert (files / name).stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_taken_is_sealed_for_the_one_it_gets(files: Path) -> None:
    names = [stored(b"one"), stored(b"two")]

    assert [read(name) for name in names] == [b"one", b"two"]


def test_what_was_stored_without_a_key_stays_readable(
    files: Path, settings: Settings
) -> None:
    settings.FILES_KEYS = []
    name = stored(b"plain")
    assert (files / name).read_bytes() == b"plain"

    settings.FILES_KEYS = [NEW]
    assert read(name) == b"plain"
    assert default_storage.size(name) == 5


def test_a_file_put_in_the_place_of_another_is_refused(files: Path) -> None:
    mine, theirs = stored(b"mine"), stored(b"theirs", "ef/gh")
    (files / mine).write_bytes((files / theirs).read_bytes())

    with pytest.raises(SealError, match="is not what was written"):
        default_storage.open(mine)


def test_the_key_can_be_changed(files: Path, settings: Settings) -> None:
    settings.FILES_KEYS = []
    plain = stored(b"plain")
    settings.FILES_KEYS = [OLD]
    older = stored(b"older", "ef/gh")
    settings.FILES_KEYS = [NEW, OLD]
    newer = stored(b"newer", "ij/kl")
    (files / "unfinished").mkdir()
    (files / "unfinished/work").write_bytes(b"in work")

    assert seal_files() == "2 files sealed, 1 were already.\n"
    assert seal_files() == "0 files sealed, 3 were already.\n"

    settings.FILES_KEYS = [NEW]
    assert [read(name) for name in (plain, older, newer)] == [
        b"plain",
        b"older",
        b"newer",
    ]
    assert (files / "unfinished/work").read_bytes() == b"in work"


def test_a_key_that_is_missing_is_one_sentence(
    files: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    name = stored(b"a letter")
    settings.FILES_KEYS = [OLD]
    with pytest.raises(SealError, match="neither FILES_KEY nor among"):
        default_storage.open(name)

    with pytest.raises(SystemExit) as ended:
        seal_files()
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1

    settings.FILES_KEYS = []
    with pytest.raises(SystemExit):
        seal_files()
    assert "FILES_KEY is not set" in capsys.readouterr().err


def test_a_mail_is_sealed_and_read_again(house: Path, settings: Settings) -> None:
    settings.FILES_KEYS = [NEW]
    raw = mail(ACCESS)

    receive(raw, received_at=None, source="test", at=RECEIVED)

    arrival = Arrival.objects.get()
    assert raw not in Path(arrival.raw.path).read_bytes()
    for _time in ("first", "again"):
        with arrival.raw.open("rb") as file:
            assert file.read() == raw


@pytest.mark.parametrize(
    ("first", "former"), [("ab", []), ("x" * 64, []), ("", ["00" * 32])]
)
def test_a_key_that_makes_no_sense_stops_the_start(
    first: str, former: list[str]
) -> None:
    with pytest.raises(ImproperlyConfigured, match="is 64 hex digits"):
        file_keys(first, former)
