"""DKIM signatures checked by ourselves, with keys from a real name server."""

import base64
from collections.abc import Iterator
from functools import cache

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from dsr.intake.mailbox.signatures import LARGEST, check_signatures, lookup_at
from tests.dsr.intake.conftest import ACCESS, mail
from tests.servers.names import Names

SELECTOR = b"s1"
NAME = b"s1._domainkey.demo.example."


@cache
def keys() -> tuple[bytes, bytes]:
    """Make a private key (PEM) and its DNS record, once."""
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


def signed(raw: bytes, domain: bytes = b"demo.example", **given: bool) -> bytes:
    header: bytes = dkim.sign(raw, SELECTOR, domain, keys()[0], **given)
    return header + raw


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    """Serve the key of the domain, as a name server does."""
    with Names({NAME.decode(): keys()[1]}) as server:
        yield server


def found(raw: bytes, names: Names) -> list[tuple[str, str]]:
    results = check_signatures(raw, lookup_at(names.address))
    return [(one.result, one.domain) for one in results]


def test_a_signature_that_fits(names: Names) -> None:
    assert found(signed(mail(ACCESS)), names) == [("pass", "demo.example")]


def test_a_changed_mail_does_not_fit(names: Names) -> None:
    raw = signed(mail(ACCESS)).replace(b"copy", b"copies")
    assert found(raw, names) == [("neutral", "demo.example")]


def test_a_signature_of_the_beginning_proves_nothing(names: Names) -> None:
    raw = signed(mail(ACCESS), length=True) + b"Send it elsewhere.\r\n"
    assert found(raw, names) == [("neutral", "demo.example")]


def test_a_domain_without_a_key_proves_nothing(names: Names) -> None:
    raw = signed(mail(ACCESS), domain=b"other.example")
    assert found(raw, names) == [("neutral", "other.example")]


def test_each_signature_is_looked_at_up_to_five(names: Names) -> None:
    raw = mail(ACCESS)
    for _ in range(6):
        raw = signed(raw)
    assert found(raw, names) == [("pass", "demo.example")] * 5


def no_key(_name: bytes, _timeout: float) -> None:
    return None


def our_key(_name: bytes, _timeout: float) -> bytes:
    return keys()[1]


@pytest.mark.parametrize(
    "raw",
    [
        mail(ACCESS),
        b"",
        b"\x00\xff",
        b"x" * (LARGEST + 1),
        b"DKIM-Signature\r\n\r\n",
    ],
)
def test_what_bears_no_signature(raw: bytes) -> None:
    assert check_signatures(raw, no_key) == ()


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"v=1",
        b"v=1; a=rsa-sha256; b=%%; bh=%%; d=\xff; h=from; s=\xff",
        b"v=1; a=rsa-sha256; b=AA; bh=AA; d=demo.example; h=from; s=s1; l=-1",
        b"a" * 60_000,
    ],
)
def test_a_hostile_signature_proves_nothing(signature: bytes) -> None:
    raw = b"DKIM-Signature: " + signature + b"\r\n" + mail(ACCESS)
    results = check_signatures(raw, our_key)
    assert [one.result for one in results] == ["neutral"]
