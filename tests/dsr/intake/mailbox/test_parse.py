"""Bytes become a mail, whatever the bytes are."""

import base64
import random
import time
from dataclasses import replace

import pytest

from dsr.intake.mailbox.classify import classify
from dsr.intake.mailbox.parse import parse, safe_name
from dsr.intake.mailbox.parsed import DEFAULT_LIMITS
from tests.dsr.intake.mailbox.samples import labels, raw_mail

TOP = b"From: a@post.example\r\nTo: dpo@desk.example\r\n"
HTML = TOP + b"Content-Type: text/html\r\n\r\n"
SECONDS = 2.0  # of processor time for one message, however hostile


def nested(depth: int) -> bytes:
    return TOP + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i)
        for i in range(depth)
    )


def many_parts(count: int) -> bytes:
    start = TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    return start + b"--b\r\n\r\nx\r\n" * count + b"--b--"


HOSTILE = {
    "60,000 encoded words": TOP + b"Subject: " + b" =?utf-8?q?ab?=" * 60_000,
    "500 nested comments": b"From: " + b"(" * 500 + b")" * 500 + b" a@post.example",
    "a From of angles": b"From: " + b"<" * 60_000,
    "a From of at signs": b"From: " + b"a@" * 30_000,
    "multipart 2,000 deep": nested(2_000),
    "message 2,000 deep": TOP + b"Content-Type: message/rfc822\r\n\r\n" * 2_000,
    "no such charset": TOP + b"Content-Type: text/plain; charset=nope\r\n\r\n\xff\xfe",
    "a codec, no charset": TOP
    + b"Content-Type: text/plain; charset=punycode\r\n\r\na-",
    "50,000 parts": many_parts(50_000),
    "10,000 addresses": TOP + b"Cc: " + b"a@post.example, " * 10_000,
    "5,000 parameters": TOP + b"Content-Type: text/plain" + b"; p=x" * 5_000,
    "10,000 continuations": TOP
    + b"Content-Disposition: attachment"
    + b"".join(b"; filename*%d*=x" % i for i in range(10_000)),
    "25 MB attached": TOP
    + b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.encodebytes(bytes(25_000_000)),
    "100,000 header lines": b"a: b\r\n" * 100_000,
    "a date out of time": TOP + b"Date: Thu, 01 Jan 0001 00:00:00 +9999\r\n\r\nx",
    "an empty id": TOP + b"Message-ID: <>\r\nIn-Reply-To: <\r\n\r\nx",
    "HTML of angles": HTML + b"<" * 500_000,
    "HTML of unclosed comments": HTML + b"<!--" * 125_000,
    "HTML of unclosed elements": HTML + b"<svg>" * 100_000,
    "HTML of block quotes": HTML + b"<blockquote>" * 40_000,
    "lines like attributions": TOP + b"\r\n" + b"On 1 a\n" * 70_000,
    "lines like headers": TOP + b"\r\n" + b"Von: a\n" * 70_000,
    "lines like bullets": TOP + b"\r\n" + b"- a\n" * 100_000,
    "one endless sentence": TOP + b"\r\n" + b"my data you hold about me " * 20_000,
    "36 MB of nothing": b"\n" * 36_000_000,
    "noise": random.Random(7).randbytes(1_000_000),  # noqa: S311  not a secret
    "nothing": b"",
    "NUL": bytes(1_000_000),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_mail_is_read_in_time(name: str) -> None:
    started = time.process_time()

    found = classify(parse(HOSTILE[name]))

    assert time.process_time() - started < SECONDS
    assert found.kind in ("review", "not_a_request", "new_request")


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Cut, double, overwrite or insert, one to eight times."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                del data[at : at + chance.randrange(60)]
            case 1:
                data[at:at] = data[at : at + chance.randrange(200)]
            case 2:
                data[at : at + 3] = chance.randbytes(3)
            case _:
                data[at:at] = chance.choice(
                    [
                        b"\r\n",
                        b"\0",
                        b"=?utf-8?b?",
                        b"<",
                        b'"',
                        b"(",
                        b"--",
                        b"\xff",
                        b";",
                    ]
                )
    return bytes(data)


@pytest.mark.parametrize("name", sorted(labels()))
def test_no_mutation_of_a_mail_raises(name: str) -> None:
    raw, chance = raw_mail(name), random.Random(name)  # noqa: S311  repeatable

    for _ in range(8):
        mail = parse(mutated(raw, chance))

        assert classify(mail).kind
        assert "\0" not in mail.text + mail.subject + mail.sender.name


@pytest.mark.parametrize(
    ("name", "sender", "subject"),
    [
        ("fr-004.eml", "Élodie Marchetti", "Civilité et prénom à corriger"),
        ("fr-020.eml", "Étude Notariale Wauthier & Associés", "Succession de feu"),
        ("fr-024.eml", "Frédérique Noël", "Désinscription complète et effacement"),
        ("de-012.eml", "Familie Grünewald", "Werbewiderspruch"),
        ("x-004.eml", "NulByte", "my data"),
        ("x-032.eml", "Spacey Colon", "space before colon"),
    ],
)
def test_headers_are_decoded(name: str, sender: str, subject: str) -> None:
    mail = parse(raw_mail(name))

    assert mail.sender.name == sender
    assert mail.subject.startswith(subject)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("de-008.eml", "bitte alles lösschen"),  # windows-1252 called UTF-8
        ("fr-008.eml", "Vous me réclamez 640 €"),  # ISO-8859-15
        ("fr-024.eml", "« Vacances sereines »"),  # UTF-8 called ISO-8859-1
        ("nl-024.eml", "recht op overdraagbaarheid van gegevens"),  # soft hyphens
        ("x-040.eml", "merci d'arrêter tout traitement"),  # UTF-16
        ("x-036.eml", "Please correct my e-mail address"),  # no boundary
    ],
)
def test_the_text_is_what_the_sender_wrote(name: str, words: str) -> None:
    assert words in parse(raw_mail(name)).text


def test_active_content_leaves_only_its_words() -> None:
    mail = parse(raw_mail("x-016.eml"))

    words = "Bonjour, Supprimez toutes mes données. clic Hugo Script"
    assert " ".join(mail.text.split()) == words


def test_history_is_apart_from_own_words() -> None:
    mail = parse(raw_mail("fr-028.eml"))

    assert "Merci pour la rapidité" in mail.text
    assert "rectification" not in mail.text
    assert "rectification" in mail.quoted


def test_instants_are_the_server_s_and_the_sender_s_apart() -> None:
    mail = parse(raw_mail("en-004.eml"))

    assert mail.received_at is not None
    assert mail.received_at.isoformat() == "2026-03-30T10:05:51+00:00"
    assert mail.date == mail.received_at


def test_an_attachment_is_kept_with_its_digest() -> None:
    (pdf,) = parse(raw_mail("en-020.eml")).attachments

    assert pdf.filename == "certificate of inheritance.pdf"
    assert pdf.content_type == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert len(pdf.sha256) == 64


@pytest.mark.parametrize(
    ("written", "safe"),
    [
        ("../../etc/passwd", "____etc_passwd"),
        ("a\r\nb.pdf", "a b.pdf"),
        ("C:\\x\\y.doc", "C__x_y.doc"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", "unnamed"),
        ("a" * 300 + ".pdf", "a" * 109 + ".pdf"),
    ],
)
def test_a_file_name_can_do_nothing(written: str, safe: str) -> None:
    assert safe_name(written) == safe


def test_an_encrypted_mail_is_known() -> None:
    assert parse(raw_mail("x-048.eml")).encrypted


def test_what_is_no_mail_says_so() -> None:
    assert parse(b"\x89PNG\r\n\x1a\n").problems == (
        "a header line without a name",
        "this is no e-mail: no header of one was found",
    )


def test_limits_are_the_caller_s() -> None:
    tight = replace(DEFAULT_LIMITS, parts=3)

    mail = parse(many_parts(10), tight)

    assert mail.problems == ("too many parts, the rest was not read",)
