"""Parts in which a mail is wrapped: by Outlook, by S/MIME that signed, by OpenPGP.

What reads them is loaded when the first is met, as it takes long and they are rare.
"""

import re
from typing import NamedTuple

from dsr.intake.mailbox.parsed import Signature

WINMAIL_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
WINMAIL_START = b"\x78\x9f\x3e\x22"
OPAQUE_TYPES = ("application/pkcs7-mime", "application/x-pkcs7-mime")
PGP_VERSION_TYPE = "application/pgp-encrypted"
PGP_TYPES = ("multipart/encrypted", PGP_VERSION_TYPE)
PGP_MESSAGE = b"-----BEGIN PGP MESSAGE-----"
PGP_NAMES = (".pgp", ".gpg")
PGP_ENDING = re.compile(r"\.(?:pgp|gpg|asc)$", re.IGNORECASE)
DETACHED_TYPES = ("application/pkcs7-signature", "application/x-pkcs7-signature")


class File(NamedTuple):
    """A part found inside: `name` is "" for the letter itself."""

    content_type: str
    name: str
    content: bytes


class Opened(NamedTuple):
    """What was inside: files, or a MIME entity to be walked; and its signature.

    `problem` says why it stays closed.
    """

    files: tuple[File, ...] = ()
    mime: bytes | None = None
    signature: Signature | None = None
    problem: str = ""


def unwrap(
    content_type: str, name: str, content: bytes, signed: bytes | None
) -> Opened | None:
    """Open a part that wraps others; None for any other part.

    Args:
        content_type: as declared.
        name: its file name; programs that lose the type leave it smime.p7m.
        content: its bytes.
        signed: the entity before it that it may sign, of a multipart/signed.

    """
    if content_type in WINMAIL_TYPES or content.startswith(WINMAIL_START):
        return _winmail(content)
    if content_type in DETACHED_TYPES and signed is not None:
        from dsr.intake.mailbox.smime import check_detached  # noqa: PLC0415

        return Opened(signature=check_detached(signed, content))
    if content_type in OPAQUE_TYPES or name.lower().endswith(".p7m"):
        from dsr.intake.mailbox.smime import signed_inside  # noqa: PLC0415

        inside = signed_inside(content)
        return Opened(mime=inside[0], signature=inside[1]) if inside else None
    return None


def _winmail(content: bytes) -> Opened | None:
    from dsr.intake.mailbox.outlook import read_winmail  # noqa: PLC0415

    mail = read_winmail(content)
    files = [
        File(
            one.content_type or "application/octet-stream",
            one.name or "unnamed",
            one.content,
        )
        for one in mail.files
    ]
    letter = File(mail.content_type, "", mail.text.encode("utf-8", "replace"))
    return Opened((letter, *files)) if files or mail.text.strip("\0 \r\n") else None


def decrypted(
    content_type: str,
    name: str,
    content: bytes,
    *,
    entity: bool,
    keys: bytes,
    most: int,
) -> Opened | None:
    """Open a part that is encrypted with OpenPGP; None for any other part.

    Args:
        content_type: as declared.
        name: its file name, "" for the letter itself.
        content: its bytes.
        entity: whether a MIME entity is inside (RFC 3156), else a file.
        keys: those of the desk, see `pgp`.
        most: bytes that may be inside.

    """
    from dsr.intake.mailbox import pgp  # noqa: PLC0415

    try:
        if content_type == "text/plain" and not name:
            text = pgp.opened_text(content, keys, most)
            return None if text is None else Opened((File("text/plain", "", text),))
        if content_type == PGP_VERSION_TYPE:
            return Opened()
        is_whole = entity and content_type == "application/octet-stream"
        if not is_whole and not is_sealed(name, content):
            return None
        inside = pgp.opened(content, keys, most)
    except pgp.SealedError as error:
        return Opened(problem=str(error))
    if entity:
        return Opened(mime=inside)
    name = PGP_ENDING.sub("", name) or "unnamed"
    return Opened((File("application/octet-stream", name, inside),))


def is_sealed(name: str, content: bytes) -> bool:
    """Say whether a file is encrypted with OpenPGP: by its first line, or its name."""
    armored = content.lstrip().startswith(PGP_MESSAGE)
    return armored or name.lower().endswith(PGP_NAMES)
