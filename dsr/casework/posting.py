"""Letters on paper: an officer carries them to the post, and says when."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dsr.casework.correspondence import HANDLER, locked_letter, mark_sent
from dsr.controller import current
from dsr.models import Letter
from dsr.policy import PolicyError, check_role
from dsr.policy.checks import local_day
from dsr.vocabulary import Actor, LetterState

LONGEST_PROOF = 250  # characters
NOON = time(12)  # the law counts days; nobody notes the hour of a posting


@transaction.atomic
def record_posted(
    letter_id: int,
    *,
    posted_on: date | None = None,
    proof: str = "",
    by: Actor,
    at: datetime,
) -> Letter:
    """Record the day on which a letter on paper went to the post: today, or earlier.

    `proof` is the number of a registered letter; an ordinary one has none, and this
    record alone says that it was posted.
    """
    check_role(by, HANDLER)
    if len(proof.strip()) > LONGEST_PROOF:
        raise PolicyError(
            _("A proof has at most %(most)d characters.") % {"most": LONGEST_PROOF}
        )
    letter = locked_letter(letter_id, (LetterState.QUEUED,))
    if letter.to_email:
        raise PolicyError(_("This letter goes by e-mail; it is not posted."))
    sent_at = _posted_at(letter, posted_on or local_day(at), at=at)
    return mark_sent(letter, proof=proof.strip(), sent_at=sent_at, by=by, at=at)


def _posted_at(letter: Letter, posted_on: date, *, at: datetime) -> datetime:
    """Place the posting between the letter's approval and now."""
    approved_at = letter.approved_at or letter.created_at
    if posted_on > local_day(at):
        raise PolicyError(_("The posting lies in the future; record it once done."))
    if posted_on < local_day(approved_at):
        raise PolicyError(
            _("The letter was approved on %(day)s; it cannot have been posted before.")
            % {"day": date_format(local_day(approved_at))}
        )
    zone = ZoneInfo(current().identity.time_zone)
    noon = datetime.combine(posted_on, NOON, tzinfo=zone)
    return at if posted_on == local_day(at) else max(noon, approved_at)
