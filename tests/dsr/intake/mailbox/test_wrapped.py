"""Mails wrapped by Outlook or signed with S/MIME are read; the encrypted are not."""

import struct
from datetime import UTC, datetime
from functools import cache

import compressed_rtf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.enclosed.kinds import could_be_a_letter
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import ParsedMail, Signature
from tests.dsr.intake.mailbox.enclosed.files import LETTER, rtf

HEAD = b"From: jeanne@post.example\r\nTo: dpo@us.example\r\nSubject: data\r\n"
ENTITY = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + LETTER.encode()
HELD = Signature(holds=True, address="jeanne@post.example")
OPAQUE, DETACHED = [pkcs7.PKCS7Options.Binary], [pkcs7.PKCS7Options.DetachedSignature]
Options = list[pkcs7.PKCS7Options]
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def key_of(kind: str) -> Key:
    if kind == "rsa":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(kind: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jeanne")])
    names = x509.SubjectAlternativeName([x509.RFC822Name("jeanne@post.example")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key_of(kind).public_key())
        .serial_number(77)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2036, 1, 1, tzinfo=UTC))
        .add_extension(names, critical=False)
        .sign(key_of(kind), hashes.SHA256())
    )


def signature(content: bytes, options: Options, kind: str = "ec") -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(certificate(kind), key_of(kind), hashes.SHA256())
    return builder.sign(Encoding.DER, options)


def opaque(content: bytes, subtype: str = "x-pkcs7-mime") -> ParsedMail:
    declared = f"Content-Type: application/{subtype}; name=smime.p7m\r\n\r\n"
    return parse(HEAD + declared.encode() + content)


def parts(kind: bytes, *written: bytes) -> ParsedMail:
    start = b"Content-Type: multipart/" + kind + b"; boundary=b\r\n\r\n--b\r\n"
    return parse(HEAD + start + b"\r\n--b\r\n".join(written) + b"\r\n--b--\r\n")


def clear(entity: bytes, signed: bytes, kind: str = "ec") -> ParsedMail:
    declared = b"Content-Type: application/pkcs7-signature\r\n\r\n"
    return parts(b"signed", entity, declared + signature(signed, DETACHED, kind))


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_signed_letter_is_read_and_its_signature_checked(kind: str) -> None:
    inside = opaque(signature(ENTITY, OPAQUE, kind))
    beside = clear(ENTITY, ENTITY, kind)

    for mail in (inside, beside):
        assert (mail.text, mail.signature) == (LETTER, HELD)
        assert (mail.encrypted, mail.attachments, mail.problems) == (False, (), ())
        assert classify(mail).rights == ("access",)


def test_a_signature_survives_other_line_ends() -> None:
    unix = ENTITY.replace(b"\r\n", b"\n")
    mail = clear(unix, unix.replace(b"\n", b"\r\n"))

    assert mail.signature == HELD


def test_a_letter_changed_after_it_was_signed_is_read_and_says_so() -> None:
    mail = clear(ENTITY, ENTITY.replace(b"15", b"17"))

    assert mail.signature == Signature(holds=False, address="jeanne@post.example")
    assert mail.problems == (
        "its signature does not hold: the letter may have been changed",
    )


def test_a_signature_that_is_none_does_not_hold() -> None:
    none = b"Content-Type: application/pkcs7-signature\r\n\r\nnone"
    mail = parts(b"signed", ENTITY, none)

    assert (mail.text, mail.signature) == (LETTER, Signature(holds=False, address=""))


def test_what_is_encrypted_waits_in_the_tray() -> None:
    built = pkcs7.PKCS7EnvelopeBuilder().set_data(ENTITY)
    built = built.add_recipient(certificate("rsa"))
    mail = opaque(built.encrypt(Encoding.DER, []), "pkcs7-mime")

    assert (mail.encrypted, mail.signature) == (True, None)
    assert classify(mail).kind == "review"


def attribute(kind: int, value: bytes, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, kind, 6, len(value)) + value + b"\0\0"


def properties(*pairs: tuple[int, int, bytes]) -> bytes:
    """Write MAPI properties: type, number, value; a named one before them."""
    named = struct.pack("<HH16sII", 3, 0x8001, bytes(16), 1, 6) + b"a\0b\0\0\0\0\0"
    said = struct.pack("<I", len(pairs) + 1) + named + struct.pack("<I", 5)
    for kind, number, value in pairs:
        said += struct.pack("<HHII", kind, number, 1, len(value))
        said += value + bytes(-len(value) % 4)
    return said


def winmail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def in_outlook(content: bytes, body: bytes = b"") -> ParsedMail:
    declared = b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n"
    return parts(b"mixed", b"\r\n" + body, declared + content)


BODIES = {
    "plain": (0x1E, 0x1000, LETTER.encode("cp1252") + b"\0"),
    "wide": (0x1F, 0x1000, (LETTER + "\0").encode("utf-16-le")),
    "html": (0x102, 0x1013, LETTER.replace("\n", "<br>").encode()),
    "rtf": (0x102, 0x1009, compressed_rtf.compress(rtf())),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_letter_and_files_in_a_winmail_are_read(
    body: tuple[int, int, bytes],
) -> None:
    name = (0x1F, 0x3707, "Pièce.pdf\0".encode("utf-16-le"))
    mail = in_outlook(
        winmail(
            attribute(0x9003, properties(body)),
            attribute(0x9002, bytes(14), 2),
            attribute(0x8010, b"PICE~1.PDF\0", 2),
            attribute(0x800F, b"%PDF-1.4", 2),
            attribute(
                0x9005, properties(name, (0x1E, 0x370E, b"application/pdf\0")), 2
            ),
        )
    )

    assert mail.text == LETTER
    (file,) = mail.attachments
    assert (file.filename, file.content_type) == ("Pièce.pdf", "application/pdf")
    assert file.content == b"%PDF-1.4"


def test_what_the_mail_says_itself_is_not_said_twice() -> None:
    inside = winmail(attribute(0x9003, properties(BODIES["plain"])))
    footer = "Best wishes, Jeanne"

    assert in_outlook(inside, body=LETTER.encode("cp1252")).text == LETTER
    assert in_outlook(inside, body=footer.encode()).text == f"{footer}\n\n{LETTER}"


@pytest.mark.parametrize(
    "content",
    [
        winmail(),
        winmail(attribute(0x9003, b"\xff" * 40)),
        winmail(attribute(0x9003, properties((0x102, 0x1009, b"junk" * 9)))),
        winmail(attribute(0x9003, properties((0x102, 0x1009, b"LZFu" + b"\xff" * 40)))),
        winmail(attribute(0x800F, b"no file before")),
        winmail(b"\x01" + b"\xff" * 30),
    ],
)
def test_a_damaged_winmail_stays_a_file(content: bytes) -> None:
    mail = in_outlook(content, body=b"Hello")

    assert mail.text == "Hello"
    assert [file.filename for file in mail.attachments] == ["winmail.dat"]


PGP_START, PGP_END = b"-----BEGIN PGP MESSAGE-----\r\n", b"-----END PGP MESSAGE-----"


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"\r\n" + PGP_START + b"\r\nhQEMA\r\n" + PGP_END,
        HEAD + b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\n"
        b"Content-Type: application/octet-stream\r\n\r\n" + PGP_START + b"--b--\r\n",
    ],
)
def test_what_pgp_encrypts_waits_in_the_tray(raw: bytes) -> None:
    found = classify(parse(raw))

    assert (found.kind, found.reason) == ("review", "encrypted")


def test_what_pgp_signs_is_read() -> None:
    start = b"-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA256\r\n\r\n"
    end = b"\r\n-----BEGIN PGP SIGNATURE-----\r\niQ\r\n-----END PGP SIGNATURE-----\r\n"
    inline = parse(HEAD + b"\r\n" + start + LETTER.encode() + end)
    declared = b"Content-Type: application/pgp-signature; name=s.asc\r\n\r\n"
    beside = parts(b"signed", ENTITY, declared + end)

    for mail in (inline, beside):
        assert (mail.text, mail.signature, mail.problems) == (LETTER, None, ())
        assert not any(could_be_a_letter(file) for file in mail.attachments)
        assert classify(mail).rights == ("access",)
