"""A mailbox's address: what it says; a wrong one is told without its secret."""

from datetime import date
from pathlib import Path

import pytest

from dsr.intake.fetching.account import MailboxError, account, maildir

WRONG = [
    ("pop3://dpo:hidden@mail.example", "begins with neither imaps://"),
    ("imaps://mail.example/INBOX", "names no user"),
    ("imaps://dpo:hidden@", "names no user or no host"),
    ("imaps://dpo:hidden@mail.example:x", "host or port cannot be read"),
    ("imaps://dpo@mail.example", "exactly one of password, password_file"),
    ("imaps://dpo:hidden@mail.example?token_file=/t", "exactly one of"),
    ("imaps://dpo:hidden@mail.example?colour=red", "'colour' is no option"),
    ("imap://dpo:hidden@mail.example?starttls=no", "starttls can only be yes"),
    ("imaps://dpo:hidden@mail.example?since=May", "a day such as 2026-11-01"),
    ("maildir://var/mail", "written maildir:///absolute/path"),
    ("imaps://dpo:hidden@[mail", "host or port cannot be read"),
]


def test_everything_an_address_can_say() -> None:
    found = account(
        "imaps://dpo%40company.example:p%2Fw@mail.example:1993/Eing%C3%A4nge/DPO"
        "?ca=/ca.pem&move=Done%20%26%20dusted&since=2026-11-01"
    )

    assert (found.host, found.port, found.user) == (
        "mail.example",
        1993,
        "dpo@company.example",
    )
    assert (found.folder, found.move) == ("Eingänge/DPO", "Done & dusted")
    assert (found.since, found.ca) == (date(2026, 11, 1), "/ca.pem")
    assert found.credential() == "p/w"
    assert found.key == "dpo@company.example@mail.example:1993"
    assert found.url == (
        "imap://dpo%40company.example@mail.example:1993/Eing%C3%A4nge/DPO"
    )


def test_the_least_an_address_can_say() -> None:
    found = account("imaps://dpo:x@mail.example")

    assert (found.port, found.folder, found.key) == (993, "INBOX", "dpo@mail.example")


@pytest.mark.parametrize(("address", "why"), WRONG, ids=[why for _url, why in WRONG])
def test_a_wrong_address_is_one_sentence_without_its_secret(
    address: str, why: str
) -> None:
    with pytest.raises(MailboxError, match=why) as refused:
        account(address)

    assert "hidden" not in str(refused.value)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("password_file=/none/there", "password_file gives nothing .No such file"),
        ("token_command=false", "token_command gives nothing .it ended with code 1"),
        ("token_command=/none/there", "No such file"),
        ("token_command=true", "token_command gives nothing; look there"),
        ("token_command='", "no text or command"),
    ],
)
def test_a_secret_that_is_not_there_is_one_sentence(secret: str, why: str) -> None:
    with pytest.raises(MailboxError, match=why):
        account(f"imaps://dpo@mail.example?{secret}").credential()


def test_a_maildir_has_a_path(tmp_path: Path) -> None:
    path = tmp_path / "a mail"

    assert account(f"maildir://{tmp_path}/a%20mail") == maildir(str(path))
    assert maildir(str(path)).url == f"maildir://{tmp_path}/a%20mail"
