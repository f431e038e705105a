"""What can be done to a letter: each a small form, then casework."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr import casework
from dsr.desk.letter_forms import (
    ApproveForm,
    ConfirmForm,
    LetterForm,
    LookAfterForm,
    PartsForm,
    PostedForm,
    SendAgainForm,
)
from dsr.models import Letter
from dsr.vocabulary import LetterState


@dataclass(frozen=True, slots=True)
class LetterAct:
    """Something that can be done to a letter in some states."""

    label: Promise
    says: Promise
    said: Promise
    do: Callable[..., Any]
    states: tuple[LetterState, ...]
    form: type[LetterForm] = ConfirmForm
    beside: bool = False  # whether the letter itself is shown beside the form
    on_paper: bool | None = None
    returned: bool = False  # whether it is for those that did not arrive
    again: bool = False  # whether it is for those that may go again

    def fits(self, letter: Letter) -> bool:
        """Say whether the letter is one that this can be done to."""
        paper = self.on_paper is None or self.on_paper == (not letter.to_email)
        fits = letter.state in self.states and paper
        fits = fits and (letter.is_returned or not self.returned)
        return fits and (not self.again or letter.may_go_again)


def _edit(letter_id: int, *, by: Any, at: Any, **parts: str) -> Letter:
    return casework.edit_letter(letter_id, parts=parts, by=by, at=at)


def _send_again(letter_id: int, *, way: str, by: Any, at: Any) -> Letter:
    return casework.send_again(letter_id, by_post=way == "post", by=by, at=at)


ACTS = {
    "edit": LetterAct(
        _("Edit the free texts"),
        _("The rest of the letter is written from the case and cannot be changed."),
        _("The draft is changed. Read it once more, then approve it."),
        _edit,
        (LetterState.DRAFT,),
        PartsForm,
        beside=True,
    ),
    "approve": LetterAct(
        _("Approve and send"),
        _("Text and PDF are fixed, and the letter goes out. It cannot be taken back."),
        _("Approved; the letter is being sent."),
        casework.approve_letter,
        (LetterState.DRAFT,),
        ApproveForm,
        beside=True,
    ),
    "posted": LetterAct(
        _("Record that it was posted"),
        _("The day of posting counts as the day of the answer."),
        _("Noted as posted."),
        casework.record_posted,
        (LetterState.QUEUED,),
        PostedForm,
        on_paper=True,
    ),
    "retry": LetterAct(
        _("Try to send it again"),
        _("The letter goes back into the queue."),
        _("The letter is being sent again."),
        casework.retry_letter,
        (LetterState.FAILED,),
    ),
    "send_again": LetterAct(
        _("Send the letter again"),
        _(
            "The first dispatch keeps its legal effect. By mail the letter goes as it "
            "was, to an address that the person confirmed; on paper it is written anew."
        ),
        _("The letter is being sent again; on paper, print it and record its posting."),
        _send_again,
        (LetterState.SENT,),
        SendAgainForm,
        again=True,
    ),
    "look_after": LetterAct(
        _("Note how the person was reached"),
        _(
            "The mail server could not deliver it. Its legal effect stays; the person "
            "still has to get it: correct the address, write by post, or telephone."
        ),
        _("Noted; the alarm is silent."),
        casework.look_after_letter,
        (LetterState.SENT,),
        LookAfterForm,
        returned=True,
    ),
    "cancel": LetterAct(
        _("Take the letter back"),
        _("The letter will not be sent."),
        _("The letter is taken back."),
        casework.cancel_letter,
        (LetterState.DRAFT, LetterState.FAILED),
    ),
}
