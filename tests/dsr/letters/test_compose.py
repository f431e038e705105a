"""A letter's row and those around it become what the letter says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from dsr.letters.compose import compose, portal_address
from dsr.letters.contents import find_contents
from dsr.letters.drafting import draft
from dsr.letters.rendering import Composed
from dsr.models import (
    AccessCode,
    Case,
    ClockEvent,
    FeeNotice,
    SearchTask,
    SystemOrder,
    Ticket,
)
from dsr.vocabulary import LetterKind, OrderAct, OrderState, Outcome
from tests.dsr.letters.rows import AT, EMAIL, NAME, a_case, a_decided_ticket, a_ticket
from tests.dsr.steps import LAW

pytestmark = pytest.mark.django_db


def written(
    kind: LetterKind,
    case: Case,
    ticket: Ticket | None = None,
    parts: dict[str, object] | None = None,
) -> Composed:
    return compose(draft(kind, case=case, ticket=ticket, parts=parts, by="luc", at=AT))


def said(composed: Composed) -> dict[str, str]:
    return find_contents(composed.html or "")


def test_an_acknowledgement_names_every_right_and_its_last_day() -> None:
    case = a_case()
    a_ticket(case, "access")
    a_ticket(case, "marketing_opt_out")

    composed = written(LetterKind.ACKNOWLEDGEMENT, case)

    found = said(composed)
    assert composed.subject == "Nous avons bien reçu votre demande – DSR-2026-000123-K7"
    assert "Vous avez demandé si nous traitons" in found["rights"]
    assert "opposition à la prospection" in found["rights"]
    assert found["due_days"].count("mardi 7 avril 2026") == 4
    assert "lundi 9 mars 2026" in found["derivation"]  # two working days
    assert composed.mail_text.count("mardi 7 avril 2026") == 4
    assert "[règlement 1182/71, art.\xa03, §\xa01]" in composed.mail_text
    assert "jeudi 5 mars 2026" in found["receipt"]


def test_rights_that_share_their_day_share_its_derivation() -> None:
    case = a_case(language="en")
    for right in ("access", "erasure"):
        a_ticket(case, right)

    composed = written(LetterKind.ACKNOWLEDGEMENT, case)

    found = said(composed)
    assert "Right of access, right to erasure" in found["due_days"]
    assert found["derivation"].count("Received on") == 1
    assert "\n\n\n" not in composed.mail_text


def test_a_withdrawal_is_dated() -> None:
    case = a_case(language="en")
    a_ticket(case)

    found = said(written(LetterKind.WITHDRAWAL_CONFIRMATION, case))

    assert "Wednesday 18 March 2026" in found["withdrawn_on"]


def test_an_extension_names_the_day_it_brings_about() -> None:
    case = a_case()
    ticket = a_ticket(case)

    composed = written(
        LetterKind.EXTENSION_NOTICE, case, ticket, {"reasons": "Dossiers papier."}
    )

    assert "vendredi 5 juin 2026" in said(composed)["new_day"]
    assert "Dossiers papier." in said(composed)["reasons"]
    assert "vendredi 5 juin 2026" in composed.mail_text


def test_a_day_that_stands_still_is_not_named() -> None:
    case = a_case(language="en")
    ticket = a_ticket(case)
    asked = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    ClockEvent.objects.create(ticket=ticket, kind="identity_asked", at=asked, by="luc")

    composed = written(LetterKind.ACKNOWLEDGEMENT, case)

    assert "open until we have your answer" in said(composed)["due_days"]
    assert "open until we have your answer" in composed.mail_text


def test_a_reply_tells_what_was_decided_and_why() -> None:
    case = a_case(language="nl")
    ticket = a_decided_ticket(
        case,
        "erasure",
        Outcome.PARTIAL,
        grounds=["legal_claims"],
        reasons="Uw schadedossier loopt nog.",
        done="Uw contactgegevens zijn gewist.",
    )

    found = said(written(LetterKind.REPLY, case, ticket))

    assert found["grounds"].startswith("De gegevens zijn nodig voor de instelling")
    assert "AVG, art. 17, lid 3, onder e)" in found["grounds"]
    assert found["reasons"] == "Uw schadedossier loopt nog."
    assert found["done"] == "Uw contactgegevens zijn gewist."
    assert "woensdag 18 maart 2026" in found["done_on"]
    assert "90 dagen" in found["backups"]


def test_it_was_carried_out_when_the_last_system_had_done_it() -> None:
    ticket = a_decided_ticket(a_case(language="en"), "objection", Outcome.GRANTED)
    for system, closed_at in (("crm", AT), ("claims", AT + timedelta(days=2))):
        SystemOrder.objects.create(
            ticket=ticket,
            system=system,
            act=OrderAct.STOP,
            state=OrderState.DONE,
            ordered_at=AT,
            ordered_by="system",
            closed_at=closed_at,
            closed_by="luc",
        )

    found = said(written(LetterKind.REPLY, ticket.case, ticket))

    assert found["done_on"] == "We carried this out on Friday 20 March 2026."


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_a_refusal_under_a_law_names_its_article(language: str) -> None:
    case = a_case(language=language)
    ticket = a_decided_ticket(
        case,
        "erasure",
        Outcome.REFUSED,
        grounds=["legal_restriction"],
        law=LAW,
        reasons="The file is with the court.",
    )

    found = said(written(LetterKind.REPLY, case, ticket))

    assert f"; {LAW}]" in found["grounds"]


def test_no_data_names_the_proven_identifiers_that_were_searched_for() -> None:
    case = a_case(language="en")
    ticket = a_decided_ticket(case, "access", Outcome.NO_DATA)
    for system, state in {"crm": "nothing", "claims": "excused"}.items():
        SearchTask.objects.create(ticket=ticket, system=system, state=state)

    found = said(written(LetterKind.REPLY, case, ticket))["searched_for"]

    assert EMAIL in found
    assert "UNPROVEN-1" not in found
    assert "crm" in found
    assert "claims" not in found


def test_a_fee_is_not_called_free() -> None:
    case = a_case(language="en")
    ticket = a_decided_ticket(case, "access", Outcome.FEE, reasons="A third copy.")
    FeeNotice.objects.create(
        ticket=ticket,
        amount=12,
        basis="further_copy",
        cost_basis="Paper.",
        pay_by=date(2026, 5, 1),
        proposed_at=AT,
        proposed_by="officer",
    )

    found = said(written(LetterKind.REPLY, case, ticket))

    assert "12.00 EUR, payable by Friday 1 May 2026" in found["amount"]
    assert "GDPR Art. 15(3)" in found["fee_law"]
    assert "no_fee" not in found


def test_a_letter_to_an_agent_names_the_person() -> None:
    case = a_case(agent_name="Me Luc Dupont", agent_relation="lawyer")
    a_ticket(case)

    composed = written(LetterKind.ACKNOWLEDGEMENT, case)

    assert said(composed)["concerning"] == NAME
    assert "Me Luc Dupont" in (composed.html or "")


def test_a_letter_by_post_carries_the_address() -> None:
    case = a_case(
        contact_email="", channel="post", postal_address="Rue Haute 1\n4000 Liège"
    )
    a_ticket(case)

    html = written(LetterKind.ACKNOWLEDGEMENT, case).html or ""

    assert '<span class="line">Rue Haute 1</span>' in html
    assert '<span class="line">4000 Liège</span>' in html


def test_a_code_is_computed_when_the_mail_is_written() -> None:
    case = a_case()
    code = AccessCode.objects.create(case=case, created_at=AT)

    composed = written(LetterKind.ACCESS_CODE, case, parts={"code_id": code.pk})

    assert code.digits in composed.mail_text
    assert "30 minutes" in composed.mail_text
    assert composed.html is None


def test_the_code_of_another_case_is_not_mailed() -> None:
    other = a_case()
    code = AccessCode.objects.create(case=other, created_at=AT)
    case = a_case(reference="DSR-2026-000124-XX")

    with pytest.raises(AccessCode.DoesNotExist):
        written(LetterKind.ACCESS_CODE, case, parts={"code_id": code.pk})


@pytest.mark.parametrize(
    ("kind", "page"), [("confirm_address", "confirm"), ("reply", "status")]
)
def test_the_address_in_a_mail_is_a_page_of_the_portal(kind: str, page: str) -> None:
    letter = draft(LetterKind.DESK_MESSAGE, case=a_case(), by="luc", at=AT)
    letter.kind = kind

    path = portal_address(letter).removeprefix(settings.PUBLIC_URL)

    with translation.override(letter.language):
        assert resolve(path).view_name == f"portal:{page}"
