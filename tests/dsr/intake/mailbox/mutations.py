"""Mails as no program writes them: every sample, changed at random, read and judged.

    python -m tests.dsr.intake.mailbox.mutations [receive] [COUNT] [SEED]

reads COUNT (10,000) of them, names each that ended as it must not, and says how long
the slowest took. With `receive` they are taken in besides, on a database made for it.
"""

import base64
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import django
from django.core.management import call_command

from dsr.intake.mailbox import reading
from dsr.intake.mailbox.classify import classify
from tests.dsr.intake.mailbox.enclosed.files import docx, odt, pdf, rtf, zipped
from tests.dsr.intake.mailbox.samples import MAIL
from tests.dsr.intake.mailbox.test_wrapped import (
    ENTITY,
    OPAQUE,
    attribute,
    properties,
    signature,
    winmail,
)

KINDS = {"new_request", "follow_up", "not_a_request", "auto_generated", "review"}
SLOW = 2.0  # seconds of processor time, here and in the child
TOKENS = (
    b"=?utf-8?q?=", b"?=", b"\r\n\r\n", b"\n", b"\r", b"\0", b"(", b")", b"<", b">",
    b"--", b"--b--", b'"', b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: message/rfc822\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"@,", b"charset=",
    b"<div style=display:none>", b"<!--", b"filename*0*=utf-16''%ff%fe", b"\xff\xfe",
    b"application/pkcs7-mime", b"application/ms-tnef", b"\x78\x9f\x3e\x22", b"%PDF-1.7",
    b"PK\x03\x04", b"{\\rtf1", b"{{CASE_REF}}", b"0x7fffffff", b"9" * 30, b"A" * 2_000,
)  # fmt: skip
Mutation = Callable[[bytes, random.Random], bytes]


def samples() -> list[bytes]:
    """Return the sample mails, and mails with a file of every format we read."""
    opened = winmail(attribute(0x9003, properties((0x1E, 0x1000, b"Erase my data."))))
    files = [
        (pdf(pages=2), "application/pdf", "letter.pdf"),
        (docx(), "application/octet-stream", "letter.docx"),
        (odt(), "application/octet-stream", "letter.odt"),
        (rtf(), "application/rtf", "letter.rtf"),
        (zipped({"a.txt": "a"}), "application/zip", "a.zip"),
        (opened, "application/ms-tnef", "winmail.dat"),
        (signature(ENTITY, OPAQUE), "application/pkcs7-mime", "smime.p7m"),
    ]
    paths = sorted(MAIL.glob("eml/*.eml"))
    return [path.read_bytes() for path in paths] + [with_file(*file) for file in files]


def with_file(content: bytes, kind: str, name: str) -> bytes:
    """Return a mail that holds a file in base64."""
    start = (
        "From: jeanne@post.example\r\nTo: dpo@us.example\r\nSubject: data\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee it.\r\n"
        f"--b\r\nContent-Type: {kind}; name={name}\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return start.encode() + base64.encodebytes(content) + b"--b--\r\n"


def flip(raw: bytes, dice: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.choice((1, 3, 30))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def cut(raw: bytes, dice: random.Random) -> bytes:
    start, end = span(raw, dice)
    return raw[:start] + raw[end:]


def repeat(raw: bytes, dice: random.Random) -> bytes:
    start, end = span(raw, dice)
    return raw[:end] + raw[start:end] * dice.choice((1, 5, 300)) + raw[end:]


def insert(raw: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 4))):
        place = dice.randrange(len(raw) + 1)
        times = dice.choice((1, 1, 1, 5_000))
        raw = raw[:place] + dice.choice(TOKENS) * times + raw[place:]
    return raw


def move_lines(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def wrap(raw: bytes, dice: random.Random) -> bytes:
    return b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" + raw


def span(raw: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(raw) + 1)
    return start, min(len(raw), start + dice.choice((1, 20, 500, len(raw))))


MUTATIONS: tuple[Mutation, ...] = (flip, flip, cut, repeat, insert, move_lines, wrap)


def mutated(number: int, seed: int, kept: list[bytes]) -> bytes:
    """Return one mutation, the same each time: one to three changes of one sample."""
    dice = random.Random(f"{seed} {number}")  # noqa: S311
    raw = kept[number % len(kept)]
    for _ in range(dice.randrange(1, 4)):
        raw = dice.choice(MUTATIONS)(raw, dice) or b"\n"
        raw = raw[:2_000_000]
    return raw


class End(NamedTuple):
    """What a mail ended as, and what it did that no mail may do, or nothing."""

    kind: str
    wrong: str = ""


def end_of(raw: bytes, _number: int = 0) -> End:
    """Read a mail in the child, and judge it."""
    began = time.process_time()
    mail = reading.read(raw)
    found = classify(mail)
    took = time.process_time() - began
    if found.kind not in KINDS or not found.reason:
        return End(found.kind, "ended without a kind or a reason")
    if mail.is_unread:
        wrong = "" if found.kind == "review" else "was not read, and waits for nobody"
        return End("unread", wrong)
    if found.kind == "new_request" and not found.rights:
        return End(found.kind, "asks for nothing, and opens a case")
    return End(found.kind, f"took {took:.1f} s" if took > SLOW else "")


@contextmanager
def database() -> Iterator[None]:
    """Set Django up with an empty database, and a folder for files; both go."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "for mutations",
            "DATA_DIR": folder,
            "LOG_LEVEL": "ERROR",
        }
        django.setup()
        call_command("migrate", verbosity=0)
        yield


def main(
    count: int = 10_000,
    seed: int = 1,
    end_of: Callable[[bytes, int], End] = end_of,
) -> int:
    """Read `count` mutations; return 1 if one ended as none may."""
    kept, ends, slowest, wrong = samples(), Counter[str](), 0.0, 0
    for number in range(count):
        raw = mutated(number, seed, kept)
        began = time.perf_counter()
        end = end_of(raw, number)
        slowest = max(slowest, time.perf_counter() - began)
        ends[end.kind] += 1
        if end.wrong:
            wrong += 1
            print(f"mutation {number} of seed {seed} {end.wrong}")  # noqa: T201
    print(f"{dict(ends)}; {wrong} wrong; the slowest took {slowest:.2f} s")  # noqa: T201
    return 1 if wrong else 0


def main_receiving(count: int = 10_000, seed: int = 1) -> int:
    """Take in `count` mutations; return 1 if one ended as none may."""
    with database():
        from tests.dsr.intake.mailbox.mutations_received import (  # noqa: PLC0415
            end_of_received,
        )

        return main(count, seed, end_of_received)


if __name__ == "__main__":
    words = sys.argv[1:]
    run = main_receiving if words[:1] == ["receive"] else main
    sys.exit(run(*(int(word) for word in words if word != "receive")))
