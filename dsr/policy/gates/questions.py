"""What each gate asks, where it stands in the law, and what follows if it fails."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dsr.models import Ticket
from dsr.rights import right_of
from dsr.rights.base import Source, gdpr
from dsr.vocabulary import Gate, GateAnswerCode, Outcome

Code = GateAnswerCode
# The ground that says the same as a sign of abuse. GDPR Art. 12(5).
GROUND_OF: dict[str, str] = {
    Code.UNFOUNDED: "manifestly_unfounded",
    Code.EXCESSIVE: "excessive_repetitive",
    Code.ABUSE: "excessive_abuse",
}


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """One gate: its question, its source, what follows if it fails.

    `answers` are those an officer may give; a gate without any is shown by facts.
    """

    gate: Gate
    question: Promise
    source: Source
    fails: Promise
    answers: tuple[GateAnswerCode, ...] = ()


QUESTIONS: dict[str, GateQuestion] = {
    one.gate.value: one
    for one in (
        GateQuestion(
            Gate.G0,
            _("Did it reach us, when, and by which channel?"),
            gdpr("12(2)"),
            _("No time limit runs; log it all the same."),
        ),
        GateQuestion(
            Gate.G1,
            _("Is it a request under this right?"),
            gdpr("12(1) and 12(2)"),
            _("Take it in hand, or hand the rest of the letter to the business."),
        ),
        GateQuestion(
            Gate.G2,
            _("Do we decide why and how these data are used?"),
            gdpr("4(7), 26 and 28"),
            _("Pass it on and name the controller who has to answer; never silence."),
            (Code.OURS_ALONE, Code.JOINT, Code.PROCESSOR, Code.OTHER),
        ),
        GateQuestion(
            Gate.G3,
            _("Do we know who is asking?"),
            gdpr("11(2), 12(2) and 12(6)"),
            _("Ask for the least that settles a reasonable doubt."),
            (Code.NO_DOUBT, Code.FAILED),
        ),
        GateQuestion(
            Gate.G4,
            _("May this person ask: for themselves, or for another?"),
            gdpr("12(6) and 80"),
            _("Ask for the mandate, and keep it with the case."),
            (
                Code.MANDATE,
                Code.PARENT,
                Code.ADMINISTRATOR,
                Code.LAWYER,
                Code.ASSOCIATION,
            ),
        ),
        GateQuestion(
            Gate.G5,
            _("Is there a sign that it is unfounded, excessive or an abuse?"),
            gdpr("12(5)"),
            _("The burden is ours: refuse on that ground with facts, or ask a fee."),
            (Code.NONE, Code.UNFOUNDED, Code.EXCESSIVE, Code.ABUSE),
        ),
        GateQuestion(
            Gate.G6,
            _("Does a law restrict this right here?"),
            gdpr("23"),
            _("Leave it out in silence, or refuse and name the article."),
            (Code.NONE, Code.SILENT, Code.NAMED),
        ),
        GateQuestion(
            Gate.G7,
            _("Are the rights of other people concerned?"),
            gdpr("15(4) and 20(4)"),
            _("Keep those data out of the copy; do not refuse the whole."),
            (Code.NONE, Code.REDACTED, Code.GIVEN),
        ),
        GateQuestion(
            Gate.G8,
            _("In which language and on which way is it answered?"),
            gdpr("12(1) and 12(3)"),
            _("Add an e-mail or postal address, unless they asked to be told orally."),
            (Code.ORAL,),
        ),
        GateQuestion(
            Gate.G9,
            _("By when is it answered?"),
            gdpr("12(3) and 12(4)"),
            _("Correct the instant of receipt."),
        ),
    )
}


def answers_to(gate: str, ticket: Ticket) -> tuple[GateAnswerCode, ...]:
    """Return what an officer may answer for this ticket.

    A sign of abuse needs a ground of the right, and doubt an outcome that says so.
    """
    right = right_of(ticket)
    known = {ground.code for ground in right.grounds}
    without = {code for code, ground in GROUND_OF.items() if ground not in known}
    if Outcome.NOT_IDENTIFIED not in right.outcomes:
        without.add(Code.FAILED)
    if "legal_restriction" not in known:
        without.add(Code.NAMED)
    return tuple(code for code in QUESTIONS[gate].answers if code not in without)
