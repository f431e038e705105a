"""What a letter says of an automated decision and of its review by a person."""

from dsr.clock.derivation import day_in_words
from dsr.letters.context import ReviewWords
from dsr.models import AutomatedDecision, HumanReview, Ticket


def review_words(ticket: Ticket | None, language: str) -> ReviewWords | None:
    """Return what was qualified and reviewed, or None where nothing was."""
    if ticket is None:
        return None
    decision = AutomatedDecision.objects.filter(ticket=ticket).first()
    if decision is None:
        return None
    review = HumanReview.objects.current().filter(ticket=ticket).first()
    if review is None:
        return ReviewWords(decision.what, decision.is_unlawful)
    return ReviewWords(
        decision=decision.what,
        unlawful=decision.is_unlawful,
        view_by=day_in_words(review.view_by, language),
        effects_suspended=review.effects_suspended,
        result=review.result,
        considered=review.view_considered,
        reasons=review.reasons,
        explanation=review.explanation,
    )
