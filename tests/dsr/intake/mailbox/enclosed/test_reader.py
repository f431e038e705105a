"""The words of files are read, and no file can make the reader do anything else."""

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from dsr.intake.mailbox.enclosed.kinds import kind_of, may_show_a_letter
from dsr.intake.mailbox.enclosed.reader import read_enclosed
from dsr.intake.mailbox.parse import parse
from dsr.intake.mailbox.parsed import Attachment, Enclosed
from tests.dsr.intake.mailbox.enclosed.files import LETTER, docx, odt, pdf, rtf, zipped
from tests.dsr.intake.mailbox.samples import as_mail

ARCHIVE = "an archive was not opened: its files were not read"
DAMAGED = "a damaged file was not read"
HTML = f"<html><body><p>{LETTER.replace(chr(10), '<br>')}</p></body></html>"
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def enclosed(*files: bytes, name: str = "letter", kind: str = "") -> Enclosed:
    """Read files that came with a mail."""
    mail = parse(as_mail("My data", "See the attached letter."))
    attached = [Attachment(name, kind, content, "") for content in files]
    return read_enclosed(replace(mail, attachments=tuple(attached)))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (docx(), "letter.docx"),
        (odt(), "letter.odt"),
        (rtf(), "letter.rtf"),
        (pdf(), "letter.pdf"),
        (b"\n\n" + pdf(), "named.wrongly.jpg"),
        (LETTER.encode("cp1252"), "letter.txt"),
        (LETTER.encode("utf-8"), "LETTER.TXT"),
        (HTML.encode(), "letter.html"),
    ],
)
def test_a_letter_in_a_file_is_read(content: bytes, name: str) -> None:
    assert enclosed(content, name=name) == Enclosed((LETTER,), ())


def test_a_mail_in_a_file_is_read_with_the_file_it_has_itself() -> None:
    inner = (
        b"From: jeanne@post.example\r\nSubject: Mes donn\xc3\xa9es\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
        b"Voyez la lettre.\r\n--b\r\nContent-Type: text/plain; name=lettre.txt\r\n\r\n"
    ) + LETTER.encode()

    found = enclosed(inner, name="forwarded", kind="message/rfc822")

    assert found.texts == (f"Mes données\n\nVoyez la lettre.\n{LETTER}",)
    assert found.problems == ()


def test_a_mail_in_a_mail_in_a_mail_ends_somewhere() -> None:
    head = b"Subject: in\r\nContent-Type: message/rfc822\r\n\r\n"

    found = enclosed(head * 6 + b"Subject: end\r\n\r\nx", name="a.eml")

    assert found.problems == ("nested too deep, the inside was not read",)


def test_what_was_typed_into_the_form_of_a_pdf_is_read() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Formulaire"))) as form:
        field = pikepdf.Dictionary(
            FT=pikepdf.Name.Tx, T="droit", V="accès à mes données", Rect=[0, 0, 9, 9]
        )
        fields = pikepdf.Array([form.make_indirect(field)])
        form.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
        form.save(file)

    assert enclosed(file.getvalue()).texts == ("accès à mes données\nFormulaire",)


def test_a_password_a_long_letter_and_a_lost_page_are_named() -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as locked:
        locked.save(file, encryption=pikepdf.Encryption(owner="o", user="u"))

    found = enclosed(file.getvalue(), pdf("page", pages=30), pdf()[:200])

    assert found.problems == (
        "a PDF with a password was not read",
        "a long PDF was not read to its end",
        DAMAGED,
    )
    assert [text.split() for text in found.texts] == [[], ["page"] * 20, []]


def test_an_archive_is_never_opened() -> None:
    bomb = zipped({"letter.txt": LETTER, "word/bomb.xml": bytes(50_000_000)})

    found = enclosed(bomb, b"Rar!\x1a\x07", b"\x1f\x8b\x08", bytes(257) + b"ustar")

    assert found == Enclosed(("", "", "", ""), (ARCHIVE,))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (docx(before=LAUGHS), "a letter with declarations of its own was not read"),
        (docx()[:-30], ARCHIVE),
        (zipped({"word/document.xml": "<w:p"}), "a damaged letter was not read"),
        (
            zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
            "a table or slides was not read",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a file of an old office program (doc, xls, ppt) was not read",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, problem: str) -> None:
    assert enclosed(content, pdf()) == Enclosed(("", LETTER), (problem,))


def test_a_letter_that_unpacks_without_end_is_read_up_to_a_limit() -> None:
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w") as member,
    ):
        member.write(b"<w:p xmlns:w='w'><w:t>Bonjour")
        for _ in range(60):
            member.write(b" " * 1_000_000)

    found = enclosed(bomb.getvalue())

    assert (found.texts, found.problems) == (("Bonjour",), ())


def test_pictures_and_empty_pdfs_may_show_a_letter_and_logos_do_not() -> None:
    logo = Attachment("logo.png", "image/png", b"\x89PNG\r\n" + bytes(5_000), "")
    page = replace(logo, content=b"\xff\xd8\xff" + bytes(90_000))
    fax = replace(logo, content=b"II*\0" + bytes(9_000))
    scan = replace(logo, content=b"%PDF-1.4")
    files = (logo, page, fax, scan, replace(scan, text="words"))

    assert [may_show_a_letter(file) for file in files] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert kind_of(replace(logo, content=b"?", content_type="audio/mpeg")) == "sound"
