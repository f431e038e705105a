"""Mails of strangers: each with what becomes of it, and what the officer reads."""

from tests.dsr.conftest import JEANNE
from tests.dsr.intake.conftest import ACCESS, ERASURE
from tests.security.attacks.stage import BORN, NUMBER, OURS, PASS, PHONE

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
