"""Mails about letters of ours: one that comes back to us, or was not delivered."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dsr import casework
from dsr.casework import errand_mails
from dsr.controller import current
from dsr.intake.desk_mails import desk_mails_returned
from dsr.intake.mailbox.bounces import Bounce, read_bounce
from dsr.intake.mailbox.classify import Classification
from dsr.intake.mailbox.judge import Verdict
from dsr.intake.mailbox.match import bracketed
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.models import ArrivalResult, DeskMail, Errand, Letter
from dsr.vocabulary import SYSTEM, LetterState

# A report that names no mail is about the last one to that address, if it is recent:
# servers give up after five days (RFC 5321, section 4.5.4.1).
RECENT = timedelta(days=7)


def about_our_letter(
    raw: bytes, mail: ParsedMail, found: Classification, *, at: datetime
) -> Verdict | None:
    """Note what a mail server reports of a letter; None if the mail is no report."""
    if _is_ours(mail):
        return Verdict(ArrivalResult.IGNORED, _("It is a letter of ours."))
    bounce = read_bounce(raw, mail) if found.kind == "auto_generated" else None
    if bounce is None:
        return None
    if bounce.failed and desk_mails_returned(bounce.message_ids, at=at):
        return Verdict(
            ArrivalResult.IGNORED, _("A mail of ours about a mail was not delivered.")
        )
    if bounce.failed and errand_mails.errands_returned(bounce.message_ids, at=at):
        return Verdict(
            ArrivalResult.IGNORED, _("A task of ours could not be delivered.")
        )
    letter = _letter_of(bounce, at)
    if letter is None:
        return None
    if bounce.failed:
        casework.letter_returned(letter.pk, code=bounce.code, by=SYSTEM, at=at)
        reason = _("A letter of ours could not be delivered.")
    else:
        casework.letter_delayed(letter.pk, code=bounce.code, by=SYSTEM, at=at)
        reason = _("A letter of ours is delayed; the mail server goes on trying.")
    return Verdict(ArrivalResult.IGNORED, reason, letter.case)


def _is_ours(mail: ParsedMail) -> bool:
    own = current().dpo.mail.casefold()
    if mail.sender.address.casefold() != own or not mail.message_id:
        return False
    named = {"message_id": bracketed(mail.message_id)}
    ours = (Letter, DeskMail, Errand)
    return any(one.objects.filter(**named).exists() for one in ours)


def _letter_of(bounce: Bounce, at: datetime) -> Letter | None:
    letters = Letter.objects.select_related("case")
    named = letters.filter(message_id__in=bounce.message_ids).first()
    if named is not None or not bounce.recipients:
        return named
    recent = letters.filter(state=LetterState.SENT, sent_at__gte=at - RECENT)
    for address in bounce.recipients:
        last = recent.filter(to_email__iexact=address).order_by("-sent_at").first()
        if last is not None:
            return last
    return None
