"""The legal days that a letter names, with the steps by which they were found."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from dsr.clock.deadline import Deadline
from dsr.clock.derivation import day_in_words
from dsr.clock.events import ClockEvent, EventKind, Target
from dsr.letters.day_words import DueDay, StepWords
from dsr.letters.words import words
from dsr.models import Letter, Ticket, deadline_of
from dsr.vocabulary import LetterKind, RightCode

NAMES_A_DAY = (
    LetterKind.ACKNOWLEDGEMENT,
    LetterKind.EXTENSION_NOTICE,
    LetterKind.CLARIFICATION_CLOSED,
    LetterKind.DELAY_NOTICE,
    LetterKind.MERGED,
)


def due_days(
    letter: Letter, asked: Mapping[Ticket, Deadline], *, at: datetime
) -> tuple[DueDay, ...]:
    """Return the last day for each right, in the letter's language, if it names one.

    A notice of extension is what extends, so the day it names is computed as if
    it went out at `at`; GDPR Art. 12(3).
    """
    if letter.kind not in NAMES_A_DAY:
        return ()
    if letter.kind == LetterKind.MERGED:
        earlier = joined(letter)
        asked = {earlier: deadline_of(earlier)}
    if letter.kind == LetterKind.EXTENSION_NOTICE:
        told = ClockEvent(EventKind.EXTENSION_NOTIFIED, at)
        asked = {ticket: deadline_of(ticket, told) for ticket in asked}
    # Rights asked for together mostly share their day; it is derived once.
    names: dict[DueDay, list[str]] = {}
    for ticket, deadline in asked.items():
        one = in_words(ticket, deadline, letter.language)
        names.setdefault(replace(one, name=""), []).append(one.name)
    return tuple(replace(due, name=", ".join(shared)) for due, shared in names.items())


def joined(letter: Letter) -> Ticket:
    """Return the earlier ticket that answers for the one the letter is about."""
    return Ticket.objects.select_related("case").get(pk=letter.parts["into"])


def in_words(ticket: Ticket, deadline: Deadline, language: str) -> DueDay:
    """Write a deadline and its derivation."""
    stops = ticket.right_code == RightCode.MARKETING_OPT_OUT
    steps = deadline.steps_to(Target.MARKETING_STOP if stops else Target.FINAL)
    return DueDay(
        name=words(language)["right"][ticket.right_code]["name"],
        day=day_in_words(deadline.due, language) if deadline.due else "",
        by=day_in_words(deadline.due, language, "dative") if deadline.due else "",
        steps=tuple(
            StepWords(step.text(language), step.source.text(language)) for step in steps
        ),
    )
