"""Decides what becomes of a mail: a case, part of one, the tray, or nothing."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from dsr.intake.mailbox.classify import Classification
from dsr.intake.mailbox.machines import may_be_answered
from dsr.intake.mailbox.match import is_known_to, open_cases_of, open_rights
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.models import ArrivalResult, Case
from dsr.vocabulary import TrustLevel
from subjects.models.matching import are_others


class Verdict(NamedTuple):
    """What is to become of a mail, and the sentence that says why."""

    result: ArrivalResult
    reason: str
    case: Case | None = None
    rights: tuple[str, ...] = ()


def judge(
    mail: ParsedMail, found: Classification, named: Case | None, trust: str
) -> Verdict:
    """Decide what becomes of a mail; whatever is in doubt waits for an officer.

    `named` is the case that it names or answers, `trust` a `TrustLevel`. What failed
    the check of its sender opens a case of its own, but touches no other.
    """
    verdict = _apart(found)
    if verdict is None and named is not None and not is_known_to(named, mail):
        verdict = _tray(_("It names a case whose address is not the sender's."))
    return verdict or _between(mail, found, named, trust)


def _apart(found: Classification) -> Verdict | None:
    """Decide what needs no look at the cases."""
    if found.urgent:
        return _tray(_("An authority or a court writes: read it now."))
    if found.kind == "review":
        return _tray(found.reason)
    if found.kind in {"auto_generated", "not_a_request"}:
        return Verdict(ArrivalResult.IGNORED, found.reason)
    return None


def _between(
    mail: ParsedMail, found: Classification, named: Case | None, trust: str
) -> Verdict:
    """Decide between a case of its own and one that there is."""
    # Who writes for others may write for many: each of them gets a case.
    mine = open_cases_of("" if found.requester_is_agent else answer_to(mail, found))
    verdict = _among(mail, found, named, mine)
    if verdict.case is not None and trust == TrustLevel.FAILED:
        return _tray(_("It is about a case, but the check of its sender failed."))
    if verdict.case is not None and not is_known_to(verdict.case, mail):
        return _tray(_("It is about a case whose address is not the sender's."))
    if verdict.case is not None and verdict.rights and not may_be_answered(mail):
        return _tray(_("It asks for something new, but a machine may have sent it."))
    return verdict


def _tray(reason: str) -> Verdict:
    return Verdict(ArrivalResult.TRAY, reason)


def _among(
    mail: ParsedMail, found: Classification, named: Case | None, mine: list[Case]
) -> Verdict:
    if found.kind == "follow_up":
        return _follow_up(found, named, mine)
    return _request(found, named, [case for case in mine if _is_theirs(case, mail)])


def _is_theirs(case: Case, mail: ParsedMail) -> bool:
    """Whether a case at this address may be the sender's: a household may share it."""
    shared = case.contact_email.casefold() == mail.sender.address.casefold()
    another = shared and are_others(case.subject.name, mail.sender.name)
    return not case.is_by_agent and not another


def _follow_up(found: Classification, named: Case | None, cases: list[Case]) -> Verdict:
    case = named or (cases[0] if len(cases) == 1 else None)
    if case is None:
        return _tray(_("It continues something, but no case fits."))
    return _continues(case, found, cases)


def _continues(case: Case, found: Classification, cases: list[Case]) -> Verdict:
    """Join a case; what it asks for besides, and is not open yet, is new."""
    already = open_rights([case, *cases])
    new = tuple(right for right in found.rights if right not in already)
    return Verdict(ArrivalResult.THREADED, _("It continues the case."), case, new)


def _request(found: Classification, named: Case | None, cases: list[Case]) -> Verdict:
    """Start no new clock for a reminder: it is no new request. EDPB 01/2022 § 29."""
    if named is not None:
        return _continues(named, found, cases)
    already = open_rights(cases)
    new = tuple(right for right in found.rights if right not in already)
    if not new and cases:
        reason = _("It asks again for what is open; the first receipt stays.")
        return Verdict(ArrivalResult.THREADED, reason, cases[0])
    return Verdict(ArrivalResult.OPENED, found.reason, rights=new)


def answer_to(mail: ParsedMail, found: Classification) -> str:
    """Answer the sender; a colleague's forward is answered to who wrote first."""
    if found.requester_is_agent or not found.subject_email:
        return mail.sender.address
    return found.subject_email
