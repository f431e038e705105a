"""OpenPGP (RFC 9580, RFC 3156): opens what was encrypted for a key of the desk.

Nothing is verified: a signature inside says who holds a key, and nobody here knows
whose that is. Runs in the child that reads mails, within its bounds.
"""

import re

from pysequoia import Tsk, decrypt

MESSAGE = re.compile(
    rb"^-----BEGIN PGP MESSAGE-----.*?^-----END PGP MESSAGE-----",
    re.DOTALL | re.MULTILINE,
)
KEY = re.compile(
    rb"-----BEGIN PGP PRIVATE KEY BLOCK-----.*?-----END PGP PRIVATE KEY BLOCK-----",
    re.DOTALL,
)
MOST = 5  # messages in one text; each costs time
# What the library says when none of the session keys is for us.
NOT_FOR_US = ("No key to decrypt", "Missing session key")

FOR_ANOTHER = "for another key than PGP_KEY"
DAMAGED = "damaged, or in a form that is not read"


class SealedError(Exception):
    """It stays encrypted; the message says why, in words for an officer."""


def opened(message: bytes, keys: bytes, most: int) -> bytes:
    """Decrypt a message, armored or not, with one of the keys.

    Args:
        message: as it came.
        keys: armored secret keys without a passphrase, one after the other.
        most: bytes that it may hold.

    Raises:
        SealedError: no key opens it, it is damaged, or holds too much.

    """
    why = "PGP_KEY holds no key that decrypts: it has a passphrase, or has expired"
    for key in KEY.findall(keys):
        try:
            decryptor = Tsk.from_bytes(key).decryptor()
        except RuntimeError:
            continue
        try:
            inside = decrypt(message, decryptor=decryptor).bytes
        except MemoryError:
            inside = None
        except RuntimeError as error:
            is_anothers = str(error).startswith(NOT_FOR_US)
            why = FOR_ANOTHER if is_anothers else DAMAGED
            if is_anothers:
                continue
            break
        if inside is None or len(inside) > most:
            why = "what is inside is too large"
            break
        return inside
    raise SealedError(f"encrypted: {why}")


def opened_text(text: bytes, keys: bytes, most: int) -> bytes | None:
    """Give a text with each message in it decrypted; None if it holds none.

    Raises:
        SealedError: one of them stays encrypted.

    """
    found = list(MESSAGE.finditer(text))
    if not found:
        return None
    if len(found) > MOST:
        raise SealedError("encrypted: too many messages in one text")
    return MESSAGE.sub(lambda one: opened(one[0], keys, most), text)
