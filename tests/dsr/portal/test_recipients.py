"""A person asks who received their data, and reads names. Art. 19; C-154/21."""

from dsr.models import LedgerEntry, Ticket
from dsr.vocabulary import NoticeState
from tests.dsr.conftest import RECEIVED, Walk
from tests.dsr.portal.conftest import EMAIL, Visitor, text_of


def test_recipients_are_named_once_it_is_answered(walk: Walk, jeanne: Visitor) -> None:
    ticket: Ticket = walk("replied", "erasure", email=EMAIL)
    case = ticket.case
    notice = ticket.notices.get(recipient="intermediaries.makelaars")
    notice.state, notice.sent_at = NoticeState.SENT, RECEIVED
    notice.excused_at, notice.excused_by, notice.reason = None, "", ""
    notice.save()
    where = f"status/{case.reference}/recipients/"
    assert jeanne.see(where).status_code == 302  # nothing without a code
    jeanne.give("status/", reference=case.reference)
    jeanne.enter(case)
    assert "Who received my data?" in text_of(jeanne.see(f"status/{case.reference}/"))
    text = text_of(jeanne.see(where))
    assert "We informed Demo Makelaars BV, Gent: erase, 5 March 2026" in text
    assert "Demo Reinsurance SE, Munich" in text  # receives, was not told
    line = LedgerEntry.objects.get(event="case.recipients_named")
    assert (line.by, line.facts) == ("subject", {"tickets": 1})


def test_nobody_is_named_before_it_is_answered(walk: Walk, jeanne: Visitor) -> None:
    case = walk("in_progress", "access", email=EMAIL).case
    jeanne.give("status/", reference=case.reference)
    jeanne.enter(case)
    where = f"status/{case.reference}/"
    assert "Who received my data?" not in text_of(jeanne.see(where))
    assert "once your request is answered" in text_of(jeanne.see(f"{where}recipients/"))
    assert not LedgerEntry.objects.filter(event="case.recipients_named").exists()
