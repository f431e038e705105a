"""Letters to Jeanne as plain contexts: every kind, right and outcome, no database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

from dsr.clock.citations import gdpr
from dsr.clock.deadline import compute
from dsr.clock.derivation import day_in_words
from dsr.clock.events import ClockEvent
from dsr.controller import current
from dsr.letters import policy_words
from dsr.letters.compose import spoken, without_weekday
from dsr.letters.context import (
    AskedRight,
    CorrectionWords,
    DoneWords,
    ErasureWords,
    FeeWords,
    ForwardedWords,
    GroundWords,
    LetterContext,
    NoticeWords,
    ObjectedWords,
    RestrictionWords,
    ReviewWords,
)
from dsr.letters.day_words import DueDay, StepWords
from dsr.letters.legal_days import NAMES_A_DAY
from dsr.letters.notice_words import notice_words
from dsr.letters.words import words
from dsr.models import Letter
from dsr.rights import RIGHTS
from dsr.rights.grounds import source_for
from dsr.vocabulary import LetterKind, Outcome, RestrictionGround, RightCode

LANGUAGES = ("en", "fr", "nl", "de")
REPLIES = [
    (right.code.value, outcome.value)
    for right in RIGHTS.values()
    for outcome in right.outcomes
]
OTHER_KINDS = [kind.value for kind in LetterKind if kind != LetterKind.REPLY]
# (kind, right, outcome) of every letter there is.
LETTERS = [(kind, "access", "") for kind in OTHER_KINDS] + [
    (LetterKind.REPLY.value, right, outcome) for right, outcome in REPLIES
]
EVERY_LETTER = [(*letter, language) for letter, language in product(LETTERS, LANGUAGES)]

DAY = date(2026, 3, 9)
RECEIVED_AT = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)
EXTENDED = ClockEvent("extension_notified", datetime(2026, 3, 20, 9, 0, tzinfo=UTC))

# What must never reach a mail: the person, her words, and what is found about her.
NAME = "Jeanne Vercanary-Lefèvre"
EMAIL = "jeanne.vercanary@mail.example"
WROTE = "Everything about my broken CANARYLEG in Zermatt, please."
PARTS = {
    "reasons": "The CANARYREASON letter of 3 February came from an unknown address.",
    "items": "Your CANARYITEM number, as it stands on the policy.",
    "question": "Do you mean the CANARYCLAIM of 2024 or the one of 2025?",
    "controller": "CANARYBROKER SRL\nRue du Pont 1, 5000 Namur",
    "done": "The CANARYSTREET in your address now reads Kerkstraat 12.",
    "message": "Your CANARYLEG file is complete now.",
    "until": "2026-04-20",
    "into": "7",
}
FEE = FeeWords(
    amount="17.17 EUR",
    law="",
    covers="CANARYHOURS of copying at cost.",
    pay_by="",
)
WHY = "The CANARYCONTRACT that you signed says so."
STATEMENT = "I never was CANARYRUDE."
REVIEW = ReviewWords(
    decision="The CANARYSCORE of 3 February ended your contract.",
    view_by="",
    result="changed",
    considered="The CANARYVIEW you gave was weighed against the score.",
    reasons="The CANARYPAYMENT was in time; the contract goes on.",
    explanation="The CANARYMODEL counts late payments of the last year.",
)
CANARIES = ("canary", EMAIL, NAME, "17.17", "Kerkstraat")


def a_context(kind: str, right: str, outcome: str, language: str) -> LetterContext:
    """Return a complete letter to Jeanne."""
    controller = current()
    context = LetterContext(
        kind=kind,
        language=language,
        reference="DSR-2026-000123-K7",
        date=without_weekday(DAY, language),
        written_on=DAY.isoformat(),
        received=spoken(date(2026, 3, 5), language),
        received_on=without_weekday(date(2026, 3, 5), language),
        sender=policy_words.sender(controller, language),
        portal="https://rights.ipa.example/status/DSR-2026-000123-K7/",
        remedies=policy_words.remedies(controller, language, DAY, right),
        rights=(asked(right, language),),
        addressee=(NAME, "Rue de la Paix 7", "4000 Liège"),
        own_reference="JV/2026/4",
        right=right,
        outcome=outcome,
        until=spoken(date(2026, 4, 20), language),
        into="DSR-2026-000099-AB" if kind == LetterKind.MERGED else "",
        done_on=spoken(date(2026, 3, 18), language),
        grounds=grounds(right, outcome, language),
        identifiers=(EMAIL, "CANARY-4711"),
        systems=("crm", "claims"),
        information=policy_words.information(
            controller, language, DAY, controller.recipients_on(DAY)
        ),
        backups=controller.promises["backups"].to(language),
        no_fee=""
        if asks_a_fee(kind, outcome)
        else controller.promises["no_fee"].to(language),
        parts=PARTS,
        fee=fee(language) if asks_a_fee(kind, outcome) else None,
        review=review(outcome, language) if is_reviewed(kind, right, outcome) else None,
    )
    if kind == LetterKind.RECIPIENT_NOTICE:
        parts = {"operation": "erase", "identifiers": EMAIL, "since": "2026-03-18"}
        notice = notice_to(language, parts)
        return replace(
            context,
            rights=(),
            notice=notice,
            no_fee="",
            parts=parts,
            own_reference="",
            done_on=day_in_words(date(2026, 3, 18), language),
        )
    if kind == LetterKind.FORWARDING:
        request = (asked(right, language),)
        sent = ForwardedWords(NAME, (EMAIL,), WROTE, request)
        context = replace(
            context, rights=(), forwarded=sent, no_fee="", own_reference=""
        )
    if kind == LetterKind.REPLY:
        context = replace(context, **examined(right, outcome, language))
    if kind in {LetterKind.CONFIRM_ADDRESS, LetterKind.ACCESS_CODE}:
        parts = {"code_id": "1"}
        return replace(context, code="40718293", code_minutes=30, parts=parts)
    if right == "objection" and kind == LetterKind.REPLY:
        return replace(context, objected=objected(outcome, language))
    if kind == LetterKind.LIFT_NOTICE:
        lifted = restriction("objection_pending", language)
        return replace(context, restriction=lifted, parts=PARTS | {"measure_id": "1"})
    if kind in NAMES_A_DAY:
        return replace(context, due_days=(due_day(kind, right, language),))
    return context


def asks_a_fee(kind: str, outcome: str) -> bool:
    """Say whether the letter is about a fee that is not paid."""
    return outcome == Outcome.FEE or kind == LetterKind.FEE_LAPSED


def fee(language: str) -> FeeWords:
    """Return a fee, with its law and its last day in a language."""
    law = gdpr("12(5)(a)").text(language)
    return replace(FEE, law=law, pay_by=day_in_words(date(2026, 4, 30), language))


def review(outcome: str, language: str) -> ReviewWords:
    """Return a review whose result fits the outcome."""
    result = "upheld" if outcome == Outcome.REFUSED else "changed"
    view_by = day_in_words(date(2026, 3, 20), language)
    return replace(REVIEW, result=result, view_by=view_by)


def is_reviewed(kind: str, right: str, outcome: str) -> bool:
    """Say whether the letter is about a review, to come or recorded."""
    ended = right == "automated_decision_review" and outcome in ("granted", "refused")
    return kind == LetterKind.VIEW_INVITATION or ended


def notice_to(language: str, parts: dict[str, str]) -> NoticeWords:
    """Return what one who received Jeanne's data is told."""
    letter = Letter(language=language, kind="recipient_notice", parts=parts)
    return notice_words(letter)


def restriction(ground: str, language: str) -> RestrictionWords:
    """Return a restriction of Jeanne's data that is going to be lifted."""
    return RestrictionWords(
        says=words(language)["frozen"]["since"].format(
            day=day_in_words(date(2026, 3, 6), language, "dative"),
            because=words(language)["restriction"][ground],
        ),
        source=gdpr(RestrictionGround(ground).article).text(language),
        what="The CANARYCLAIM of 2024.",
        lift_on=spoken(date(2026, 3, 25), language),
        another_remains=True,
    )


def examined(right: str, outcome: str, language: str) -> dict[str, Any]:
    """Return what was examined of Jeanne's data, where the outcome rests on it."""
    day = day_in_words(date(2026, 3, 18), language)
    corrections = (
        CorrectionWords("correct", "crm", "street", "", "CANARYSTREET 12", done_on=day),
        CorrectionWords(
            "supplement", "claims", "call note", "rude", "polite", WHY, STATEMENT, day
        ),
        CorrectionWords("keep", "crm", "birth date", "1970", "1971", WHY),
    )
    erasures = (
        ErasureWords("erase", "Preferences", public_steps=WHY),
        ErasureWords("retain", "Payments", "Law.", "17(3)(b)", day, WHY),
        ErasureWords("", "Contracts"),
    )
    which = {
        Outcome.GRANTED: slice(0, 1),
        Outcome.PARTIAL: slice(None),
        Outcome.REFUSED: slice(2, 3),
    }.get(Outcome(outcome), slice(0, 0))
    if right == RightCode.RECTIFICATION:
        return {"corrections": corrections[which]}
    if right == RightCode.ERASURE:
        return {"erasures": erasures[which], "erased_in": (DoneWords("crm", day),)}
    return {}


def objected(outcome: str, language: str) -> tuple[ObjectedWords, ...]:
    """Return what Jeanne objected to, as far as the outcome has something of it."""
    fates = {
        Outcome.GRANTED: ("stop", "other"),
        Outcome.PARTIAL: ("stop", "continue"),
        Outcome.REFUSED: ("continue",),
        Outcome.NOT_APPLICABLE: ("other",),
    }
    basis = gdpr("6(1)(b)").text(language)
    applies = words(language)["applies"]["b"]
    return tuple(
        ObjectedWords("Statistics", basis, fate, applies)
        for fate in fates.get(Outcome(outcome), ())
    )


def asked(right: str, language: str) -> AskedRight:
    """Return what Jeanne asked for."""
    said = words(language)["right"][right]
    return AskedRight(right, said["name"], said["asked"], (WROTE,))


def grounds(right: str, outcome: str, language: str) -> tuple[GroundWords, ...]:
    """Return every ground on which the right allows this outcome."""
    said = words(language)["ground"]
    if outcome == Outcome.PARTIAL:
        said = said | words(language)["ground_in_part"]
    return tuple(
        GroundWords(said[ground.code], source_for(ground, outcome).to(language))
        for ground in RIGHTS[right].grounds_for(outcome)
    )


def due_day(kind: str, right: str, language: str) -> DueDay:
    """Return the last day, extended if the letter says so."""
    log = [EXTENDED] if kind == LetterKind.EXTENSION_NOTICE else []
    deadline = compute(RECEIVED_AT, "BE", log)
    assert deadline.due is not None
    return DueDay(
        words(language)["right"][right]["name"],
        day_in_words(deadline.due, language),
        tuple(
            StepWords(s.text(language), s.source.text(language)) for s in deadline.steps
        ),
        spoken(deadline.due, language),
    )
