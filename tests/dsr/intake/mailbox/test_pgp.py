"""Mail that was encrypted for the desk is read with its key; the rest says why not."""

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from pysequoia import Tsk, encrypt

from dsr.intake.mailbox import pgp
from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.reading import read

HEAD = b"From: jeanne@post.example\r\nTo: dpo@us.example\r\nSubject: ...\r\n"
LETTER = "Please send me a copy of all personal data you hold about me. José."
ENTITY = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + LETTER.encode()
TWO = (
    b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n"
    + ENTITY
    + b"\r\n--i\r\nContent-Type: application/pdf; name=card.pdf\r\n\r\n%PDF-1.7 x"
    + b"\r\n--i--\r\n"
)
# Made by gpg 2.2: a key, a letter for it, 120 MB of zeros in 120 kB for it, and a key
# with a passphrase.
GPG = Path(__file__).parent / "pgp"
ANOTHER = "encrypted: for another key than PGP_KEY"


@cache
def key(name: str = "dpo") -> Tsk:
    return Tsk.generate(f"{name} <{name}@us.example>")


def secret(*names: str) -> bytes:
    return "\n".join(str(key(name)) for name in names or ("dpo",)).encode()


def sealed(content: bytes, name: str = "dpo") -> bytes:
    return encrypt(content, recipients=[key(name).extract_certificate()])


def pgp_mime(message: bytes) -> bytes:
    """Write a mail as RFC 3156 says."""
    return (
        HEAD
        + b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; '
        b"boundary=o\r\n\r\n--o\r\nContent-Type: application/pgp-encrypted\r\n\r\n"
        b"Version: 1\r\n\r\n--o\r\nContent-Type: application/octet-stream; "
        b"name=encrypted.asc\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(message)
        + b"\r\n--o--\r\n"
    )


def inline(text: bytes) -> bytes:
    return HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text


def opened(raw: bytes) -> ParsedMail:
    return read(raw, secret())


@pytest.mark.parametrize("entity", [ENTITY, TWO])
def test_pgp_mime_is_read_as_if_it_were_not_encrypted(entity: bytes) -> None:
    mail = opened(pgp_mime(sealed(entity)))
    plain = parse(HEAD + entity)
    assert (mail.text, mail.encrypted, mail.decrypted) == (LETTER, False, True)
    assert [one.content for one in mail.attachments] == [
        one.content for one in plain.attachments
    ]
    assert classify(mail).rights == ("access",)


def test_inline_armour_is_read_with_the_words_around_it() -> None:
    mail = opened(
        inline(b"Hello,\r\n\r\n" + sealed(LETTER.encode()) + b"\r\nJos\xc3\xa9")
    )
    assert mail.text.splitlines() == ["Hello,", "", LETTER, "", "José"]
    assert classify(mail).rights == ("access",)


def test_an_encrypted_file_is_read_under_its_own_name() -> None:
    start = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    file = (
        b"\r\n--b\r\nContent-Type: application/octet-stream\r\n"
        b"Content-Disposition: attachment; filename=letter.txt.pgp\r\n\r\n"
    )
    note = b"Content-Type: text/plain\r\n\r\nHello, see the file. Regards, Jeanne"
    raw = start + note + file + sealed(LETTER.encode()) + b"\r\n--b--\r\n"
    mail = opened(raw)
    (inside,) = mail.attachments
    assert (inside.filename, inside.text) == ("letter.txt", LETTER)
    assert classify(mail).rights == ("access",)
    closed = classify(read(raw))
    assert (closed.kind, closed.reason) == ("review", "an encrypted file was not read")


def test_what_was_encrypted_twice_or_with_the_second_key_is_read() -> None:
    within = pgp_mime(sealed(ENTITY)).partition(b"...\r\n")[2]
    assert opened(pgp_mime(sealed(within))).text == LETTER
    raw = pgp_mime(sealed(ENTITY, "new"))
    assert read(raw, secret("dpo", "new")).text == LETTER


@pytest.mark.parametrize("wrap", [pgp_mime, inline])
def test_without_the_key_the_mail_waits_in_the_tray(
    wrap: Callable[[bytes], bytes],
) -> None:
    raw = wrap(sealed(ENTITY, "other"))
    for keys, why in ((b"", "encrypted"), (secret(), ANOTHER)):
        mail = read(raw, keys)
        found = classify(mail)
        assert mail.encrypted
        assert (found.kind, found.reason) == ("review", why)


def test_a_key_that_cannot_decrypt_says_so() -> None:
    mail = read(pgp_mime(sealed(ENTITY)), (GPG / "locked.asc").read_bytes())
    assert classify(mail).reason.startswith("encrypted: PGP_KEY holds no key that")


def test_a_damaged_message_says_so() -> None:
    message = bytearray(sealed(ENTITY * 20))
    middle = len(message) // 2
    message[middle : middle + 4] = b"AAAA" if message[middle] != 65 else b"BBBB"
    for broken in (
        bytes(message),
        sealed(ENTITY)[:200],
        b"-----BEGIN PGP MESSAGE-----",
    ):
        mail = opened(pgp_mime(broken))
        assert (mail.encrypted, mail.text) == (True, "")
        assert classify(mail).kind == "review"
        assert classify(mail).reason.startswith("encrypted: ")


def test_what_is_too_large_inside_says_so() -> None:
    keys, most = secret(), 100
    with pytest.raises(pgp.SealedError, match="too large"):
        pgp.opened(sealed(ENTITY * 10), keys, most)


def test_a_message_that_swells_does_no_harm() -> None:
    key = (GPG / "key.asc").read_bytes()
    mail = read(pgp_mime((GPG / "bomb.pgp").read_bytes()), key)
    assert mail.encrypted
    assert classify(mail).kind == "review"
    assert "what is inside is too large" in classify(mail).reason


def test_what_gpg_signed_and_sealed_is_read() -> None:
    letter, key = ((GPG / name).read_bytes() for name in ("letter.asc", "key.asc"))
    mail = read(pgp_mime(letter), key)
    assert classify(mail).rights == ("access",)
    assert mail.attachments == ()
    assert opened(pgp_mime(sealed(ENTITY))).text == LETTER
