"""An objection to marketing is in effect before anybody has looked.

It is confirmed when systems and recipients have answered, and not before.
"""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from pytest_django import Settings

from dsr import casework
from dsr.letters.compose import compose
from dsr.letters.contents import find_contents
from dsr.models import Case, LedgerEntry, find_faults
from dsr.vocabulary import SUBJECT, Channel, State
from subjects.models import SuppressionEntry, is_suppressed
from tests.dsr.casework.advertising import (
    HOME,
    PHONE,
    SOON,
    OptOut,
    answer,
    notes,
    state_of,
)
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    LUC,
    OFFICER,
    WHY,
    Open,
    events,
    letters,
    verify,
)


def test_advertising_stops_in_the_transaction_that_opens_the_case(
    opt_out: OptOut,
) -> None:
    with transaction.atomic():
        case = opt_out()
        assert is_suppressed("email", JEANNE)
        assert state_of(case) == State.PROPAGATING
        transaction.set_rollback(True)
    assert not is_suppressed("email", JEANNE)
    assert not Case.objects.exists()


def test_every_address_that_was_given_is_suppressed(opt_out: OptOut) -> None:
    answer = f"On my phone 0032 470 65 43 21, and at {LUC}."
    case = opt_out(
        postal_address=HOME,
        identifiers={"phone_number": PHONE, "customer_number": "K-100001"},
        details={"marketing_opt_out": {"address": answer}},
    )
    for kind, value in (
        ("email", JEANNE),
        ("email", LUC),
        ("phone_number", PHONE),
        ("phone_number", "+32470654321"),
        ("post", HOME.upper()),
    ):
        assert is_suppressed(kind, value), value
    entries = SuppressionEntry.objects.all()
    assert {one.channel for one in entries} == {"all"}
    assert {one.reference for one in entries} == {f"{case} marketing_opt_out"}
    assert entries.count() == 5


def test_a_house_number_in_the_answer_is_a_postal_address(opt_out: OptOut) -> None:
    opt_out(details={"marketing_opt_out": {"address": HOME}})
    assert is_suppressed("post", HOME)
    opt_out(details={"marketing_opt_out": {"address": "everywhere"}})
    assert not is_suppressed("post", "everywhere")


def test_the_ledger_names_the_entries_and_no_address(opt_out: OptOut) -> None:
    case = opt_out()
    line = LedgerEntry.objects.get(event="suppression.added")
    assert line.facts == {
        "ticket": case.tickets.get().pk,
        "right": "marketing_opt_out",
        "state": "suppressing",
        "entries": [SuppressionEntry.objects.get().pk],
    }
    assert (line.reference, line.by) == (case.reference, "system")
    assert list(find_faults()) == []


def test_it_is_acknowledged_at_once_and_confirmed_only_when_all_have_answered(
    opt_out: OptOut, mailoutbox: list[EmailMessage]
) -> None:
    case = opt_out(language="en")
    ticket = case.tickets.get()
    assert letters(case)[-1] == ("acknowledgement", "queued")
    casework.send_letters(at=SOON)
    told = [mail for mail in mailoutbox if JEANNE not in mail.to]
    assert len(told) == ticket.notices.count() == 5
    assert set(ticket.notices.values_list("state", flat=True)) == {"sent"}
    assert casework.go_on_at_once(at=SOON) == 0
    assert state_of(case) == State.PROPAGATING
    crm, claims = ticket.orders.order_by("-system")
    casework.close_order(crm.pk, done=True, note="Blocked.", by=OFFICER, at=SOON)
    assert state_of(case) == State.PROPAGATING
    casework.close_order(claims.pk, done=True, note="Blocked.", by=OFFICER, at=SOON)
    casework.send_letters(at=SOON)
    ticket = case.tickets.get()
    assert (ticket.state, ticket.outcome) == (State.CLOSED, "granted")
    assert (ticket.decided_by, ticket.owner) == ("system", "")
    assert mailoutbox[-1].to == [JEANNE]
    assert "reply to your request is ready" in str(mailoutbox[-1].body)
    besides = ("letter", "notice", "errand")
    happened = [one for one in events(case) if not one.startswith(besides)]
    assert happened == [
        "case.opened",
        "suppression.added",
        "order.given",
        "ticket.moved_on",
        "order.closed",
        "order.closed",
        "ticket.carried_out",
        "ticket.replied",
        "ticket.closed",
    ]
    assert list(find_faults()) == []


def test_the_last_notice_confirms_as_well(opt_out: OptOut) -> None:
    case = opt_out()
    chosen = [one.pk for one in case.tickets.get().orders.all()]
    casework.close_orders(
        case.tickets.get().pk, orders=chosen, done=True, note="x", by=OFFICER, at=SOON
    )
    assert state_of(case) == State.PROPAGATING
    casework.send_letters(at=SOON)
    assert state_of(case) == State.CLOSED


def test_the_acknowledgement_says_since_when_and_what_follows(opt_out: OptOut) -> None:
    letter = opt_out(language="en", email="", postal_address=HOME).letters.get(
        kind="acknowledgement"
    )
    said = find_contents(compose(letter).html or "")
    assert "on our suppression list since Thursday 5 March 2026" in said["in_effect"]
    assert "When all have answered, we confirm it" in said["in_effect"]


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
def test_the_automatic_reply_holds_what_the_law_wants(
    opt_out: OptOut, language: str
) -> None:
    case = opt_out(language=language)
    answer(case, SOON + 4 * DAY)
    letter = case.letters.get(kind="reply")
    assert letter.state == "queued"
    assert letter.pdf_sha256
    said = find_contents(compose(letter).html or "")
    assert " 5" in said["done_on"]  # since it is in effect, not since confirmed
    assert "AXA Demo Services SA, Brussels" in said["recipients_told"]
    for name in ("channels", "in_print", "suppression"):
        assert said[name]


def test_what_could_not_be_done_everywhere_is_confirmed_by_an_officer(
    opt_out: OptOut,
) -> None:
    case = opt_out()
    ticket = case.tickets.get()
    chosen = [one.pk for one in ticket.orders.all()]
    casework.close_orders(
        ticket.pk, orders=chosen, done=False, note=WHY, by=OFFICER, at=SOON
    )
    answer(case)
    assert state_of(case) == State.PROPAGATING
    assert casework.go_on_at_once(at=SOON) == 0
    casework.confirm(ticket.pk, done=WHY, by=OFFICER, at=SOON)
    assert letters(case)[-1] == ("reply", "draft")


def test_a_list_that_cannot_be_used_holds_nothing_up_and_is_tried_again(
    opt_out: OptOut, settings: Settings, tmp_path: Path
) -> None:
    usable = settings.SYSTEMS_FILE
    settings.SYSTEMS_FILE = tmp_path / "none.toml"
    case = opt_out()
    assert is_suppressed("email", JEANNE)
    assert state_of(case) == State.SUPPRESSING
    (note,) = notes(case)
    assert "not passed on yet: The list of systems cannot be used" in note
    assert casework.go_on_at_once(at=SOON) == 0
    assert len(notes(case)) == 1
    settings.SYSTEMS_FILE = usable
    assert casework.go_on_at_once(at=SOON) == 1
    assert state_of(case) == State.PROPAGATING
    assert case.tickets.get().orders.count() == 2


def test_an_unconfirmed_web_form_takes_effect_and_is_answered_once_confirmed(
    opt_out: OptOut,
) -> None:
    case = opt_out(channel=Channel.WEB, by=SUBJECT)
    assert is_suppressed("email", JEANNE)
    answer(case)
    assert state_of(case) == State.PROPAGATING
    assert casework.go_on_at_once(at=SOON) == 0
    verify(case)
    assert ("reply", "queued") in letters(case)


def test_other_rights_of_the_case_are_acknowledged_as_ever(open_case: Open) -> None:
    rights = ("access", "marketing_opt_out")
    case = open_case(*rights, channel=Channel.WEB, email=JEANNE, by=SUBJECT)
    verify(case)
    assert ("acknowledgement", "queued") in letters(case)
    states = dict(case.tickets.values_list("right_code", "state"))
    assert states == {"access": "triage", "marketing_opt_out": "propagating"}
    verify(case)
    assert letters(case).count(("acknowledgement", "queued")) == 1


def test_a_right_added_later_takes_effect_and_is_acknowledged(open_case: Open) -> None:
    case = open_case("access", email=JEANNE)
    ticket = casework.add_right(
        case.pk, right_code="marketing_opt_out", by=OFFICER, at=SOON
    )
    assert ticket.state == State.PROPAGATING
    assert is_suppressed("email", JEANNE)
    assert events(case).index("case.right_added") < events(case).index(
        "suppression.added"
    )
    assert letters(case).count(("acknowledgement", "queued")) == 2
