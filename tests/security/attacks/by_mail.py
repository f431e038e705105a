"""Attacks by mail: each a row with what becomes of it, and what the officer reads."""

import base64

from dsr import casework
from dsr.models import Arrival
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, refused
from tests.dsr.intake import reports
from tests.dsr.intake.conftest import ACCESS, ERASURE, mail
from tests.security.attacks.stage import (
    BORN,
    NUMBER,
    OURS,
    PAPER,
    PASS,
    PHONE,
    Stage,
    seen_of,
)

STRANGER = "jeanne.peeters@elsewhere.example"
AS_JEANNE = f"Jeanne Peeters <{STRANGER}>"
HERSELF = f"Jeanne Peeters <{JEANNE}>"
ABOUT = "Re: {ref}"
NEWS = "Please send me the copy of my data now."
AGENT = "I act on behalf of my {0} Jeanne Peeters, {1}. " + ACCESS
FORWARDED = (
    "FYI\n\n---------- Forwarded message ---------\n"
    f"From: {HERSELF}\nDate: Thu, 5 Mar 2026\nSubject: My data\n"
    f"To: info@company.example\n\n{ACCESS}"
)
Given = dict[str, str]
# what is tried                      how it is sent                    becomes   reads
MAILS: list[tuple[str, str, Given, str, str]] = [
    (
        "an unknown address with the right name, birth date and telephone",
        f"{ACCESS} I am born on {BORN}, my telephone is {PHONE}.",
        {"sender": AS_JEANNE},
        "opened",
        "bears the name of a person",
    ),
    (
        "a domain with a digit for a letter",
        NEWS,
        {"sender": "J <jeanne.peeters@dem0.example>", "subject": ABOUT},
        "tray",
        "looks like",
    ),
    (
        "a domain in other letters",
        NEWS,
        {"sender": "J <jeanne.peeters@xn--dmo-rdd.example>", "subject": ABOUT},
        "tray",
        "looks like",
    ),
    (
        "her name over another address",
        NEWS,
        {"sender": AS_JEANNE, "subject": ABOUT},
        "tray",
        "bears the name of a person",
    ),
    (
        "her address as the name",
        NEWS,
        {"sender": f'"{JEANNE}" <luc@elsewhere.example>', "subject": ABOUT},
        "tray",
        "shows another address",
    ),
    *(
        (
            f"her address, but {failed}",
            NEWS,
            {
                "sender": HERSELF,
                "subject": ABOUT,
                "Authentication_Results": f"{OURS}; {failed}",
            },
            "tray",
            "the check of its sender failed",
        )
        for failed in (
            "spf=fail smtp.mailfrom=demo.example",
            "dkim=fail header.d=demo.example",
            "dmarc=fail header.from=demo.example",
        )
    ),
    (
        "a new request from her address that DMARC disowns",
        ERASURE,
        {
            "sender": HERSELF,
            "Authentication_Results": f"{OURS}; dmarc=fail header.from=demo.example",
        },
        "opened",
        "somebody else may have written",
    ),
    (
        "what she asked, again, from her address that DMARC disowns",
        ACCESS,
        {
            "sender": HERSELF,
            "Authentication_Results": f"{OURS}; dmarc=fail header.from=demo.example",
        },
        "tray",
        "the check of its sender failed",
    ),
    (
        "results forged in our server's name, below its own",
        NEWS,
        {
            "sender": HERSELF,
            "subject": ABOUT,
            "Authentication_Results": f"{OURS}; dmarc=fail header.from=demo.example",
            "authentication_results": PASS,
        },
        "tray",
        "the check of its sender failed",
    ),
    (
        "results of a server that is not ours",
        NEWS,
        {
            "sender": HERSELF,
            "subject": ABOUT,
            "Authentication_Results": PASS.replace(OURS, "mx.elsewhere.example"),
        },
        "threaded",
        "was not checked",
    ),
    (
        "her address, answers to another",
        NEWS,
        {"sender": HERSELF, "subject": ABOUT, "Reply_To": STRANGER},
        "threaded",
        "asks for answers to another address",
    ),
    (
        "a new request in her name, answers to another",
        ERASURE,
        {"sender": HERSELF, "Reply_To": STRANGER},
        "opened",
        "asks for answers to another address",
    ),
    (
        "her reference in the subject",
        NEWS,
        {"sender": f"L <{STRANGER}>", "subject": ABOUT},
        "tray",
        "names a case",
    ),
    (
        "her reference in the text",
        "Send me what you have in {ref}.",
        {"sender": f"L <{STRANGER}>"},
        "tray",
        "names a case",
    ),
    (
        "an answer to our letter to her",
        NEWS,
        {"sender": f"L <{STRANGER}>", "subject": "Re: x", "In_Reply_To": "{letter}"},
        "tray",
        "names a case",
    ),
    (
        "an answer to her own mail",
        NEWS,
        {
            "sender": f"L <{STRANGER}>",
            "subject": "Re: x",
            "References": "<hers@home.example>",
        },
        "tray",
        "another address than that of the case",
    ),
    (
        "her Message-ID on another mail",
        ACCESS,
        {"sender": f"L <{STRANGER}>", "Message_ID": "<hers@home.example>"},
        "opened",
        "Message-ID of another mail",
    ),
    (
        "I have a new address",
        f"About {{ref}}: I have moved, answer to {STRANGER} from now on.",
        {"sender": AS_JEANNE},
        "tray",
        "names a case",
    ),
    (
        "a colleague who is none forwards her request",
        FORWARDED,
        {"sender": "Colleague <c@company.example>", "subject": "Fwd: My data"},
        "tray",
        "whose address is not the sender's",
    ),
    (
        "another Jeanne Peeters",
        ACCESS,
        {"sender": "Jeanne Peeters <jp@other.example>"},
        "opened",
        "bears the name of a person",
    ),
    (
        "her husband, from the mailbox they share",
        ACCESS,
        {"sender": f"Marc Peeters <{JEANNE}>", "Authentication_Results": PASS},
        "opened",
        "vouches",
    ),
    (
        "erasure in her name, to harm her",
        f"{ERASURE} My customer number is {NUMBER}.",
        {"sender": AS_JEANNE},
        "opened",
        "bears the name of a person",
    ),
]
AGENTS = [
    ("a lawyer without a mandate", "client", "as their lawyer"),
    ("an application without a mandate", "user", "with their consent, as their agent"),
    ("a parent for a child", "daughter", "who is 12, as her mother"),
]


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
