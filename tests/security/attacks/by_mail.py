"""Attacks by mail, and how an officer works on what they open."""

import base64

from dsr import casework
from dsr.models import Arrival
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, refused
from tests.dsr.intake import reports
from tests.dsr.intake.conftest import ACCESS, ERASURE, mail
from tests.security.attacks.mails import AGENT, AS_JEANNE, HERSELF, STRANGER, Given
from tests.security.attacks.stage import (
    NUMBER,
    PAPER,
    Stage,
    seen_of,
)


def by_mail(stage: Stage, text: str, given: Given, becomes: str) -> str:
    """Send it, and let an officer work on the case that it opens."""
    before = stage.hers.messages.count()
    arrival = stage.receive(text, **given)
    assert arrival.result == becomes
    if arrival.result == "opened":
        assert arrival.case is not None
        assert arrival.case != stage.hers
        assert arrival.case.subject != stage.hers.subject
        stage.work(arrival.case)
    joined = stage.hers.messages.count() - before
    assert joined == (1 if becomes == "threaded" else 0)
    return seen_of(arrival)


def by_agent(stage: Stage, relation: str, claim: str) -> str:
    """Write for her, and let an officer believe the number that is given."""
    text = AGENT.format(relation, claim)
    arrival = stage.receive(text, sender="Maître Dupont <d@law.example>")
    case = arrival.case
    assert case is not None
    assert case.is_by_agent
    stage.work(case)
    known = casework.add_identifier(
        case.pk, kind="customer_number", value=NUMBER, by=OFFICER, at=RECEIVED
    )
    with refused("comes from a representative without a mandate"):
        casework.establish_identity(
            case.tickets.get().pk,
            method="the number is right",
            identifiers=[known.pk],
            by=OFFICER,
            at=RECEIVED,
        )
    return "without a mandate"


def replayed(stage: Stage) -> str:
    """Send her own mail once more, byte for byte."""
    with stage.arrival.raw.open("rb") as raw:
        again = stage.take(raw.read())
    assert again == stage.arrival
    assert Arrival.objects.count() == 1
    return seen_of(again)


def new_address_then_access(stage: Stage) -> str:
    """Have the e-mail address corrected first, then ask for the data from there."""
    first = stage.receive(
        f"Please correct my e-mail address: it is {STRANGER} (Article 16 GDPR). "
        f"My customer number is {NUMBER}.",
        sender=AS_JEANNE,
    )
    second = stage.receive(ACCESS, sender=AS_JEANNE)
    for arrival in (first, second):
        assert arrival.result == "opened"
        assert arrival.case is not None
        stage.work(arrival.case)
    return seen_of(first)


def paper_by_mail(stage: Stage, subject: str) -> str:
    """Enclose the copy of an identity card that nobody asked for."""
    coded = base64.b64encode(PAPER).decode()
    body = (
        f"--b\r\nContent-Type: text/plain\r\n\r\n{ERASURE}\r\n--b\r\n"
        'Content-Type: image/jpeg; name="carte d\'identite.jpg"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{coded}\r\n--b--\r\n"
    )
    subject = subject.format(ref=stage.hers.reference)
    raw = mail("", sender=HERSELF, subject=subject).replace(
        b"text/plain; charset=utf-8", b'multipart/mixed; boundary="b"'
    )
    return seen_of(stage.take(raw + body.encode()))


def reported(stage: Stage) -> str:
    """Report falsely that our letter to her did not arrive."""
    casework.send_letters(at=RECEIVED + stage.now)
    given = {"action": "failed", "kind": "message/rfc822", "code": "5.1.1"}
    text = reports.DSN.format(to=JEANNE, id=stage.letter.message_id, **given)
    arrival = stage.take(text.encode())
    assert arrival.result == "ignored"
    stage.letter.refresh_from_db()
    assert stage.letter.undelivered_at is not None
    return seen_of(arrival)


def answered_by_a_machine(stage: Stage) -> str:
    """Answer each of our letters by a machine, in four languages, ten times."""
    before = stage.hers.letters.count()
    words = (
        "I am out of the office.",
        "Je suis absent du bureau.",
        "Ik ben afwezig.",
        "Ich bin abwesend.",
    )
    for number in range(12):
        text = reports.ABSENT.format(
            to=JEANNE,
            id=stage.letter.message_id,
            subject=f"Out of office {number}",
            text=words[number % len(words)],
        )
        assert stage.take(text.encode()).result == "ignored"
    assert stage.hers.letters.count() == before
    return seen_of(Arrival.objects.latest("pk"))
