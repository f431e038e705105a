"""S/MIME (RFC 8551): what a signature covers, whether it holds, whose it says it is.

Whether the certificate itself may be believed is not checked: anybody can make one that
names any address. So a signature that holds proves nothing about the sender; one that
does not hold says that the letter was changed.
"""

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtensionOID, NameOID

from dsr.intake.mailbox.charsets import clean_line
from dsr.intake.mailbox.parsed import Signature

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
# What asn1crypto and cryptography raise when they meet the bytes of a stranger.
MALFORMED = (ValueError, TypeError, KeyError, RecursionError, UnsupportedAlgorithm)
BROKEN = Signature(holds=False, address="")


def signed_inside(content: bytes) -> tuple[bytes, Signature] | None:
    """Give what an opaque message signs, and its signature; None if it signs nothing.

    It is then encrypted, or damaged.
    """
    try:
        data = _signed_data(content)
        inner = data["encap_content_info"]["content"].native
    except MALFORMED:
        return None
    return (inner, _checked(data, inner)) if isinstance(inner, bytes) else None


def check_detached(signed: bytes, content: bytes) -> Signature:
    """Check a signature that stands in a part of its own (multipart/signed)."""
    lines = signed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    try:
        return _checked(_signed_data(content), lines)
    except MALFORMED:
        return BROKEN


def _signed_data(content: bytes) -> cms.SignedData:
    info = cms.ContentInfo.load(content)
    if info["content_type"].native != "signed_data":
        raise ValueError
    return info["content"]


def _checked(data: cms.SignedData, signed: bytes) -> Signature:
    """Check with the certificate that the first signer names among those enclosed."""
    try:
        signer = data["signer_infos"][0]
        certificate = _certificate(data, signer)
    except (IndexError, StopIteration, *MALFORMED):
        return BROKEN
    address = _address(certificate)
    try:
        _verify(signer, certificate, signed)
    except (InvalidSignature, StopIteration, *MALFORMED):
        return Signature(holds=False, address=address)
    return Signature(holds=True, address=address)


def _certificate(data: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    known = [x509.load_der_x509_certificate(one.dump()) for one in data["certificates"]]
    named = signer["sid"].chosen.native
    if isinstance(named, bytes):
        by_key = ExtensionOID.SUBJECT_KEY_IDENTIFIER
        return next(
            one
            for one in known
            if one.extensions.get_extension_for_oid(by_key).value.public_bytes()[2:]
            == named
        )
    return next(one for one in known if one.serial_number == named["serial_number"])


def _verify(
    signer: cms.SignerInfo, certificate: x509.Certificate, signed: bytes
) -> None:
    """Raise InvalidSignature if the bytes are not the signed ones (RFC 5652, 5.4)."""
    algorithm = HASHES[signer["digest_algorithm"]["algorithm"].native]
    attributes = signer["signed_attrs"]
    if len(attributes):
        digest = hashes.Hash(algorithm)
        digest.update(signed)
        (claimed,) = next(
            one["values"].native
            for one in attributes
            if one["type"].native == "message_digest"
        )
        if digest.finalize() != claimed:
            raise InvalidSignature
        signed = attributes.untag().dump()
    key, signature = certificate.public_key(), signer["signature"].native
    if isinstance(key, rsa.RSAPublicKey):
        is_pss = signer["signature_algorithm"]["algorithm"].native == "rsassa_pss"
        pss = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
        key.verify(signature, signed, pss if is_pss else padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(algorithm))
    else:
        raise UnsupportedAlgorithm(type(key).__name__)


def _address(certificate: x509.Certificate) -> str:
    """Give the address that the certificate names, "" if none."""
    try:
        names = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        ).value.get_values_for_type(x509.RFC822Name)
    except (x509.ExtensionNotFound, ValueError):
        names = []
    names += [
        str(one.value)
        for one in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
    ]
    return clean_line(names[0])[:254] if names else ""
