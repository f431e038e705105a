"""Every letter in every language says what the law wants in it; mails say little."""

import re
from dataclasses import replace
from functools import cache

import pytest

from dsr.letters.catalogue import (
    CATALOGUE,
    INFORMATION,
    required_contents,
    required_parts,
)
from dsr.letters.content_labels import content_label
from dsr.letters.contents import IncompleteLetterError, find_contents
from dsr.letters.rendering import Composed, check, render
from dsr.vocabulary import LetterKind, Outcome
from tests.dsr.letters.contexts import (
    CANARIES,
    EMAIL,
    EVERY_LETTER,
    LANGUAGES,
    NAME,
    WROTE,
    a_context,
)

TO_THE_PERSON = [one for one in EVERY_LETTER if one[0] not in LetterKind.TO_OTHERS]
LEFTOVER = re.compile(r"\bNone\b(?! of)|\{\{|\{%|%\(|\[\]|TODO| ,|\(\)|: ?\.(?!\w)")
TAGS = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)


@cache
def rendered(kind: str, right: str, outcome: str, language: str) -> Composed:
    """Render a letter once for the tests that walk them all."""
    return render(a_context(kind, right, outcome, language))


@pytest.mark.parametrize(("kind", "right", "outcome", "language"), EVERY_LETTER)
def test_a_letter_holds_every_required_content(
    kind: str, right: str, outcome: str, language: str
) -> None:
    composed = rendered(kind, right, outcome, language)

    check(a_context(kind, right, outcome, language), composed)
    if composed.html is not None:
        found = find_contents(composed.html)
        required = required_contents(kind, right, outcome)
        assert {name for name in required if not found.get(name)} == set()
        assert f'<html lang="{language}">' in composed.html


@pytest.mark.parametrize(("kind", "right", "outcome", "language"), EVERY_LETTER)
def test_no_placeholder_is_left(
    kind: str, right: str, outcome: str, language: str
) -> None:
    composed = rendered(kind, right, outcome, language)

    texts = [composed.subject, composed.mail_text, TAGS.sub("", composed.html or "")]
    assert [LEFTOVER.search(text) for text in texts] == [None, None, None]


@pytest.mark.parametrize(("kind", "right", "outcome", "language"), TO_THE_PERSON)
def test_a_mail_holds_the_reference_the_address_and_nothing_personal(
    kind: str, right: str, outcome: str, language: str
) -> None:
    context = a_context(kind, right, outcome, language)

    mail = rendered(kind, right, outcome, language)

    said = f"{mail.subject}\n{mail.mail_text}"
    assert [word for word in CANARIES if word.casefold() in said.casefold()] == []
    assert context.reference in mail.subject
    assert context.reference in mail.mail_text
    assert context.portal in mail.mail_text
    for due in context.due_days:
        assert due.day in mail.mail_text
    assert "\n" not in mail.subject
    assert "&" not in mail.mail_text  # no HTML in plain text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_names_the_person_and_nothing_more(language: str) -> None:
    context = a_context("recipient_notice", "access", "", language)
    mail = render(context).mail_text
    assert f"- {EMAIL}\n" in mail
    assert context.reference in mail
    assert context.done_on in mail
    assert context.sender.dpo_mail in mail
    for private in (NAME, WROTE, context.portal, "CANARY", "crm"):
        assert private not in mail
    assert "19" in mail
    assert "&" not in mail


@pytest.mark.parametrize("kind", ["confirm_address", "access_code"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_with_a_code_holds_it_and_no_right(kind: str, language: str) -> None:
    context = a_context(kind, "access", "", language)

    mail = render(context).mail_text

    assert "\n    40718293\n" in mail
    assert "30" in mail
    assert context.rights[0].name not in mail


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_by_anyone_is_only_text(language: str) -> None:
    context = a_context("reply", "access", "partial", language)
    evil = '<img src="http://x.example/a.png"><script>alert(1)</script>'
    asked = replace(context.rights[0], wrote=(evil,))
    context = replace(
        context, rights=(asked,), parts={"reasons": evil}, own_reference=evil
    )

    html = render(context).html or ""

    assert "<img" not in html
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3


@pytest.mark.parametrize("outcome", Outcome.NEEDS_GROUND)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_not_granted_names_remedies_and_the_article(
    outcome: str, language: str
) -> None:
    right = "objection" if outcome == Outcome.NOT_APPLICABLE else "access"
    found = find_contents(
        render(a_context("reply", right, outcome, language)).html or ""
    )

    assert "+32 (0)2 274 48 00" in found["remedies"]
    assert {"en": "court", "fr": "tribunal", "nl": "rechtbank", "de": "Gericht"}[
        language
    ] in found["remedies"]
    assert re.search(r"[Aa]rt\. \d+", found["grounds"])
    assert "CANARYREASON" in found["reasons"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_access_reply_names_the_recipients(language: str) -> None:
    found = find_contents(
        render(a_context("reply", "access", "granted", language)).html or ""
    )

    assert all(found[name] for name in INFORMATION)
    assert "Demo Reinsurance SE" in found["recipients"]
    assert {"en": "twelve", "fr": "douze", "nl": "twaalf", "de": "zwölf"}[
        language
    ] in found["retention"]


@pytest.mark.parametrize("right", ["rectification", "automated_decision_review"])
def test_the_ombudsman_is_named_where_insurance_is_at_stake(right: str) -> None:
    found = find_contents(render(a_context("reply", right, "granted", "en")).html or "")

    assert "Insurance Ombudsman" in found["mediation"]


def test_the_ombudsman_is_not_named_elsewhere() -> None:
    found = find_contents(
        render(a_context("reply", "erasure", "refused", "en")).html or ""
    )

    assert "mediation" not in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_extension_names_its_new_day(language: str) -> None:
    context = a_context("extension_notice", "access", "", language)

    found = find_contents(render(context).html or "")

    assert "2026" in found["new_day"]
    assert context.due_days[0].by in found["new_day"]
    assert "1182/71" in found["derivation"]


@pytest.mark.parametrize(
    ("kind", "outcome", "part"),
    [(kind, "", part) for kind in CATALOGUE for part in required_parts(kind)]
    + [
        ("reply", outcome, part)
        for outcome in Outcome.DECIDABLE
        for part in required_parts("reply", outcome)
    ],
)
def test_a_letter_without_what_an_officer_owes_is_refused(
    kind: str, outcome: str, part: str
) -> None:
    whole = a_context(kind, "objection", outcome, "en")
    context = replace(whole, parts={**whole.parts, part: "  "})

    with pytest.raises(
        IncompleteLetterError, match=f"still lacks: {content_label(part)}"
    ):
        check(context, render(context))


def test_a_refusal_without_ground_is_refused() -> None:
    context = replace(a_context("reply", "erasure", "refused", "en"), grounds=())

    with pytest.raises(IncompleteLetterError, match="the law wants: the grounds"):
        check(context, render(context))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["identity_request", "clarification_request"])
def test_where_nothing_suspends_the_time_limit_the_letter_says_so(
    kind: str, language: str
) -> None:
    context = a_context(kind, "access", "", language)

    stands = find_contents(render(context).html or "")["time"]
    runs = find_contents(render(replace(context, suspends=False)).html or "")["time"]

    assert stands
    assert runs
    assert stands != runs


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_identity_request_without_items_asks_for_the_least(language: str) -> None:
    context = a_context("identity_request", "access", "", language)
    context = replace(context, parts={"reasons": "The address is unknown to us."})

    found = find_contents(render(context).html or "")

    assert len(found["items"]) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_on_paper_is_enclosed(language: str) -> None:
    context = a_context("reply", "access", "granted", language)

    online = find_contents(render(context).html or "")["copy"]
    paper = find_contents(render(replace(context, by_post=True)).html or "")["copy"]

    assert context.portal in online
    assert context.portal not in paper


def test_every_content_has_a_name_for_the_desk() -> None:
    kinds = [(kind, right, outcome) for kind, right, outcome, _l in EVERY_LETTER]
    named = {name for one in kinds for name in required_contents(*one)}
    named |= {
        name for kind, _r, outcome in kinds for name in required_parts(kind, outcome)
    }
    assert [name for name in named if "_" in content_label(name)] == []


def test_every_kind_of_letter_is_in_the_catalogue() -> None:
    assert set(CATALOGUE) == set(LetterKind.values)
    assert all(entry.moment and entry.source for entry in CATALOGUE.values())
