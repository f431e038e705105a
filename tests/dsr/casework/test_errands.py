"""What only people can search or change is given to its owner, by a link."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail
from pytest_django import Settings

from dsr import casework
from dsr.casework import NewFile, errand_answers, errand_mails, errands
from dsr.casework.errand_answers import SearchAnswer
from dsr.casework.errand_days import answer_by, reminders
from dsr.clock.calendars import calendar_for
from dsr.models import Errand, LedgerEntry, Ticket
from dsr.vocabulary import OWNER, OrderAct
from tests.dsr.casework.conftest import YEARS, Delete, states
from tests.dsr.conftest import (
    DAY,
    JEANNE,
    OFFICER,
    RECEIVED,
    WHY,
    Open,
    events,
    refused,
    verify,
)

ARCHIVE = """
[[system]]
key = "archive"
kind = "people"
name = { fr = "Archives papier", en = "Paper archive" }
owner = "archive@rightsdesk-demo.example"
language = "nl"
needs = ["name", "customer_number"]
"""
CSV = "Dossier;Année\r\nA-12;1998\r\n;\r\nA-13;\r\n".encode("cp1252")


DATABASE = """
[[system]]
key = "{key}"
dataset = "{folder}/{key}.yml"
url = "sqlite:///{folder}/{key}.sqlite3"
"""


@pytest.fixture
def archive(house: Path, settings: Settings, company: Path) -> None:
    """Keep two databases of the company, and add a paper archive."""
    listed = [DATABASE.format(key=key, folder=company) for key in ("crm", "claims")]
    settings.SYSTEMS_FILE = house / "systems.toml"
    settings.SYSTEMS_FILE.write_text("".join([*listed, ARCHIVE]), "utf-8")


@pytest.fixture
def asked(archive: None, open_case: Open) -> Ticket:
    """Take an access request in hand: the machines search, the archivist is asked."""
    ticket = verify(open_case("access", email=JEANNE)).tickets.get()
    casework.take_in_hand(ticket.pk, by=OFFICER, at=RECEIVED)
    casework.search_systems(at=RECEIVED)
    mail.outbox.clear()
    return ticket


def errand(ticket: Ticket) -> Errand:
    return ticket.errands.get(notice=None)


def file(name: str, content: bytes, content_type: str) -> NewFile:
    return NewFile("attachment", name, content_type, content)


def test_the_owner_is_asked_while_the_machines_search(asked: Ticket) -> None:
    assert states(asked) == {"archive": "waiting", "claims": "found", "crm": "found"}
    assert errand_mails.send_errands(at=RECEIVED) == 1
    [sent] = mail.outbox
    assert sent.to == ["archive@rightsdesk-demo.example"]
    assert "Archives" not in sent.body
    assert "Paper archive" in sent.body  # it has no Dutch name
    assert errand(asked).token in sent.body
    for hers in (JEANNE, "Jeanne", "Peeters"):
        assert hers not in f"{sent.subject} {sent.body}"
    with refused("Not searched yet: archive"):
        casework.propose(asked.pk, outcome="granted", by=OFFICER, at=RECEIVED)
    facts = [
        one.facts for one in LedgerEntry.objects.filter(event__startswith="errand")
    ]
    assert not [one for one in facts if "@" in str(one)]


def test_what_the_owner_hands_in_is_what_was_found(asked: Ticket) -> None:
    files = (
        file("dossiers.csv", CSV, "text/csv"),
        file("more.json", b'[{"Dossier": "B-1", "pages": [1, 2]}]', "application/json"),
        file("scan.pdf", b"%PDF-1.7 scan", "application/pdf"),
    )
    answer = SearchAnswer(found=True, files=files, note="Two boxes.")
    errand_answers.answer_search(errand(asked).pk, answer, by=OWNER, at=RECEIVED + DAY)
    task = asked.searches.get(system="archive")
    found = list(casework.read_findings(task))
    assert [(one["collection"], one["row"]) for one in found] == [
        ("archive:records", 1),
        ("archive:records", 2),
        ("archive:records", 3),
        ("archive:documents", 1),
    ]
    assert found[0]["record"] == {"Dossier": "A-12", "Année": "1998"}
    assert found[1]["record"] == {"Dossier": "A-13", "Année": None}
    document = task.documents.get()
    with document.file.open() as scan:
        assert scan.read() == b"%PDF-1.7 scan"
    assert found[3]["record"]["sha256"] == document.sha256
    assert (task.state, task.total) == ("found", 4)
    assert Ticket.objects.get(pk=asked.pk).state == "reviewing"
    last = events(asked.case)[-4:]
    assert last[:3] == ["search.done", "errand.answered", "ticket.reviewing"]
    with refused("answered, or no longer needed"):
        errand_answers.answer_search(
            errand(asked).pk, answer, by=OWNER, at=RECEIVED + DAY
        )


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"a;b\n1;2;3", "text/csv", r"line 2: .*as many cells"),
        (b"a;a\n1;2", "text/csv", r"line 1: .*each name once"),
        (b'a;"b\n1', "text/csv", "quotation marks"),
        (b"{]", "application/json", r"line 1: .*list of objects"),
        (b"[1]", "application/json", "list of objects"),
        (b"[" * 100_000, "application/json", "list of objects"),
        (b"a;b\n", "text/csv", "say that nothing is held"),
    ],
)
def test_a_table_that_cannot_be_read_is_a_sentence(
    asked: Ticket, content: bytes, kind: str, sentence: str
) -> None:
    answer = SearchAnswer(found=True, files=(file("x.tab", content, kind),))
    with refused(sentence):
        errand_answers.answer_search(errand(asked).pk, answer, by=OWNER, at=RECEIVED)
    assert errand(asked).is_wanted


def test_an_owner_may_hold_nothing_or_be_unable_to_look(asked: Ticket) -> None:
    pk = errand(asked).pk
    failed = SearchAnswer(found=False, possible=False, note=WHY)
    errand_answers.answer_search(pk, failed, by=OWNER, at=RECEIVED)
    assert states(asked)["archive"] == "unreachable"
    anew = errands.ask_again(pk, to_email="other@x.example", by=OFFICER, at=RECEIVED)
    errand_mails.send_errands(at=RECEIVED)
    assert mail.outbox[-1].to == ["other@x.example"]
    nothing = SearchAnswer(found=False)
    errand_answers.answer_search(anew.pk, nothing, by=OWNER, at=RECEIVED)
    assert states(asked)["archive"] == "nothing"
    casework.search_again(asked.pk, by=OFFICER, at=RECEIVED)
    assert states(asked)["archive"] == "nothing"  # the same question is not asked twice
    assert asked.errands.count() == 2


def test_an_old_link_opens_nothing_once_a_new_one_is_sent(asked: Ticket) -> None:
    first = errand(asked)
    errands.ask_again(first.pk, to_email="b@x.example", by=OFFICER, at=RECEIVED)
    assert (
        errands.open_errand(first.pk, token=first.token, by=OWNER, at=RECEIVED) is None
    )
    new = errand(asked)
    assert errands.open_errand(new.pk, token=new.token, by=OWNER, at=RECEIVED) == new
    assert events(asked.case).count("errand.opened") == 1


def test_reminders_go_until_it_is_answered_and_then_the_desk_is_called(
    asked: Ticket,
) -> None:
    days: list[date] = []
    for day in range(40):
        at = RECEIVED + day * DAY
        if errand_mails.send_errands(at=at):
            days.append(at.date())
    assert len(days) == 4  # the task, half-way, the day before, the day after
    assert len({one.extra_headers["Message-ID"] for one in mail.outbox}) == 4
    assert all(str(one.subject).startswith("Herinnering") for one in mail.outbox[1:])
    last = errand(asked).answer_by
    assert days[0] < days[1] < days[2] < last < days[3]
    assert last <= asked.due_strict - timedelta(days=10)
    assert asked.timers.filter(kind="errand_late").exists()
    casework.fire_timers(at=RECEIVED + 40 * DAY)
    assert asked.timers.get(kind="errand_late").fired_at
    errand_answers.answer_search(
        errand(asked).pk, SearchAnswer(found=False), by=OWNER, at=RECEIVED + 40 * DAY
    )
    assert not asked.timers.filter(kind="errand_late").exists()


def test_what_was_handed_in_goes_with_the_findings(
    asked: Ticket, delete: Delete
) -> None:
    scan = file("scan.pdf", b"%PDF-1.7", "application/pdf")
    answer = SearchAnswer(found=True, files=(scan,))
    errand_answers.answer_search(errand(asked).pk, answer, by=OWNER, at=RECEIVED)
    document = asked.searches.get(system="archive").documents.get()
    assert document.file.storage.exists(str(document.file.name))
    casework.withdraw(asked.pk, by=OFFICER, at=RECEIVED)
    delete(RECEIVED + YEARS + 40 * DAY)
    assert not document.file.storage.exists(str(document.file.name))
    assert not asked.errands.exists()


def test_a_task_that_comes_back_waits_for_an_officer(asked: Ticket) -> None:
    errand_mails.send_errands(at=RECEIVED)
    sent = [errand(asked).message_id]
    assert errand_mails.errands_returned(sent, at=RECEIVED) == 1
    assert list(Errand.objects.all().unsent()) == [errand(asked)]
    assert errand_mails.send_errands(at=RECEIVED + 30 * DAY) == 0
    errands.ask_again(errand(asked).pk, to_email="b@x.example", by=OFFICER, at=RECEIVED)
    assert errand_mails.send_errands(at=RECEIVED) == 1
    assert not Errand.objects.all().unsent().exists()


def test_who_asks_for_a_search_again_reminds_once_more(asked: Ticket) -> None:
    for day in range(40):
        errand_mails.send_errands(at=RECEIVED + day * DAY)
    assert errand(asked).next_attempt_at is None
    at = RECEIVED + 40 * DAY
    casework.search_again(asked.pk, by=OFFICER, at=at)
    assert errand_mails.send_errands(at=at) == 1
    assert errand(asked).mails == 5


def test_an_excused_search_is_called_off(asked: Ticket) -> None:
    task = asked.searches.get(system="archive")
    casework.excuse_search(task.pk, excuse=WHY, by=OFFICER, at=RECEIVED)
    assert errand_mails.send_errands(at=RECEIVED) == 0
    assert (mail.outbox, errand(asked).state) == ([], "called_off")


def test_an_order_is_the_owners_to_answer(archive: None, open_case: Open) -> None:
    case = verify(open_case("marketing_opt_out", email=JEANNE))
    ticket = case.tickets.get()
    casework.go_on_at_once(at=RECEIVED)
    order = ticket.orders.get(system="archive", act=OrderAct.SUPPRESS)
    task = errand(ticket)
    assert (task.order, task.answer_by) == (order, date(2026, 3, 9))
    with refused("at least 30"):
        errand_answers.answer_order(
            task.pk, done=False, note="no", by=OWNER, at=RECEIVED
        )
    errand_answers.answer_order(
        task.pk, done=True, note="by Ann", by=OWNER, at=RECEIVED
    )
    order.refresh_from_db()
    assert (order.state, order.closed_by, order.note) == ("done", "owner", "by Ann")
    assert errand(ticket).state == "answered"


def test_days_are_counted_back_from_the_legal_one() -> None:
    days, today = calendar_for("BE"), date(2026, 3, 5)
    legal = date(2026, 4, 7)
    assert answer_by(days, today, legal, given=10, kept=8) == date(2026, 3, 19)
    assert answer_by(days, today, date(2026, 3, 25), given=10, kept=8) == date(
        2026, 3, 13
    )
    assert answer_by(days, today, today, given=10, kept=8) == date(2026, 3, 6)
    one_day = list(reminders(days, today, date(2026, 3, 6)))
    assert one_day == [date(2026, 3, 9)]
