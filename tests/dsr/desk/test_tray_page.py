"""The tray's page: evidence, files, neighbours, and what was put aside."""

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from dsr.intake.mailbox import aside
from dsr.intake.mailbox.receive import receive
from dsr.models import Arrival, BlockedSender, Case, DeskMail
from dsr.vocabulary import TrustLevel
from tests.dsr.desk.conftest import NOW, OFFICER, open_case

pytestmark = pytest.mark.django_db
Arrive = Callable[..., Arrival]
UNSURE = "I have a question about my personal data."
ACCESS = "Please send me a copy of <i>all</i> personal data you hold about me."


@pytest.fixture
def arrive(staff: object) -> Arrive:
    """Return a function that receives a mail of somebody's, with files if given."""

    def arrive(
        text: str, sender: str = "Ann <ann@example.org>", **files: str
    ) -> Arrival:
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"] = sender, "dpo.bnl@company.example"
        message["Subject"] = "My data"
        message["Message-ID"] = f"<{Arrival.objects.count()}@example.org>"
        message.set_content(text)
        for name, content in files.items():
            message.add_attachment(
                content.encode(),
                maintype="text",
                subtype=name[-4:].strip("."),
                filename=name,
            )
        raw = message.as_bytes()
        return receive(raw, received_at=NOW, source="test", at=NOW).arrival

    return arrive


def page(client: Client, arrival: Arrival) -> str:
    url = reverse("admin:dsr_arrival_change", args=[arrival.pk])
    return client.get(url).content.decode()


def listed(client: Client, result: str) -> str:
    url = reverse("admin:dsr_arrival_changelist")
    return client.get(url, {"result": result}).content.decode()


def test_the_words_are_marked_for_eyes_and_ears_and_cannot_act(
    officer: Client, arrive: Arrive
) -> None:
    arrival = arrive(ACCESS)
    Arrival.objects.update(result="tray", case=None)
    text = page(officer, arrival)
    marked = text.partition('<mark class="evidence">')[2].partition("</mark>")[0]
    assert marked.startswith("Please send me a copy of &lt;i&gt;all&lt;/i&gt; personal")
    assert 'title="Access"' in marked
    assert "<i>all" not in text
    assert 'name="rights" value="access" id="id_rights_0" checked' in text


def test_enter_confirms_the_first_form_which_is_the_proposal(
    officer: Client, arrive: Arrive
) -> None:
    arrival, case = arrive(UNSURE), open_case()
    arrival.proposal |= {"kind": "follow_up"}
    arrival.save()
    text = page(officer, arrival)
    assert text.count("data-primary") == 1
    first = text.index("data-primary")
    assert f"mail/{arrival.pk}/attach/" in text[first - 200 : first]
    assert f'value="{case.reference}"' in text
    Case.objects.update(contact_email="somebody.else@example.org")
    assert "data-primary" not in page(officer, arrival)
    Case.objects.update(contact_email="ann@example.org")
    arrival.is_urgent = True
    arrival.save()
    text = page(officer, arrival)
    assert "data-primary" not in text
    assert "Urgent: an authority or a court" in text
    assert reverse("admin:settle", args=[arrival.pk, "spam"]) not in text


def test_the_tray_is_walked_from_the_urgent_to_the_newest(
    officer: Client, arrive: Arrive
) -> None:
    mails = [arrive(f"{UNSURE} {number}") for number in range(3)]
    Arrival.objects.filter(pk=mails[2].pk).update(is_urgent=True)
    text = page(officer, mails[0])
    assert "2 of 3 in the tray" in text
    for rel, neighbour in (("prev", mails[2]), ("next", mails[1])):
        url = reverse("admin:dsr_arrival_change", args=[neighbour.pk])
        assert f'rel="{rel}" href="{url}"' in text
    rows = listed(officer, "tray")
    assert rows.index(f"mail {mails[2].pk}<") < rows.index(f"mail {mails[0].pk}<")
    assert "⚠ urgent: an authority or a court" in rows
    home = officer.get(reverse("admin:index")).content.decode()
    urgent = reverse("admin:dsr_arrival_changelist") + "?result=urgent"
    assert f'<a href="{urgent}"><strong>1</strong>' in home
    assert "1 mail\n" in listed(officer, "urgent")


def test_after_one_mail_the_next_one_is_shown(officer: Client, arrive: Arrive) -> None:
    first, second = arrive(UNSURE), arrive(UNSURE + " Again.")
    said = {"department": "claims"}
    answer = officer.post(reverse("admin:settle", args=[first.pk, "hand-over"]), said)
    assert answer["Location"] == reverse("admin:dsr_arrival_change", args=[second.pk])
    text = page(officer, first)
    assert "Passed on to another department: Claims" in text
    assert "waits to be sent" in text
    answer = officer.post(reverse("admin:settle", args=[second.pk, "spam"]), {})
    assert answer["Location"] == reverse("admin:dsr_arrival_changelist")
    assert "The sender is blocked" in page(officer, second)


def test_an_alert_that_could_not_be_sent_is_sent_again_while_the_mail_waits(
    officer: Client, arrive: Arrive
) -> None:
    urgent = arrive(
        "We have received a complaint against you. Our case: DOS-2026-1. "
        "Data Protection Authority, Inspection Service"
    )
    assert urgent.is_urgent
    DeskMail.objects.update(failed_at=NOW, next_attempt_at=None)
    assert "could not be sent" in page(officer, urgent)
    assert reverse("admin:aside", args=[urgent.pk, "retry"]) in page(officer, urgent)


def test_two_mails_are_merged_on_the_page(officer: Client, arrive: Arrive) -> None:
    first, second = arrive(UNSURE), arrive(UNSURE + " Again.")
    assert f"mail {second.pk}, ann@example.org" in page(officer, first)
    said = {
        "rights": ["erasure"],
        "email": "ann@example.org",
        "language": "nl",
        "agent_name": "A Lawyer",
        "others": [str(second.pk)],
    }
    officer.post(reverse("admin:settle", args=[first.pk, "open"]), said)
    case = Case.objects.get()
    assert case.arrivals.count() == 2
    assert (case.language, case.agent_name) == ("nl", "A Lawyer")


def test_a_file_is_handed_out_as_bytes_under_a_name_of_ours(
    officer: Client, arrive: Arrive
) -> None:
    arrival = arrive(UNSURE, **{"<b>x</b>.html": "<script>alert(1)</script>"})
    text = page(officer, arrival)
    assert "<b>x" not in text
    answer = officer.get(reverse("admin:mail_file", args=[arrival.pk, 1]))
    assert answer["Content-Type"] == "application/octet-stream"
    name = f"mail-{arrival.pk}-1.bin"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer).strip() == b"<script>alert(1)</script>"
    for number in (0, 2):
        url = reverse("admin:mail_file", args=[arrival.pk, number])
        assert officer.get(url).status_code == 404


def test_an_enclosed_letter_is_shown_with_its_evidence(
    officer: Client, arrive: Arrive
) -> None:
    arrival = arrive("See the file.", **{"letter.txt": ACCESS})
    Arrival.objects.update(result="tray", case=None)
    text = page(officer, arrival)
    words = text.partition("Its words, as they were read")[2]
    assert '<mark class="evidence">Please send me a copy' in words


def test_a_mail_is_split_on_its_own_page(officer: Client, arrive: Arrive) -> None:
    arrival = arrive(UNSURE, **{"mandate.html": "yes"})
    url = reverse("admin:split_mail", args=[arrival.pk])
    assert (
        officer.get(url, {"people": "3"}).content.decode().count("<legend>Person") == 3
    )
    assert officer.get(url, {"people": "many"}).status_code == 200
    said = {"people": "2"}
    for number, name in ((1, "Ann"), (2, "Ben")):
        said |= {
            f"person{number}-name": name,
            f"person{number}-email": "ann@example.org",
            f"person{number}-language": "en",
            f"person{number}-rights": "access",
            f"person{number}-text": f"{name} asks.",
        }
    assert officer.post(url, said | {"person2-text": ""}).status_code == 400
    assert officer.post(url, said).status_code == 302
    assert {case.subject.name for case in Case.objects.all()} == {"Ann", "Ben"}
    assert not Case.objects.filter(documents__isnull=False).exists()
    other = Case.objects.get(text="Ben asks.")
    case = officer.get(reverse("admin:dsr_case_change", args=[other.pk]))
    assert reverse("admin:mail", args=[arrival.pk]) in case.content.decode()
    assert officer.post(url, said).status_code == 409


def test_what_the_machine_put_aside_is_listed_ticked_off_and_brought_back(
    officer: Client, arrive: Arrive
) -> None:
    invoice = arrive(
        "Please find enclosed our invoice for towing the car in March; payment is due "
        "within thirty days."
    )
    assert invoice.result == "ignored"
    home = officer.get(reverse("admin:index")).content.decode()
    unseen = reverse("admin:dsr_arrival_changelist") + "?result=unseen"
    assert f'<a href="{unseen}"><strong>1</strong>' in home
    assert invoice.reason in unescape(listed(officer, "unseen"))
    said = {"action": "look_over", "_selected_action": [invoice.pk]}
    assert officer.post(unseen, said).status_code == 302
    invoice.refresh_from_db()
    assert invoice.looked_over_by == "officer"
    assert f"mail {invoice.pk}<" not in listed(officer, "unseen")
    assert f"mail {invoice.pk}<" in listed(officer, "ignored")
    officer.post(reverse("admin:aside", args=[invoice.pk, "reopen"]))
    assert "1 of 1 in the tray" in page(officer, invoice)
    again = officer.post(reverse("admin:aside", args=[invoice.pk, "reopen"]))
    assert again.status_code == 409
    nothing = officer.post(reverse("admin:aside", args=[invoice.pk, "burn"]))
    assert nothing.status_code == 404


def test_a_sender_is_unblocked_in_the_list(officer: Client, arrive: Arrive) -> None:
    arrival = arrive(UNSURE)
    aside.settle_as_spam(arrival.pk, by=OFFICER, at=NOW)
    url = reverse("admin:dsr_blockedsender_changelist")
    assert "ann@example.org" in officer.get(url).content.decode()
    block = BlockedSender.objects.get()
    officer.post(url, {"action": "unblock", "_selected_action": [block.pk]})
    assert not BlockedSender.objects.exists()


def test_what_could_not_be_sent_is_shown_and_sent_again(
    officer: Client, arrive: Arrive
) -> None:
    arrival = arrive(UNSURE)
    aside.hand_over(arrival.pk, department="claims", by=OFFICER, at=NOW)
    DeskMail.objects.update(failed_at=NOW, next_attempt_at=None)
    home = officer.get(reverse("admin:index")).content.decode()
    assert "mails about a mail that could not be sent" in home
    assert f"mail {arrival.pk}<" in listed(officer, "unsent")
    assert "could not be sent" in page(officer, arrival)
    officer.post(reverse("admin:aside", args=[arrival.pk, "retry"]))
    assert DeskMail.objects.exclude(next_attempt_at=None).count() == 2


def test_a_doubtful_sender_is_not_confirmed_with_one_key(
    officer: Client, arrive: Arrive
) -> None:
    arrival = arrive(UNSURE)
    arrival.proposal |= {"rights": ["access"]}
    arrival.save()
    assert "data-primary" in page(officer, arrival)
    arrival.trust = TrustLevel.FAILED
    arrival.save()
    assert "data-primary" not in page(officer, arrival)


def test_a_mail_whose_time_was_over_says_so(officer: Client, arrive: Arrive) -> None:
    arrival = arrive(UNSURE)
    Arrival.objects.update(raw="", proposal={}, result="ignored")
    text = page(officer, arrival)
    assert "the words are deleted" in text
    assert "no e-mail" not in text
    assert "Put it into the tray again" not in text
