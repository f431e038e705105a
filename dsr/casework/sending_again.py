"""Sends a letter again that came back: as it was by mail, or on paper.

The first dispatch keeps its legal effect. The repeat is a letter of its own, with its
own Message-ID and proof, so that it may come back too.
"""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from dsr.casework.acknowledging import next_turn
from dsr.casework.addresses import copy_stays_safe
from dsr.casework.correspondence import DECIDER, HANDLER
from dsr.casework.ticket_lock import lock_known, record_case
from dsr.letters import drafting, fixing
from dsr.models import Letter
from dsr.policy import check_role
from dsr.policy.addresses import mail_again, may_go_again, paper_again
from dsr.vocabulary import Actor, Event, LetterKind, LetterState


@transaction.atomic
def send_again(
    letter_id: int, *, by_post: bool = False, by: Actor, at: datetime
) -> Letter:
    """Put a letter that was not delivered in the queue again; return the repeat.

    By mail it goes, word for word, to the address of the case, if that is confirmed;
    `by_post`, it is written anew for the envelope. Once it went, the letter that came
    back is looked after.
    """
    check_role(by, HANDLER, DECIDER)
    case = lock_known(Letter.objects.values_list("case", flat=True).get(pk=letter_id))
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    to = paper_again(letter) if by_post else mail_again(letter)
    may_go_again(letter, to)
    if letter.kind == LetterKind.REPLY and to.casefold() != letter.to_email.casefold():
        copy_stays_safe(case, by)
    repeat = _repeat(letter, by=by, at=at)
    if by_post:
        repeat.to_address = to
        fixing.fix(repeat, at=at)
    else:
        repeat.to_email = to
        _word_for_word(repeat, letter, at=at)
    repeat.save()
    facts = {"letter": letter.pk, "kind": letter.kind, "ticket": letter.ticket_id}
    facts |= {"again": repeat.pk, "by_post": by_post}
    record_case(case, Event.LETTER_SENT_AGAIN, by=by, at=at, **facts)
    return repeat


def _repeat(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    return Letter(
        again_of=letter,
        case=letter.case,
        ticket=letter.ticket,
        kind=letter.kind,
        language=letter.language,
        parts=letter.parts,
        to_name=letter.to_name,
        state=LetterState.QUEUED,
        message_id=drafting.new_message_id(),
        created_at=at,
        created_by=by.name,
        approved_at=at,
        approved_by=by.name,
    )


def _word_for_word(repeat: Letter, letter: Letter, *, at: datetime) -> None:
    """Take over mail and PDF as they were sent."""
    repeat.subject, repeat.text = letter.subject, letter.text
    repeat.pdf_sha256 = letter.pdf_sha256
    if letter.pdf:
        with letter.pdf.open("rb") as pdf:
            repeat.pdf.save("letter.pdf", ContentFile(pdf.read()), save=False)
    due = at
    if letter.kind == LetterKind.ACKNOWLEDGEMENT:
        due = next_turn(letter.case, at=at)
    repeat.wait(at=due)
