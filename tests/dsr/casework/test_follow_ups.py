"""A person is kept informed: reminders, second requests, delays, joined requests."""

from datetime import date, timedelta
from typing import Any

import pytest

from dsr import casework
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.models import Case, LedgerEntry, Letter, Ticket
from dsr.vocabulary import SUBJECT, SYSTEM, LetterKind, State
from tests.dsr.conftest import (
    DAY,
    DPO,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    Walk,
    letters,
    refused,
)

pytestmark = pytest.mark.django_db
ADDRESS = "Rue Haute 1\n4000 Liège"


@pytest.fixture
def asked(walk: Walk) -> Ticket:
    """Return a ticket whose person was asked for proof at the receipt."""
    return walk(State.AWAITING_IDENTITY, email=JEANNE)


def kinds(ticket: Ticket) -> list[str]:
    return [kind for kind, _state in letters(ticket.case)]


def said(ticket: Ticket, kind: LetterKind) -> dict[str, str]:
    """Return what the last letter of a kind says, by its contents."""
    letter = Letter.objects.filter(ticket=ticket, kind=kind).latest("created_at", "pk")
    return find_contents(compose(letter).html or "")


def test_a_request_for_proof_says_until_when(asked: Ticket) -> None:
    found = said(asked, LetterKind.IDENTITY_REQUEST)
    assert "samedi 4 avril 2026" in found["until"]  # 30 days after 5 March


def test_one_reminder_halfway_repeats_what_was_asked(asked: Ticket) -> None:
    casework.fire_timers(at=RECEIVED + 14 * DAY)
    assert "identity_reminder" not in kinds(asked)
    for days in (15, 16, 20):
        casework.fire_timers(at=RECEIVED + days * DAY)
    assert kinds(asked).count("identity_reminder") == 1
    found = said(asked, LetterKind.IDENTITY_REMINDER)
    assert found["reasons"] == WHY
    assert found["items"] == "a letter we sent"
    assert "samedi 4 avril 2026" in found["until"]


def test_a_reminder_does_not_move_the_end_of_the_waiting(asked: Ticket) -> None:
    casework.fire_timers(at=RECEIVED + 15 * DAY)
    timeout = asked.timers.get(kind="identity_timeout")
    assert timeout.due_at == RECEIVED + 30 * DAY


def test_nobody_is_reminded_of_a_day_that_has_passed(asked: Ticket) -> None:
    casework.fire_timers(at=RECEIVED + 31 * DAY)
    assert "identity_reminder" not in kinds(asked)


def test_who_has_answered_is_not_reminded(asked: Ticket) -> None:
    casework.accept_proof(asked.pk, method="call back", by=OFFICER, at=RECEIVED + DAY)
    casework.fire_timers(at=RECEIVED + 15 * DAY)
    assert "identity_reminder" not in kinds(asked)


def test_a_second_request_says_what_is_still_missing(asked: Ticket) -> None:
    casework.reject_proof(
        asked.pk, why=WHY, items="the policy number", by=OFFICER, at=RECEIVED + 3 * DAY
    )
    found = said(asked, LetterKind.PROOF_INSUFFICIENT)
    assert found["items"] == "the policy number"
    assert "reste suspendu" in found["time"]
    assert "mardi 7 avril 2026" in found["until"]


def test_without_clarification_the_person_learns_of_the_full_answer(
    walk: Walk,
) -> None:
    ticket = walk(State.AWAITING_CLARIFICATION, email=JEANNE)
    casework.fire_timers(at=RECEIVED + 14 * DAY)
    found = said(ticket, LetterKind.CLARIFICATION_CLOSED)
    assert "lundi 20 avril 2026" in found["due_days"]  # 14 days were suspended
    assert "1182/71" in found["derivation"]


def test_who_clarified_gets_no_such_letter(walk: Walk) -> None:
    ticket = walk(State.AWAITING_CLARIFICATION, email=JEANNE)
    casework.clarify(ticket.pk, answer="my claim", by=OFFICER, at=RECEIVED + DAY)
    assert "clarification_closed" not in kinds(ticket)


def test_a_reopened_request_promises_a_day(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    at = RECEIVED + 30 * DAY
    casework.reopen(ticket.pk, why=WHY, told="You sent more.", by=DPO, at=at)
    found = said(ticket, LetterKind.REOPENED)
    assert "lundi 4 mai 2026" in found["until"]  # one month from 4 April
    assert found["reasons"] == "You sent more."
    line = LedgerEntry.objects.get(event="ticket.reopened")
    assert line.facts["answer_by"] == "2026-05-04"
    assert "You sent more." not in repr(line.facts)


def test_a_reopened_request_promises_no_day_that_has_passed(walk: Walk) -> None:
    ticket = walk(State.CLOSED, "rectification", email=JEANNE)
    with refused("has passed already"):
        casework.reopen(
            ticket.pk,
            why=WHY,
            answer_by=date(2026, 3, 6),
            by=DPO,
            at=RECEIVED + 30 * DAY,
        )


def test_a_joined_request_names_both_references_and_the_earlier_day(
    open_case: Open,
) -> None:
    first = open_case(email=JEANNE).tickets.get()
    again = open_case(email=JEANNE, received_at=RECEIVED + 5 * DAY)
    Case.objects.filter(pk=again.pk).update(subject=first.case.subject)
    later = again.tickets.get()
    casework.merge(later.pk, into_id=first.pk, by=OFFICER, at=RECEIVED + 5 * DAY)
    found = said(later, LetterKind.MERGED)
    assert first.case.reference in found["into"]
    assert later.case.reference in found["into"]
    assert "mardi 7 avril 2026" in found["due_days"]
    mail = Letter.objects.get(kind=LetterKind.MERGED).text
    assert first.case.reference in mail


def test_a_delay_is_announced_with_its_reason_and_a_day(walk: Walk) -> None:
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    told: dict[str, Any] = {"reasons": WHY, "answer_by": date(2026, 4, 10)}
    casework.tell_delay(ticket.pk, **told, by=OFFICER, at=RECEIVED + 31 * DAY)
    found = said(ticket, LetterKind.DELAY_NOTICE)
    assert found["reasons"] == WHY
    assert "vendredi 10 avril 2026" in found["until"]
    assert "mardi 7 avril 2026" in found["due_days"]  # it extends nothing
    ticket.refresh_from_db()
    assert ticket.due == date(2026, 4, 7)


def test_no_delay_is_announced_of_what_is_answered_or_for_a_day_gone_by(
    walk: Walk,
) -> None:
    done = walk(State.CLOSED, email=JEANNE)
    told: dict[str, Any] = {"reasons": WHY, "answer_by": date(2026, 4, 10)}
    with refused("no delay to announce"):
        casework.tell_delay(done.pk, **told, by=OFFICER, at=RECEIVED + 31 * DAY)
    ticket = walk(State.IN_PROGRESS, email=JEANNE)
    with refused("has passed already"):
        casework.tell_delay(ticket.pk, **told, by=OFFICER, at=RECEIVED + 40 * DAY)
    with refused("takes the role of handler"):
        casework.tell_delay(ticket.pk, **told, by=SUBJECT, at=RECEIVED)


def test_who_has_no_mail_gets_the_message_itself_on_paper(open_case: Open) -> None:
    case = open_case(postal_address=ADDRESS)
    casework.write_message(case.pk, text="Votre dossier.", by=OFFICER, at=RECEIVED)
    letter = case.letters.get(kind="desk_message")
    assert letter.pdf
    assert find_contents(compose(letter).html or "")["message"] == "Votre dossier."


def test_a_mail_only_says_that_a_message_waits(open_case: Open) -> None:
    case = open_case(email=JEANNE)
    casework.write_message(case.pk, text="Votre dossier.", by=OFFICER, at=RECEIVED)
    letter = case.letters.get(kind="desk_message")
    assert not letter.pdf
    assert "dossier" not in letter.text


def test_as_a_processor_we_forward_the_request_and_say_so(open_case: Open) -> None:
    case = open_case(email=JEANNE, text="Une copie, svp.")
    ticket = case.tickets.get()
    controller = "Assureur SA\nRue du Pont 17, 5000 Namur"
    casework.redirect(
        ticket.pk, controller=controller, forward=True, by=OFFICER, at=RECEIVED
    )
    forwarded = case.letters.get(kind="forwarding")
    assert (forwarded.to_email, forwarded.state) == ("", "queued")
    html = compose(forwarded).html or ""
    found = find_contents(html)
    assert found["person"] == "Jeanne Peeters"
    assert found["reach"] == JEANNE
    assert "Une copie, svp." in found["wrote"]
    assert "28, § 3, e)" in found["duty"]
    assert '<span class="line">Assureur SA</span>' in html
    assert "Suivre" not in html  # the case itself is none of their business
    told = said(ticket, LetterKind.REDIRECTION)
    assert "Assureur SA" in told["other_controller"]
    html = compose(case.letters.get(kind="redirection")).html or ""
    assert "Nous lui avons transmis votre demande." in html


def test_who_is_not_our_principal_gets_no_request(open_case: Open) -> None:
    case = open_case(email=JEANNE)
    casework.redirect(
        case.tickets.get().pk,
        controller="Assureur SA\nRue du Pont 17, 5000 Namur",
        by=OFFICER,
        at=RECEIVED,
    )
    html = compose(case.letters.get(kind="redirection")).html or ""
    assert "Veuillez lui adresser votre demande." in html
    assert not case.letters.filter(kind="forwarding").exists()


def test_of_a_copy_that_goes_soon_one_is_reminded_once(walk: Walk) -> None:
    ticket = walk(State.REPLIED, email=JEANNE)
    last = RECEIVED + timedelta(days=30)
    for _twice in range(2):
        casework.package_expires_soon(
            ticket.pk, until=last.date(), by=SYSTEM, at=last - 5 * DAY
        )
    assert kinds(ticket).count("package_reminder") == 1
    assert "samedi 4 avril 2026" in said(ticket, LetterKind.PACKAGE_REMINDER)["until"]
