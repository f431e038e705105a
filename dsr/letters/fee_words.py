"""What a letter says of a fee, and where it says that there is none."""

from typing import Any

from django.utils import translation
from django.utils.formats import number_format

from dsr.clock.citations import gdpr
from dsr.clock.derivation import day_in_words
from dsr.controller import Controller
from dsr.letters.catalogue import CATALOGUE
from dsr.letters.context import FeeWords
from dsr.letters.words import words
from dsr.models import FeeNotice, Letter
from dsr.vocabulary import FeeBasis, LetterKind, Outcome

ARTICLES = {FeeBasis.EXCESSIVE: "12(5)(a)", FeeBasis.FURTHER_COPY: "15(3)"}
ABOUT_IT = (LetterKind.FEE_LAPSED,)


def fee(letter: Letter, controller: Controller) -> dict[str, Any]:
    """Return the fee a letter is about; others say that it is free, or was paid."""
    if CATALOGUE[letter.kind].to_recipient:
        return {}
    language = letter.language
    known = letter.ticket and FeeNotice.objects.filter(ticket=letter.ticket).first()
    asks = letter.kind == LetterKind.REPLY and _outcome(letter) == Outcome.FEE
    if asks or letter.kind in ABOUT_IT:
        return {"fee": fee_words(known, language) if known else None}
    if known and known.paid_at:
        paid = words(language)["fee"]["paid"]
        return {"no_fee": paid.format(amount=_amount(known, language))}
    return {"no_fee": controller.promises["no_fee"].to(language)}


def fee_words(notice: FeeNotice, language: str) -> FeeWords:
    """Write a fee in a language."""
    return FeeWords(
        amount=_amount(notice, language),
        law=gdpr(ARTICLES[FeeBasis(notice.basis)]).text(language),
        covers=notice.cost_basis,
        pay_by=day_in_words(notice.pay_by, language),
        further_copy=notice.basis == FeeBasis.FURTHER_COPY,
    )


def _amount(notice: FeeNotice, language: str) -> str:
    with translation.override(language):
        return f"{number_format(notice.amount, 2)} {notice.currency}"


def _outcome(letter: Letter) -> str:
    return letter.ticket.outcome if letter.ticket else ""
