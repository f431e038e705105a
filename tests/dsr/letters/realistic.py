"""Letters as a desk sends them: every kind, and the turns that a case can take."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from dsr.letters.context import LetterContext
from dsr.letters.rendering import Composed
from dsr.letters.words import words
from dsr.vocabulary import LetterKind
from tests.dsr.letters import contexts
from tests.dsr.letters.contexts import REPLIES, a_context, asked

AUTHORITY = "+32 (0)2 274 48 00"
COURT = {
    "en": "president of the court of first instance",
    "fr": "président du tribunal de première instance",
    "nl": "voorzitter van de rechtbank van eerste aanleg",
    "de": "Präsidenten des Gerichts Erster Instanz",
}
# What officers and people wrote stands in the letters in one language only.
OWN_WORDS = [
    *(text for name, text in contexts.PARTS.items() if name not in ("until", "into")),
    contexts.WROTE,
    contexts.NAME,
]


def of_kind(kind: str, language: str) -> LetterContext:
    """Return a letter of a kind about an access request."""
    return a_context(kind, "access", "", language)


def reply(right: str, outcome: str, language: str) -> LetterContext:
    """Return a reply to one right."""
    return a_context(LetterKind.REPLY, right, outcome, language)


def by_post(language: str) -> LetterContext:
    """Return a reply on paper, to somebody without an e-mail address."""
    return replace(reply("access", "granted", language), by_post=True)


def by_agent(language: str) -> LetterContext:
    """Return a refusal to a lawyer about her client."""
    context = reply("erasure", "refused", language)
    addressee = ("Me Luc Dupont", "Rue Haute 1", "1000 Bruxelles")
    return replace(context, addressee=addressee, concerning=contexts.NAME)


def of_several_rights(language: str) -> LetterContext:
    """Return an acknowledgement of three rights whose days differ."""
    context = of_kind(LetterKind.ACKNOWLEDGEMENT, language)
    names = ("access", "erasure", "objection")
    days = tuple(contexts.due_day(context.kind, one, language) for one in names)
    rights = tuple(asked(one, language) for one in names)
    return replace(context, rights=rights, due_days=days)


def asked_too_late(language: str) -> LetterContext:
    """Return a request for proof that suspends nothing any more."""
    return replace(of_kind(LetterKind.IDENTITY_REQUEST, language), suspends=False)


def asked_for_the_least(language: str) -> LetterContext:
    """Return a request for proof in which no officer named what would settle it."""
    context = of_kind(LetterKind.IDENTITY_REQUEST, language)
    return replace(context, parts={"reasons": context.parts["reasons"]})


def as_processor(language: str) -> LetterContext:
    """Return the redirection of a request that we forwarded."""
    context = of_kind(LetterKind.REDIRECTION, language)
    return replace(context, parts={**context.parts, "forwarded": "True"})


Make = Callable[[str], LetterContext]
SITUATIONS: dict[str, Make] = {
    **{kind: partial(of_kind, kind) for kind in LetterKind.values if kind != "reply"},
    **{f"{right} {end}": partial(reply, right, end) for right, end in REPLIES},
    "by post": by_post,
    "to a lawyer": by_agent,
    "several rights": of_several_rights,
    "asked too late": asked_too_late,
    "asked for the least": asked_for_the_least,
    "as a processor": as_processor,
}


def in_words_of(context: LetterContext, composed: Composed) -> str:
    """Return all that we say in mail and letter; names, addresses and quotes left out.

    What was typed by a person or an officer is theirs, and in their own language.
    """
    page = re.sub(r"<head>.*?</head>", "", composed.html or "", flags=re.DOTALL)
    page = re.sub(r"<blockquote.*?</blockquote>", "", page, flags=re.DOTALL)
    page = re.sub(r"</(p|li|td|th|dd|dt|h\d|div|span)>", "\n", page)
    text = html.unescape(re.sub(r"<[^>]+>", " ", page)) + "\n" + composed.mail_text
    text = re.sub(r"https?://\S+|\S+@\S+|www\.\S+", "", text).replace("\u00a0", " ")
    for theirs in OWN_WORDS:
        text = text.replace(theirs, "")
    lines = [line for line in text.splitlines() if not _is_of_others(line)]
    title = words(context.language)["subject"][context.kind]
    return "\n".join([title, *lines])


def _is_of_others(line: str) -> bool:
    """Say whether a line holds a name or a quoted word of somebody else."""
    return any(mark in line for mark in ("CANARY", "Demo ", "Inter Partner", "Jeanne"))
