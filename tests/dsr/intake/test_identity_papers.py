"""No copy of an identity document is kept that nobody asked for. EDPB 01/2022 § 73."""

import base64
from email.message import EmailMessage

import pytest

from dsr import casework
from dsr.intake.identity_papers import is_identity_paper
from dsr.intake.mailbox.receive import Received, receive
from dsr.intake.mailbox.settle import settle_as_case
from dsr.models import Arrival, Case
from tests.dsr.conftest import JEANNE, OFFICER, RECEIVED, events
from tests.dsr.conftest import ask_identity as ask
from tests.dsr.intake.conftest import ACCESS, case_of

PAPER = bytes(range(256)) * 20
LETTER = b"%PDF-1.7 a letter"


@pytest.mark.parametrize(
    "name",
    [
        "Carte d'identité recto.jpg",
        "CNI_Jeanne_Peeters.pdf",
        "passeport.png",
        "ID-card.pdf",
        "my passport (2).jpg",
        "copy of ID card Jeanne Peeters.pdf",
        "driving licence.jpeg",
        "identiteitskaart voorkant.jpg",
        "kopie_paspoort.pdf",
        "eID.pdf",
        "Personalausweis Vorderseite.jpg",
        "Ausweiskopie.pdf",
        "Führerschein.png",
    ],
)
def test_a_copy_of_an_identity_document(name: str) -> None:
    assert is_identity_paper(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "request.pdf",
        "scan0001.pdf",
        "correction of my identity card number and address.pdf",
        "lettre carte identité perdue réclamation assurance.pdf",
        "video.mp4",
        "idea.pdf",
        "medicare.pdf",
    ],
)
def test_what_is_none(name: str) -> None:
    assert not is_identity_paper(name)


def send(*names: str, text: str = ACCESS, encoding: str = "base64") -> Received:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Jeanne Peeters <{JEANNE}>", "dpo.bnl@company.example"
    mail["Subject"] = f"My data {Arrival.objects.count()}"
    mail.set_content(text)
    for name in names:
        content = LETTER if "letter" in name else PAPER
        mail.add_attachment(content, "application", "pdf", filename=name, cte=encoding)
    raw = mail.as_bytes()
    return receive(raw, received_at=RECEIVED, source="test", at=RECEIVED)


def kept(case: Case) -> list[tuple[str, str]]:
    return list(case.documents.order_by("pk").values_list("kind", "name"))


def holds_paper(arrival: Arrival) -> bool:
    with arrival.raw.open("rb") as raw:
        bytes_kept = raw.read()
    plain = b"".join(bytes_kept.split())
    return base64.b64encode(PAPER)[:600] in plain or PAPER in bytes_kept


def test_what_was_not_asked_for_is_cut_out_of_the_mail_as_it_is_kept(
    house: object,
) -> None:
    received = send("passport.pdf", "letter.pdf")
    case, arrival = case_of(received), received.arrival
    assert kept(case) == [("attachment", "letter.pdf")]
    assert not holds_paper(arrival)
    assert arrival.flags == ["paper_dropped"]
    assert "case.paper_dropped" in events(case)
    with arrival.raw.open("rb") as raw:
        assert b"it was not kept" in raw.read()
    assert send("passport.pdf", "letter.pdf").arrival.pk != arrival.pk


def test_in_a_follow_up_neither(house: object) -> None:
    case = case_of(send())
    received = send("eID.pdf", text=f"About {case.reference}: here it is.")
    assert (received.arrival.result, received.arrival.case) == ("threaded", case)
    assert kept(case) == []
    assert not holds_paper(received.arrival)


def test_what_was_asked_for_is_kept_as_proof(house: object) -> None:
    case = case_of(send())
    ask(case.tickets.get().pk)
    received = send("eID.pdf", text=f"About {case.reference}: here it is.")
    assert kept(case) == [("proof", "eID.pdf")]
    assert received.arrival.flags == []


def test_who_acts_for_another_may_show_whom(house: object) -> None:
    text = f"I act on behalf of my client Luc, as their lawyer. {ACCESS}"
    received = send("eID.pdf", text=text)
    case = case_of(received)
    assert case.is_by_agent
    assert kept(case) == [("attachment", "eID.pdf")]


def test_in_the_tray_it_waits_and_goes_when_the_mail_is_settled(house: object) -> None:
    received = send("eID.pdf", text="I have a question about my personal data.")
    assert received.arrival.result == "tray"
    assert holds_paper(received.arrival)
    settle_as_case(received.arrival.pk, rights=["access"], by=OFFICER, at=RECEIVED)
    arrival = Arrival.objects.get(pk=received.arrival.pk)
    assert arrival.case is not None
    assert kept(arrival.case) == []
    assert not holds_paper(arrival)


def test_nothing_is_cut_that_is_not_there(house: object) -> None:
    case = case_of(send("letter.pdf"))
    assert kept(case) == [("attachment", "letter.pdf")]
    casework.write_note(case.pk, text="Read.", by=OFFICER, at=RECEIVED)
    assert "case.paper_dropped" not in events(case)
