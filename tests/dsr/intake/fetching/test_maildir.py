"""A Maildir: taken in, then moved to `cur` with the flag S; nothing is deleted."""

import os
from pathlib import Path

import pytest

from dsr.intake.fetching import taking
from dsr.intake.fetching.account import MailboxError, maildir
from dsr.models import Arrival, Case
from tests.dsr.intake.fetching.conftest import a_request, an_invoice, results, take

MARCH = 1_772_701_200  # 2026-03-05 09:00 UTC, in seconds


@pytest.fixture
def folder(house: Path) -> Path:
    path = house / "Maildir"
    for name in ("new", "cur", "tmp"):
        (path / name).mkdir(parents=True)
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.glob("*/*"))


def test_new_mails_are_taken_in_and_then_moved(folder: Path) -> None:
    (folder / "new" / "1.a.host").write_bytes(a_request(1))
    (folder / "cur" / "2.b.host:2,FR").write_bytes(an_invoice(1))
    (folder / "cur" / "3.c.host:2,S").write_bytes(a_request(2))
    (folder / "tmp" / "4.d.host").write_bytes(a_request(3))

    taken = take(maildir(str(folder)))

    assert sorted(results(taken)) == ["ignored", "opened", "opened"]
    assert {one.url for one in taken} >= {f"maildir://{folder}/1.a.host"}
    assert names(folder) == [
        "cur/1.a.host:2,S",
        "cur/2.b.host:2,FRS",
        "cur/3.c.host:2,S",
        "tmp/4.d.host",
    ]
    assert take(maildir(str(folder))) == []


def test_its_time_is_that_of_the_file(folder: Path) -> None:
    file = folder / "new" / "1.a.host"
    file.write_bytes(a_request(1))
    os.utime(file, (MARCH, MARCH))

    take(maildir(str(folder)))

    assert Case.objects.get().received_at.timestamp() == MARCH


def test_cut_off_after_the_commit_it_is_only_moved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "new" / "1.a.host").write_bytes(a_request(1))

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(taking, "_mark", killed)
        with pytest.raises(KeyboardInterrupt):
            take(maildir(str(folder)))
    assert names(folder) == ["new/1.a.host"]

    assert take(maildir(str(folder))) == []
    assert names(folder) == ["cur/1.a.host:2,S"]
    assert Arrival.objects.count() == 1


def test_what_is_no_maildir_is_one_sentence(house: Path) -> None:
    with pytest.raises(MailboxError, match=r"is no Maildir; name a folder that holds"):
        take(maildir(str(house)))
