"""The officer corrects the proposal: another person, several mails, several people."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from dsr.intake.mailbox.person import Person, person_read
from dsr.intake.mailbox.receive import receive
from dsr.intake.mailbox.settle import settle_as_case
from dsr.intake.mailbox.split import Part, settle_as_cases
from dsr.intake.mailbox.stored import mail_of
from dsr.models import Arrival, Document, LabelledExample
from tests.dsr.conftest import DAY, LUC, OFFICER, RECEIVED, events, refused
from tests.dsr.intake.conftest import Take, rights_of

LATER = RECEIVED + 6 * DAY
UNSURE = "I have a question about my personal data."
LUC_HIMSELF = Person("nl", name="Luc Maes", email=LUC, known_as=LUC)
ANNA = Person(
    "fr",
    name="Anna Maes",
    email="lawyer@bar.example",
    agent_name="Mr Lawyer",
    agent_relation="lawyer",
)


@pytest.fixture
def tray(take: Take) -> Arrival:
    """Put a mail of Luc's into the tray."""
    arrival = take(UNSURE, sender=f"Luc <{LUC}>").arrival
    assert arrival.result == "tray"
    return arrival


def test_the_proposal_names_the_person_until_an_officer_does(tray: Arrival) -> None:
    read = person_read(mail_of(tray), tray.proposal, "fr")
    assert read == Person("en", name="Luc", email=LUC, known_as=LUC)


def test_an_officer_corrects_language_person_and_who_represents_them(
    tray: Arrival,
) -> None:
    settled = settle_as_case(
        tray.pk, rights=["erasure"], person=ANNA, by=OFFICER, at=LATER
    )
    case = settled.case
    assert case is not None
    assert (case.language, case.subject.name) == ("fr", "Anna Maes")
    assert (case.contact_email, case.agent_name) == ("lawyer@bar.example", "Mr Lawyer")
    assert not case.subject.identifiers.exists()
    assert case.opened_by == "officer"
    example = LabelledExample.objects.get()
    assert example.settled == {
        "kind": "new_request",
        "rights": ["erasure"],
        "language": "fr",
        "agent": True,
    }
    assert (example.proposed["kind"], example.settled_by) == ("review", "officer")
    assert "Luc" not in str(example.proposed) + str(example.settled)


def test_two_mails_that_belong_together_become_one_case(
    tray: Arrival, take: Take
) -> None:
    second = take(
        UNSURE + " Again.", at=RECEIVED + 2 * DAY, sender=f"Luc <{LUC}>"
    ).arrival
    settle_as_case(second.pk, rights=["access"], others=[tray.pk], by=OFFICER, at=LATER)
    tray.refresh_from_db()
    second.refresh_from_db()
    assert tray.case == second.case
    assert (tray.result, second.result) == ("opened", "threaded")
    case = tray.case
    assert case is not None
    assert case.received_at == RECEIVED
    assert "Again" in case.messages.get().text
    assert events(case)[-2:] == ["mail.settled", "mail.settled"]


def test_one_mail_of_two_people_becomes_two_cases(tray: Arrival) -> None:
    parts = [
        Part(LUC_HIMSELF, ["access"], "Luc wants a copy."),
        Part(ANNA, ["erasure", "access"], "Anna wants it erased."),
    ]
    settled = settle_as_cases(tray.pk, parts=parts, by=OFFICER, at=LATER)
    further = settled.further.get().case
    assert settled.case is not None
    assert rights_of(settled.case) == ["access"]
    assert rights_of(further) == ["erasure", "access"]
    assert (settled.case.text, further.text) == (
        "Luc wants a copy.",
        "Anna wants it erased.",
    )
    assert further.received_at == settled.case.received_at == RECEIVED
    assert events(settled.case)[-1] == events(further)[-1] == "mail.settled"
    assert LabelledExample.objects.get().settled["rights"] == ["access", "erasure"]


def test_what_cannot_be_merged_or_split(tray: Arrival) -> None:
    with refused("at least two people"):
        settle_as_cases(
            tray.pk, parts=[Part(ANNA, ["access"], "x")], by=OFFICER, at=LATER
        )
    for rights, text, why in (
        ([], "x", "right for person 2"),
        (["access"], " ", "words"),
    ):
        parts = [Part(LUC_HIMSELF, ["access"], "x"), Part(ANNA, rights, text)]
        with refused(why):
            settle_as_cases(tray.pk, parts=parts, by=OFFICER, at=LATER)
    with refused("no mail 999"):
        settle_as_case(tray.pk, rights=["access"], others=[999], by=OFFICER, at=LATER)
    settle_as_case(tray.pk, rights=["access"], by=OFFICER, at=LATER)
    with refused("settled already"):
        settle_as_case(tray.pk, rights=["access"], by=OFFICER, at=LATER)


@pytest.mark.parametrize("split", [False, True])
def test_an_identity_card_that_nobody_asked_for_is_not_kept(
    split: bool, house: object
) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Luc <{LUC}>", "dpo.bnl@company.example"
    message["Subject"] = "My data"
    message.set_content(UNSURE)
    for name in ("identity card.jpg", "letter.pdf"):
        content = f"the bytes of the {name}" * 3
        message.add_attachment(
            content.encode(), maintype="application", subtype="pdf", filename=name
        )
    raw = message.as_bytes()
    arrival = receive(raw, received_at=RECEIVED, source="test", at=RECEIVED).arrival
    files = [file.sha256 for file in mail_of(arrival).attachments]
    if split:
        parts = [Part(LUC_HIMSELF, ["access"], "x", files) for _ in range(2)]
        settle_as_cases(arrival.pk, parts=parts, by=OFFICER, at=LATER)
    else:
        settle_as_case(arrival.pk, rights=["access"], by=OFFICER, at=LATER)
    names = set(Document.objects.values_list("name", flat=True))
    assert names == {"letter.pdf"}
    arrival.refresh_from_db()
    with arrival.raw.open("rb") as kept:
        assert len(kept.read()) < len(raw)
    assert arrival.flags == ["paper_dropped"]
