"""The intake: from the bytes of a mail to a committed case with its acknowledgement.

The reference reads the mail with the standard library, every header and every part,
and commits one bare transaction of four statements in the same database.
"""

from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count

from django.db import connection
from django.utils import timezone

from dsr.intake.mailbox.ahead import Begun, one_ahead
from dsr.intake.mailbox.receive import receive
from exports.bench.measure import Measured, side_by_side

FLOOR = 0.5
MAILS = 60  # in one turn
TABLES = ("case", "ticket", "event", "outbox")
WISHES = {
    "en": "Please send me a copy of all personal data you hold about me (Article 15 "
    "GDPR).",
    "fr": "Je souhaite recevoir une copie de toutes les données à caractère personnel "
    "que vous détenez sur moi (article 15 du RGPD).",
    "nl": "Graag ontvang ik een kopie van alle persoonsgegevens die u over mij "
    "verwerkt (artikel 15 AVG).",
    "de": "Bitte senden Sie mir eine Kopie aller personenbezogenen Daten, die Sie über "
    "mich speichern (Artikel 15 DSGVO).",
}
STORIES = {
    "en": "I have been a customer since 2011 and moved to Antwerp last spring. ",
    "fr": "Je suis cliente depuis 2011 et j'ai déménagé à Liège au printemps. ",
    "nl": "Ik ben klant sinds 2011 en ben in het voorjaar naar Gent verhuisd. ",
    "de": "Ich bin seit 2011 Kundin und im Frühling nach Eupen umgezogen. ",
}
STYLE = '<p style="margin:0 0 12px;font-family:Arial,sans-serif;font-size:14px">'
NUMBERS = count(1)


def mails() -> list[bytes]:
    """Write mails of 10 kB, text and HTML, by people who never wrote before."""
    languages = list(WISHES)
    return [_mail(next(NUMBERS), languages[n % 4]) for n in range(MAILS)]


def _mail(number: int, language: str) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"Jeanne Peeters <person{number}@home.example>"
    mail["To"] = "dpo.bnl@ipa.example"
    mail["Subject"] = f"GDPR {number}"
    mail["Message-ID"] = f"<bench{number}@home.example>"
    mail["Date"] = "Thu, 05 Mar 2026 11:00:00 +0100"
    mail["Received"] = (
        "from out.example by mx.ipa.example; Thu, 05 Mar 2026 11:00:01 +0100"
    )
    letter = [STORIES[language] * 6, WISHES[language], STORIES[language] * 8]
    mail.set_content("\n\n".join([*letter, "Jeanne Peeters"]))
    html = "".join(f"{STYLE}{words}</p>\n" for words in letter) + STYLE * 75
    mail.add_alternative(f"<html><body>{html}</body></html>", subtype="html")
    return mail.as_bytes()


def measure() -> Measured:
    """Measure both in the database that is configured; it has to be a scratch one."""
    _make_tables()
    reference, ours = side_by_side(_naive, _receive, mails)
    size = len(_mail(0, "fr")) / 1000
    what = f"mails of {size:.0f} kB to committed cases in {connection.vendor}"
    return Measured("intake", what, ours, reference, FLOOR)


def _receive(mails: Sequence[bytes]) -> None:
    """Take mails in one after the other, as they are taken out of a mailbox."""
    for raw, begun in one_ahead(mails, Begun):
        now = timezone.now()
        receive(raw, received_at=now, source="bench", begun=begun, at=now)


def _naive(mails: Sequence[bytes]) -> None:
    for raw in mails:
        _naive_one(raw)


def _naive_one(raw: bytes) -> object:
    """Read all of a mail, and commit four rows: a program that does no more."""
    mail = message_from_bytes(raw, policy=policy.default)
    headers = [(name, str(value)) for name, value in mail.items()]
    text = [
        part.get_content()
        for part in mail.walk()
        if part.get_content_maintype() == "text"
    ]
    mark = "?" if connection.vendor == "sqlite" else "%s"
    with connection.cursor() as cursor:
        bare = cursor.connection
        bare.execute("BEGIN")
        for table in TABLES:
            sql = f"INSERT INTO bench_{table} (words) VALUES ({mark})"  # noqa: S608
            bare.execute(sql, (text[0][:1000],))
        bare.execute("COMMIT")
    return headers


def _make_tables() -> None:
    key = (
        "integer PRIMARY KEY"
        if connection.vendor == "sqlite"
        else "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    )
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bench_{table} (id {key}, words text)")
