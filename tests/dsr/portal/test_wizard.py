"""The form: from the choices to a case, and what it says of a wrong answer."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from dsr.models import Case, Letter
from dsr.portal.draft import KEY
from dsr.portal.forms import ReachForm
from dsr.rights import RIGHTS
from tests.dsr.portal.conftest import EMAIL, LANGUAGES, REACH, Visitor, text_of

PDF = b"%PDF-1.7 a mandate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_opens_a_case(language: str) -> None:
    visitor = Visitor(language)

    case = visitor.send("access", "erasure", language=language)

    assert case.channel == "web"
    assert case.language == language
    assert case.text == "Everything since 2019, please."
    assert [one.right_code for one in case.tickets.all()] == ["access", "erasure"]
    assert case.subject.name == "Jeanne Peeters"
    assert case.contact_email == EMAIL
    assert case.contact_confirmed_at is None
    assert Letter.objects.get(case=case).kind == "confirm_address"


@pytest.mark.parametrize("code", RIGHTS)
def test_only_the_questions_of_the_chosen_right_are_asked(
    code: str, jeanne: Visitor
) -> None:
    jeanne.give("", rights=[code])

    page = jeanne.see("request/").content.decode()

    for right in RIGHTS.values():
        for question in right.questions:
            asked = f'name="{right.code.value}-{question.code}"' in page
            assert asked == (right.code.value == code)


def test_a_reference_of_ones_own_is_kept(jeanne: Visitor) -> None:
    assert jeanne.send(own_reference="JV/2026/4").own_reference == "JV/2026/4"


def test_the_answers_to_the_questions_are_kept_by_right(jeanne: Visitor) -> None:
    jeanne.give("", rights=["rectification"])
    jeanne.client.post(
        "/en/request/",
        {
            "whom": "myself",
            "rectification-wrong": "Petters",
            "rectification-correct": "Peeters",
        },
    )
    jeanne.give("reach/", **REACH)
    jeanne.give("check/")

    ticket = Case.objects.get().tickets.get()
    assert ticket.details == {"wrong": "Petters", "correct": "Peeters"}


@pytest.mark.parametrize(
    ("words", "rights"),
    [
        ("Je voudrais une copie de toutes mes données.", ["access"]),
        ("Please delete all my personal data.", ["erasure"]),
        ("Ik wil geen reclame meer ontvangen.", ["marketing_opt_out"]),
    ],
)
def test_own_words_are_understood_and_shown_before_sending(
    words: str, rights: list[str], jeanne: Visitor
) -> None:
    jeanne.give("", text=words)
    jeanne.give("request/", whom="myself", text=words)
    jeanne.give("reach/", **REACH)

    check = text_of(jeanne.see("check/"))
    jeanne.give("check/")

    case = Case.objects.get()
    assert "We read this from your words." in check
    assert words in check
    assert [one.right_code for one in case.tickets.all()] == rights
    assert case.text == words


def test_words_that_name_no_right_are_kept_and_a_box_is_asked_for(
    jeanne: Visitor,
) -> None:
    response = jeanne.give("", text="Good morning to you all.")

    assert response.status_code == 422
    assert "tick also the box that comes nearest" in text_of(response)
    assert "Good morning to you all." in text_of(jeanne.see(""))


def test_words_of_the_first_page_are_not_asked_again(jeanne: Visitor) -> None:
    jeanne.give("", rights=["access"], text="Only the claim of May.")

    assert "Only the claim of May." in text_of(jeanne.see("request/"))


REACH_ERRORS: list[tuple[dict[str, Any], str, str]] = [
    ({"name": ""}, "name", "Give your name"),
    ({"name": "x" * 201}, "name", "at most 200 characters; you typed 201"),
    ({"name": "Je\x00anne"}, "name", "cannot be shown"),
    ({"name": "Je\u202eanne"}, "name", "cannot be shown"),
    ({"name": "Jeanne\nPeeters"}, "name", "cannot be shown"),
    ({"email": "jeanne"}, "email", "name@example.com"),
    ({"email": "a" * 250 + "@x.be"}, "email", "at most 254"),
    ({"email": ""}, "email", "an e-mail or a postal address"),
    ({"email": "", "postal_address": "\x07"}, "postal_address", "cannot be shown"),
    ({"postal_address": "x" * 501}, "postal_address", "at most 500"),
    ({"customer_number": "9" * 51}, "customer_number", "at most 50"),
    ({"phone_number": "call me"}, "phone_number", "with its digits"),
    ({"language": "pt"}, "language", "not on our list"),
    ({"language": ""}, "language", "Choose the language"),
]


@pytest.mark.parametrize(("typed", "field", "says"), REACH_ERRORS)
def test_a_wrong_answer_is_named_at_its_field_and_kept(
    typed: dict[str, str], field: str, says: str, jeanne: Visitor
) -> None:
    jeanne.give("", rights=["access"])
    jeanne.give("request/", whom="myself", text="")

    response = jeanne.give("reach/", **REACH | typed)

    page, form = response.content.decode(), response.context["form"]
    anchor = f"id_{field}_0" if field == "language" else f"id_{field}"
    assert response.status_code == 422
    assert list(form.errors) == [field]
    assert says in " ".join(form.errors[field])
    assert f'href="#{anchor}"' in page
    assert f'id="id_{field}_error"' in page
    assert f'id="{anchor}"' in page
    again = ReachForm(jeanne.client.session[KEY]["pages"]["reach"])
    assert again[field].value() == (REACH | typed).get(field)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"rights": ["access", "everything"]}, "rights"),
        ({"rights": []}, "rights"),
        ({"rights": ["access"], "text": "x" * 10_001}, "text"),
        ({"rights": ["access"], "text": "\x00"}, "text"),
    ],
)
def test_a_wrong_choice_is_named(
    typed: dict[str, Any], field: str, jeanne: Visitor
) -> None:
    response = jeanne.give("", **typed)

    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"whom": "nobody"}, {"whom"}),
        ({}, {"whom"}),
        ({"whom": "other"}, {"person", "relation"}),
        ({"whom": "other", "person": "x" * 201, "relation": "son"}, {"person"}),
        ({"whom": "myself", "access-scope": "x" * 4001}, {"access-scope"}),
    ],
)
def test_a_wrong_request_is_named(
    typed: dict[str, str], fields: set[str], jeanne: Visitor
) -> None:
    jeanne.give("", rights=["access"])

    response = jeanne.client.post("/en/request/", typed)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == fields


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [("reach/", "request/"), ("check/", "request/"), ("request/", None)],
)
def test_a_page_that_was_jumped_over_comes_first(
    asked: str, sent_to: str | None, jeanne: Visitor
) -> None:
    jeanne.give("", rights=["access"])

    response = jeanne.give(asked) if asked == "check/" else jeanne.see(asked)

    if sent_to:
        assert response["Location"] == f"/en/{sent_to}"
    else:
        assert response.status_code == 200
    assert Case.objects.count() == 0


def test_who_acts_for_another_adds_a_mandate(luc: Visitor) -> None:
    luc.type_everything(
        whom="other", person="Jeanne Peeters", relation="son", name="Luc Peeters"
    )

    luc.client.post("/en/check/", {"mandate": SimpleUploadedFile("m.pdf", PDF)})

    case = Case.objects.get()
    assert (case.subject.name, case.agent_name) == ("Jeanne Peeters", "Luc Peeters")
    assert case.agent_relation == "son"
    paper = case.documents.get()
    assert (paper.kind, paper.content_type) == ("mandate", "application/pdf")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"MZ a program", "no PDF, JPEG or PNG"),
        (PDF + b"." * 2000, "larger than 1.0"),
        (PDF + b"." * 9000, "larger than 1.0"),
    ],
    ids=["empty", "a program", "too large", "far too large to be read"],
)
def test_a_wrong_file_is_named_at_its_field(
    content: bytes, says: str, luc: Visitor, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024
    luc.type_everything(whom="other", person="Jeanne", relation="son")

    response = luc.client.post(
        "/en/check/", {"mandate": SimpleUploadedFile("m.pdf", content)}
    )

    assert response.status_code == 422
    assert says in " ".join(response.context["form"].errors["mandate"])
    assert Case.objects.count() == 0
