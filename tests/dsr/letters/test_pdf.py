"""PDFs of letters: readable, tagged, equal every time, and nothing is fetched."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pypdf import PageObject, PdfReader
from weasyprint.urls import FatalURLFetchingError

from dsr.letters.pdf import make_pdf
from dsr.letters.rendering import render
from tests.dsr.letters.contexts import LANGUAGES, a_context

SAMPLE = [
    ("acknowledgement", "access", ""),
    ("reply", "access", "partial"),
    ("reply", "erasure", "refused"),
]


def pdf_of(kind: str, right: str, outcome: str, language: str) -> bytes:
    return make_pdf(render(a_context(kind, right, outcome, language)).html or "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "right", "outcome"), SAMPLE)
def test_a_pdf_can_be_read_back(
    kind: str, right: str, outcome: str, language: str
) -> None:
    context = a_context(kind, right, outcome, language)

    reader = PdfReader(BytesIO(pdf_of(kind, right, outcome, language)))

    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert context.addressee[0] in text
    assert context.reference in text
    assert context.sender.dpo_mail in text
    assert context.rights[0].asked[:30] in text
    if kind == "reply":
        assert context.remedies.authority.name in text
        assert context.remedies.courts[:40] in text
    last = reader.pages[-1].extract_text()
    assert str(len(reader.pages)) in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_and_names_no_person(language: str) -> None:
    content = pdf_of("reply", "access", "partial", language)

    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == language
        assert "/StructTreeRoot" in pdf.Root
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert "DSR-2026-000123-K7" in str(pdf.docinfo["/Title"])
        assert "Vercanary" not in str(dict(pdf.docinfo.items()))
        assert not pdf.is_encrypted


def test_the_same_letter_is_the_same_file() -> None:
    first, second = (pdf_of("reply", "erasure", "refused", "fr") for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:1/a.png">',
        '<img src="file:///etc/passwd">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="https://x.example/a.css">',
        '<style>@import url("file:///etc/hosts");</style>',
        '<style>p { background: url("http://x.example/b.png") }</style><p>a</p>',
        '<link rel="attachment" href="file:///etc/passwd">',
    ],
)
def test_nothing_is_fetched(html: str) -> None:
    with pytest.raises(FatalURLFetchingError, match="a letter fetches nothing"):
        make_pdf(f"<!DOCTYPE html><html lang='en'><title>x</title><body>{html}</body>")


def test_names_stand_in_the_footer_as_they_are_written() -> None:
    context = a_context("reply", "access", "granted", "fr")
    sender = replace(
        context.sender, name="L'Étoile & « Fils »", street="Rue d'Ixelles 3"
    )

    pdf = make_pdf(render(replace(context, sender=sender)).html or "")

    pages = PdfReader(BytesIO(pdf)).pages
    assert len(pages) > 1
    for page in pages:
        assert "L'Étoile & « Fils » · Rue d'Ixelles 3" in text_of(page)


def text_of(page: PageObject) -> str:
    return page.extract_text().replace("\xa0", " ")


def test_strange_characters_and_endless_words_still_make_a_letter() -> None:
    context = a_context("reply", "erasure", "partial", "en")
    strange = "A" * 300 + "\n\x00\x0b \x9b עברית 😀\n\n" + "word " * 400
    asked = replace(context.rights[0], wrote=(strange,))

    pdf = make_pdf(render(replace(context, rights=(asked,))).html or "")

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert text.count("word") >= 400
    assert context.remedies.authority.name in text


def test_no_line_is_broken_after_its_first_word() -> None:
    reader = PdfReader(BytesIO(pdf_of("reply", "erasure", "refused", "de")))

    lines = "\n".join(page.extract_text() for page in reader.pages).splitlines()

    assert [line for line in lines if line.strip("• ") == "Die"] == []
