"""What mails are said to be, held against the labels of people."""

from email.message import EmailMessage
from typing import Any

import pytest

from dsr.intake.mailbox.classify import Classification, classify
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.rules import RIGHTS
from tests.dsr.intake.mailbox.samples import (
    REFERENCE,
    as_mail,
    labels,
    letters,
    raw_mail,
)

ACCEPTED = {
    "new_request": "open_request",
    "follow_up": "open_request",
    "review": "review",
    "not_a_request": "ignore",
    "auto_generated": "ignore",
}
HONEST = {name: label for name, label in labels().items() if label["kind"] != "hostile"}
HOSTILE = sorted(set(labels()) - set(HONEST))
ASKING = ("new_request", "follow_up")


def read(subject: str, text: str, **headers: str) -> Classification:
    return classify(parse(as_mail(subject, text, **headers)))


def is_exact(label: dict[str, Any], found: Classification) -> bool:
    optional = set(label.get("optional_rights", ()))
    required = set(label["rights"]) - optional
    return required <= set(found.rights) <= required | optional


def test_the_samples_are_read_as_people_read_them() -> None:
    found = {name: classify(parse(raw_mail(name))) for name in HONEST}

    asking = [name for name in HONEST if HONEST[name]["kind"] in ASKING]
    kinds = sum(found[name].kind == HONEST[name]["kind"] for name in HONEST)
    exact = sum(is_exact(HONEST[name], found[name]) for name in asking)
    languages = sum(found[name].language == HONEST[name]["language"] for name in asking)
    missed = [
        name
        for name in asking
        if ACCEPTED[found[name].kind] not in ("open_request", "review")
    ]

    assert missed == []
    assert kinds / len(HONEST) >= 0.92
    assert exact / len(asking) >= 0.9
    assert languages / len(asking) >= 0.98


def test_the_letters_are_read_as_people_read_them() -> None:
    known = letters()
    found = [read(letter["subject"], letter["text"]) for letter in known]
    pairs = list(zip(known, found, strict=True))

    asking = [(one, two) for one, two in pairs if one["kind"] in ASKING]
    kinds = sum(one["kind"] == two.kind for one, two in pairs)
    exact = sum(is_exact(one, two) for one, two in asking)
    agents = sum(one["agent"] == two.requester_is_agent for one, two in asking)
    missed = [one["subject"] for one, two in asking if ACCEPTED[two.kind] == "ignore"]

    assert missed == []
    assert kinds / len(pairs) >= 0.95
    assert exact / len(asking) >= 0.9
    assert agents / len(asking) >= 0.95
    assert all(one["language"] == two.language for one, two in pairs)


def test_letters_in_other_styles_are_read_no_worse_than_they_were() -> None:
    known = letters("held_out")
    answers = {"In_Reply_To": "<ours@us.example>"}
    found = [
        read(one["subject"], one["text"], **(answers if ":" in one["subject"] else {}))
        for one in known
    ]
    pairs = list(zip(known, found, strict=True))
    asking = [(one, two) for one, two in pairs if one["kind"] in ASKING]
    others = [two for one, two in pairs if one["kind"] in ("not_a_request", "review")]

    assert (len(pairs), len(asking)) == (413, 324)
    assert not [one for one, two in asking if ACCEPTED[two.kind] == "ignore"]
    assert sum(ACCEPTED[two.kind] == "open_request" for two in others) <= 2
    assert sum(one["kind"] == two.kind for one, two in pairs) >= 398
    assert sum(is_exact(one, two) for one, two in asking) >= 314
    assert sum(one["agent"] == two.requester_is_agent for one, two in asking) >= 320
    assert all(one["language"] == two.language for one, two in pairs)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_ends_where_it_may(name: str) -> None:
    found = classify(parse(raw_mail(name)))

    assert ACCEPTED[found.kind] in labels()[name]["expect"]


@pytest.mark.parametrize("name", sorted(HONEST))
def test_the_sample_s_person_is_found(name: str) -> None:
    label = HONEST[name]

    found = classify(parse(raw_mail(name)))

    if found.kind != "review":  # there an officer is shown the sender, whoever it is
        assert found.subject_email == label["subject_email"]
    assert found.requester_is_agent == label["requester_is_agent"]


@pytest.mark.parametrize("name", sorted(HONEST))
def test_every_right_rests_on_words_of_the_letter(name: str) -> None:
    mail = parse(raw_mail(name))

    found = classify(mail)

    letter = " ".join(f"{mail.subject} {mail.text}".split())
    assert [one.right for one in found.evidence] == list(found.rights)
    assert all(one.quote and one.quote in letter for one in found.evidence)
    assert set(found.rights) <= set(RIGHTS)


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("deletion", "Please do not delete my data, I am happy as it is."),
        ("données", "Ne supprimez pas mes données, tout va bien."),
        ("gegevens", "Verwijder mijn gegevens niet, alles is in orde."),
        ("Daten", "Bitte löschen Sie meine Daten nicht, alles ist in Ordnung."),
    ],
)
def test_a_negated_wish_is_none(subject: str, text: str) -> None:
    assert "erasure" not in read(subject, text).rights


def test_a_threat_is_no_wish() -> None:
    found = read("refund", "If you do not pay by Friday, I will ask for all my data.")

    assert found.rights == ()


def test_quoted_company_text_exercises_nothing() -> None:
    text = (
        "Yes, both.\n\nOn Mon, 4 May 2026 at 09:12, DPO <dpo@x.example> wrote:\n"
        "> You may also ask for erasure of your data or object to marketing.\n"
    )

    found = read(f"Re: [{REFERENCE}] Your request", text)

    assert (found.kind, found.rights) == ("follow_up", ())
    assert found.case_reference == REFERENCE


def test_a_colleague_who_forwards_is_no_agent() -> None:
    text = (
        "FYI, please handle.\n\n---------- Forwarded message ---------\n"
        "From: Luc Peeters <luc@post.example>\nDate: Mon, 4 May 2026\n"
        "Subject: my data\nTo: <info@axa-assistance.example>\n\n"
        "Please delete my account and all my data.\nLuc"
    )
    colleague = "Joost <joost@axa-assistance.example>"

    found = read("Fwd: my data", text, sender=colleague)

    assert (found.kind, found.rights) == ("new_request", ("erasure",))
    assert found.subject_email == "luc@post.example"
    assert not found.requester_is_agent


def test_an_agent_names_whom_they_speak_for() -> None:
    text = (
        "On behalf of our client, Luc Peeters (luc@post.example), we request a copy"
        " of all personal data you hold about him."
    )

    found = read("Mandate", text, sender="Law Firm <office@law.example>")

    assert found.requester_is_agent
    assert found.subject_email == "luc@post.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"sender": "MAILER-DAEMON@post.example"},
        {"Return_Path": "<>"},
    ],
)
def test_a_machine_is_known_by_its_headers(headers: dict[str, str]) -> None:
    found = read("Please delete my data", "I am away. Delete my data.", **headers)

    assert (found.kind, found.subject_email) == ("auto_generated", None)


def test_an_authority_is_urgent_and_no_request() -> None:
    text = (
        "We have received a complaint against your company. Under Article 58 GDPR we"
        " invite you to answer within 30 days.\nData Protection Authority"
    )

    found = read("Complaint DOS-2026-01", text)

    assert (found.kind, found.urgent) == ("not_a_request", True)


def test_a_bounce_is_a_machine_s_whatever_it_returns() -> None:
    bounce = (
        b"From: Mail System <postmaster@post.example>\r\nTo: dpo@desk.example\r\n"
        b"Subject: Undeliverable\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        b"--b\r\n\r\nNo such user.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: luc@post.example\r\nSubject: x\r\n\r\nDelete my data.\r\n--b--\r\n"
    )

    found = classify(parse(bounce))

    assert (found.kind, found.rights) == ("auto_generated", ())


def test_a_mail_attached_to_a_colleague_s_mail_is_read() -> None:
    forward = (
        b"From: Joost <joost@desk.example>\r\nTo: dpo@desk.example\r\n"
        b"Subject: Fwd: my data\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\n\r\nFor you.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        b"From: Luc <luc@post.example>\r\nSubject: my data\r\n\r\n"
        b"Please delete my data.\r\n--b--\r\n"
    )

    found = classify(parse(forward))

    assert (found.kind, found.rights) == ("new_request", ("erasure",))
    assert (found.subject_email, found.requester_is_agent) == (
        "luc@post.example",
        False,
    )


UNCLEAR = [
    "I have a question about my personal data. Could somebody call me?",
    "J'ai une question sur mes données. Pouvez-vous m'appeler ?",
    "Ik heb een vraag over mijn gegevens. Kunt u mij bellen?",
    "Ich habe eine Frage zu meinen Daten. Können Sie mich anrufen?",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_an_unclear_word_about_own_data_reaches_a_human(text: str) -> None:
    found = classify(parse(as_mail("A question", text)))

    assert found.kind in ("review", "new_request")


def test_a_list_and_a_calendar_that_ask_nothing_are_no_person_s() -> None:
    news = as_mail("Our news", "Five tips for autumn.", List_Id="<news.shop.example>")
    bulk = as_mail("Our news", "Five tips for autumn.", Precedence="bulk")

    assert classify(parse(news)).kind == "not_a_request"
    assert classify(parse(bulk)).kind == "auto_generated"


def test_what_came_by_a_list_is_lost_no_more_than_any_other_mail() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "app@tool.example", "dpo@desk.example"
    mail["Subject"], mail["Precedence"] = "For you", "bulk"
    mail["List-Unsubscribe"] = "<mailto:stop@tool.example>"
    mail.set_content("Please see the letter.")
    old_word = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(900)
    mail.add_attachment(old_word, "application", "msword", filename="letter.doc")
    answer = as_mail(f"Re: {REFERENCE}", "Thank you.", Precedence="bulk")

    unread = classify(parse(mail.as_bytes()))

    assert unread.kind == "review", unread.reason
    assert classify(parse(answer)).kind == "follow_up"
