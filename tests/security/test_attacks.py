"""Forty ways to get somebody else's data: none of them gets any.

Each ends where an officer sees why, with no release and nothing over-collected; and
four by which somebody would be answered with the copy of another. The
kinds are those by which a quarter of firms gave a stranger the data of another: see
Pavur and Knerr, “GDPArrrrr: Using Privacy Laws to Steal Identities” (2019).
"""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from dsr.portal import alike
from tests.security.attacks import by_form, by_mail, by_package, mails
from tests.security.attacks.stage import OURS, Stage

Attack = Callable[[Stage], str]
ATTACKS: list[tuple[str, Attack, str]] = [
    *(
        (name, partial(by_mail.by_mail, text=text, given=given, becomes=becomes), reads)
        for name, text, given, becomes, reads in mails.MAILS
    ),
    *(
        (
            name,
            partial(by_mail.by_agent, relation=relation, claim=claim),
            "without a mandate",
        )
        for name, relation, claim in mails.AGENTS
    ),
    ("her mail, byte for byte", by_mail.replayed, "vouches"),
    ("a new address, then access", by_mail.new_address_then_access, "bears the name"),
    (
        "an identity card with a new request",
        partial(by_mail.paper_by_mail, subject="More"),
        "an identity document that nobody had asked for",
    ),
    ("a false report of our letter", by_mail.reported, "could not be delivered"),
    ("a machine that answers", by_mail.answered_by_a_machine, "machine"),
    ("the form in her name", by_form.case_in_her_name, "unconfirmed"),
    ("the form with her facts", by_form.right_facts_in_the_form, "nothing"),
    ("an identity card by form", by_form.paper_by_form, "Please do not send"),
    (
        "a link passed on",
        partial(by_form.forwarded_link, page="/en/status/{ref}/"),
        by_form.DOOR,
    ),
    ("a code used twice", by_form.code_used_twice, "wrong, used or too old"),
    ("guessed codes", by_form.guessed_codes, "20 wrong codes, then 429"),
    ("a mistyped address", by_form.mistyped_address, "5.1.1"),
    ("an officer talked into it", by_form.address_moved, "address changed"),
]


@pytest.fixture
def stage(
    house: object,
    settings: Settings,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> Stage:
    """Set the stage: our mail server checks senders, the doors answer at once."""
    settings.MAIL_AUTHSERV_ID = OURS
    monkeypatch.setattr(alike, "FLOOR", 0.0)
    return Stage(mailoutbox)


@pytest.mark.parametrize(
    ("attack", "reads"),
    [(attack, reads) for _name, attack, reads in ATTACKS],
    ids=[name for name, _attack, _reads in ATTACKS],
)
def test_an_attack_gets_nothing(stage: Stage, attack: Attack, reads: str) -> None:
    assert reads in attack(stage)
    stage.nothing_released(own=[mails.STRANGER])
    stage.nothing_collected()


def test_there_are_forty() -> None:
    assert len({name for name, _attack, _reads in ATTACKS}) == 40


@pytest.mark.parametrize(
    ("attack", "reads"),
    [
        (by_package.asked_for_by_another, "not found"),
        (by_package.file_in_the_place_of_his, "not the package of this ticket"),
        (by_package.row_that_names_hers, "not the package of this ticket"),
        (by_package.findings_in_the_place_of_his, "missing or damaged"),
    ],
)
def test_nobody_is_answered_with_the_copy_of_another(
    desk: None, attack: Callable[[], str], reads: str
) -> None:
    assert reads in attack()


@pytest.mark.parametrize("who", ["auditor", "rita", "medic", "ada"])
def test_staff_to_whom_a_case_is_not_assigned_see_nothing_of_it(
    stage: Stage, enter: Callable[[str], Client], who: str
) -> None:
    client, case = enter(who), stage.hers
    for page in (
        f"case/{case.pk}/change/",
        f"letter/{stage.letter.pk}/change/",
        f"arrival/{stage.arrival.pk}/change/",
    ):
        answer = client.get(f"/desk/dsr/{page}")
        assert answer.status_code == 403, page
        assert case.reference not in answer.content.decode()
