"""A letter that is a file is read as a letter: by mail, in the tray, for the case."""

import base64

import pytest

from dsr.intake.mailbox.receive import Received, receive
from dsr.intake.mailbox.stored import mail_of
from dsr.models import ArrivalResult
from tests.dsr.conftest import JEANNE, RECEIVED
from tests.dsr.intake.conftest import ACCESS, case_of, rights_of
from tests.dsr.intake.mailbox.enclosed.files import docx, pdf, zipped
from tests.dsr.intake.test_ocr import page, scan

LAWYER = (
    "Sehr geehrte Damen und Herren,\nhiermit fordere ich Sie auf, mir Auskunft über\n"
    "meine personenbezogenen Daten zu erteilen (Artikel 15 DSGVO).\nUnser Zeichen: R-77"
)


def take(body: str, *files: bytes) -> Received:
    """Receive a mail from Jeanne with files."""
    head = (
        f"From: Jeanne Peeters <{JEANNE}>\r\nTo: d@us.example\r\nSubject: Brief\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    )
    attached = "".join(
        "\r\n--b\r\nContent-Type: application/octet-stream; name=brief\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(file).decode()}"
        for file in files
    )
    raw = f"{head}{body}{attached}\r\n--b--\r\n".encode()
    return receive(raw, received_at=RECEIVED, source="test", at=RECEIVED)


@pytest.mark.parametrize("file", [docx(LAWYER), pdf(LAWYER)])
def test_a_letter_in_a_file_opens_a_case(house: object, file: bytes) -> None:
    case = case_of(take("Siehe Anlage.", file))

    assert rights_of(case) == ["access"]
    assert case.language == "de"
    assert case.own_reference == "R-77"
    assert case.text == f"Siehe Anlage.\n\n{LAWYER}"


def test_a_scanned_letter_opens_a_case_and_is_read_once(
    house: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = take("Siehe Anlage.", scan(page(), "PDF"))
    case = case_of(received)
    monkeypatch.setenv("PATH", "/nowhere")

    assert rights_of(case) == ["access"]
    assert "Artikel 15 DSGVO" in received.arrival.proposal["evidence"][0]["quote"]
    assert "Artikel 15 DSGVO" in mail_of(received.arrival).enclosed


def test_a_scan_that_cannot_be_read_waits_in_the_tray_and_says_why(
    house: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    arrival = take("Siehe Anlage.", scan(page(), "PDF")).arrival

    assert arrival.result == ArrivalResult.TRAY
    assert "tesseract is not installed" in arrival.reason


def test_an_archive_waits_in_the_tray_unless_something_is_asked(house: object) -> None:
    archive = zipped({"letter.txt": LAWYER})

    waits = take("Siehe Anlage.", archive).arrival
    asked = case_of(take(LAWYER, archive))

    assert waits.result == ArrivalResult.TRAY
    assert waits.reason == "an archive was not opened: its files were not read"
    assert rights_of(asked) == ["access"]


def test_few_words_and_a_file_that_asks_nothing_clear_wait_in_the_tray(
    house: object,
) -> None:
    arrival = take("Siehe Anlage.", pdf("Gekritzel")).arrival

    assert arrival.result == ArrivalResult.TRAY
    assert arrival.reason == "little is said, and the file asks for nothing clear"


COVERS = {
    "nothing": "",
    "a cover note": "Voir annexe. Bien à vous, Jeanne Peeters",
    "another matter": (
        "Hello, this is about my claim for the broken window of my kitchen. The repair "
        "was done on Monday, the invoice of the glazier is 240 euro, and I would like "
        "to know when it is paid. The form is enclosed. Regards, Jeanne Peeters"
    ),
    "a bill": "Guten Tag, anbei die Rechnung für Oktober, zahlbar binnen 30 Tagen.",
    "an application": "Geachte, in bijlage mijn kandidatuur als schadebeheerder.",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(600)
UNREADABLE = [
    (OLD_OFFICE, "a file of an old office program (doc, xls, ppt) was not read"),
    (HEIC, "a photograph of a telephone (HEIC) was not read"),
    (HEIC.replace(b"ftypheic", b"ftypmif1"), "a photograph of a telephone (HEIC) was"),
    (b"-----BEGIN PGP MESSAGE-----\n\nwV4D", "an encrypted file was not read"),
]


@pytest.mark.parametrize("cover", list(COVERS))
@pytest.mark.parametrize(("file", "why"), UNREADABLE)
def test_what_cannot_be_read_is_never_put_aside(
    house: object, file: bytes, why: str, cover: str
) -> None:
    arrival = take(COVERS[cover], file).arrival
    assert arrival.result == ArrivalResult.TRAY
    assert why in arrival.reason


def test_a_request_in_the_words_is_not_held_up_by_such_a_file(house: object) -> None:
    assert rights_of(case_of(take(ACCESS, OLD_OFFICE, HEIC))) == ["access"]
