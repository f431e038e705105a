"""How far a mail's sender is believed, what is flagged, and what follows from it."""

import pytest
from pytest_django import Settings

from dsr import casework
from dsr.intake.mailbox.receive import Received, receive
from dsr.intake.mailbox.settle import settle_as_case
from dsr.models import Arrival, Case
from dsr.vocabulary import SUBJECT, TrustLevel
from tests.dsr.conftest import DAY, JEANNE, LUC, OFFICER, RECEIVED
from tests.dsr.intake.conftest import ACCESS, ERASURE, Take, case_of, mail
from tests.dsr.intake.mailbox.test_signatures import NAME, keys, signed
from tests.servers.names import Names

OURS = "mx.company.example"
DOMAIN = JEANNE.rpartition("@")[2]
PASS = f"{OURS}; dmarc=pass header.from={DOMAIN}"
FAIL = f"{OURS}; spf=fail smtp.mailfrom={DOMAIN}; dmarc=fail header.from={DOMAIN}"
NOTHING = f"{OURS}; spf=none smtp.mailfrom={DOMAIN}; dkim=none"


@pytest.fixture
def server(settings: Settings) -> None:
    """Name the server whose results count."""
    settings.MAIL_AUTHSERV_ID = OURS


def said(received: Received) -> tuple[str, str]:
    return str(received.arrival.result), str(received.arrival.trust)


@pytest.mark.parametrize(
    ("header", "result", "level"),
    [
        (PASS, "opened", "proven"),
        (NOTHING, "opened", "unproven"),
        (FAIL, "opened", "failed"),
        (PASS.replace(OURS, "mx.other.example"), "opened", "not_checked"),
    ],
)
def test_a_new_request_opens_whatever_the_check_says(
    take: Take, server: None, header: str, result: str, level: str
) -> None:
    received = take(ACCESS, Authentication_Results=header)
    assert said(received) == (result, level)
    assert case_of(received).contact_email == JEANNE


def test_without_a_server_of_ours_nothing_is_believed(take: Take) -> None:
    assert said(take(ACCESS, Authentication_Results=PASS)) == ("opened", "not_checked")


@pytest.mark.parametrize(
    ("header", "result"), [(PASS, "threaded"), (NOTHING, "threaded"), (FAIL, "tray")]
)
def test_what_failed_its_check_joins_no_case(
    take: Take, server: None, header: str, result: str
) -> None:
    case = case_of(take(ACCESS, Authentication_Results=PASS))
    for text, subject in (
        ("Any news?", f"Re: {case.reference}"),
        (ERASURE, f"Re: {case.reference}"),
        (ACCESS, "My data, again"),
    ):
        got = take(text, subject=subject, Authentication_Results=header)
        assert got.arrival.result == result
        assert bool(got.arrival.case) == (result != "tray")


def prove(case: Case) -> None:
    """Let the person open their case with a code: the address is theirs."""
    casework.send_code(case.reference, by=SUBJECT, at=RECEIVED)
    code = case.codes.get()
    assert casework.enter_code(case.reference, code.digits, at=RECEIVED) == case


@pytest.mark.parametrize(
    ("header", "joins"), [(PASS, True), (NOTHING, False), (FAIL, False)]
)
def test_a_forged_address_makes_nobody_a_known_person(
    take: Take, server: None, header: str, joins: bool
) -> None:
    first = case_of(take(ACCESS, Authentication_Results=PASS))
    prove(first)
    other = case_of(
        take(ERASURE, at=RECEIVED + DAY, subject="New", Authentication_Results=header)
    )
    assert other != first
    assert (other.subject == first.subject) is joins
    assert other.subject.identifiers.verified().exists() is joins


def test_a_forged_mail_that_waited_in_the_tray_proves_no_more(
    take: Take, server: None
) -> None:
    prove(case_of(take(ACCESS, Authentication_Results=PASS)))
    question = "I have a question about my personal data."
    tray = take(question, subject="Question", Authentication_Results=FAIL).arrival
    assert tray.result == "tray"
    case = settle_as_case(tray.pk, rights=["access"], by=OFFICER, at=RECEIVED).case
    assert case is not None
    assert not case.subject.identifiers.verified().exists()


def test_a_proven_address_of_the_person_is_known_to_the_case(take: Take) -> None:
    case = case_of(take(ACCESS))
    second = case.subject.identifiers.create(
        kind="email", value="j@work.example", normalized="j@work.example"
    )
    again = {"sender": "J <j@work.example>", "subject": f"Re: {case.reference}"}
    assert take("Any news?", **again).arrival.result == "tray"
    second.verify(by="officer", at=RECEIVED)
    second.save()
    assert take("Any news at all?", **again).arrival.case == case


FLAGS: list[tuple[dict[str, str], list[str]]] = [
    ({}, []),
    ({"sender": f"Jeanne Peeters <{LUC}>"}, ["known_name", "changed_sender"]),
    ({"sender": "J <j@dem0.example>"}, ["changed_sender", "look_alike"]),
    (
        {"sender": f'"{JEANNE}" <luc@elsewhere.example>'},
        ["changed_sender", "name_is_address"],
    ),
    ({"Reply_To": LUC}, ["reply_elsewhere"]),
    ({"Reply_To": JEANNE.upper()}, []),
    ({"Message_ID": "<mail1@home.example>"}, ["sent_before"]),
]


@pytest.mark.parametrize(("given", "flags"), FLAGS)
def test_what_is_unusual_about_a_sender_is_flagged(
    take: Take, given: dict[str, str], flags: list[str]
) -> None:
    case = case_of(take(ACCESS))
    received = take("Any news?", **{"subject": f"Re: {case.reference}"} | given)
    arrival = Arrival.objects.get(pk=received.arrival.pk)
    assert arrival.flags == flags
    assert len(arrival.flags_in_words) == len(flags)
    assert (arrival.result == "tray") is ("changed_sender" in flags)


def test_the_same_message_id_with_other_content_is_another_mail(take: Take) -> None:
    first = take(ACCESS, Message_ID="<same@home.example>")
    second = take(
        ACCESS, Message_ID="<same@home.example>", sender="Luc <luc@elsewhere.example>"
    )
    assert (second.repeated, second.arrival.result) == (False, "opened")
    assert case_of(second) != case_of(first)
    # And her answer to her own mail still finds her own case.
    got = take("Did it arrive?", subject="Re: x", References="<same@home.example>")
    assert case_of(got) == case_of(first)


def test_a_colleague_who_forwards_into_a_known_case_waits_in_the_tray(
    take: Take,
) -> None:
    case = case_of(take(ACCESS))
    forwarded = (
        "FYI\n\n---------- Forwarded message ---------\n"
        f"From: Jeanne Peeters <{JEANNE}>\nDate: Thu, 5 Mar 2026\n"
        f"Subject: My data\nTo: info@company.example\n\n{ACCESS}"
    )
    got = take(forwarded, sender="Colleague <c@company.example>", subject="Fwd: data")
    assert got.arrival.result == "tray"
    assert not case.messages.exists()


def test_without_a_server_the_signature_of_the_mail_is_checked(
    house: object, settings: Settings
) -> None:
    with Names({NAME.decode(): keys()[1]}) as names:
        settings.DKIM_NAMESERVER = names.address
        for raw, level in (
            (signed(mail(ACCESS)), TrustLevel.PROVEN),
            (mail(ACCESS, subject="two"), TrustLevel.NOT_CHECKED),
            (signed(mail(ACCESS, subject="3")) + b"\r\nP.S.", TrustLevel.UNPROVEN),
        ):
            got = receive(raw, received_at=RECEIVED, source="test", at=RECEIVED)
            assert got.arrival.trust == level


def test_the_words_of_the_checks_stand_with_the_mail(take: Take, server: None) -> None:
    arrival = take(ACCESS, Authentication_Results=FAIL).arrival
    assert arrival.checks == {"spf": "fail", "dmarc": "fail"}
    assert arrival.checks_in_words == "SPF fail, DMARC fail"
    assert arrival.is_doubtful
