"""A letter cut into sentences, each with its words as written and as compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dsr.intake.mailbox.language import fold

BULLET = re.compile(
    r"\s*(?:[-*•–·o☑☒✓✔✗]|[(\[][xX✓✔][)\]]|\(?\d{1,2}[.)°/]|\(?[a-h]\))\s+"
)
UNTICKED = re.compile(r"\s*(?:[-*•–·]\s+)?(?:\[\s?\]|\(\s?\)|☐|□|◻)\s*\w")
ABBREVIATED = re.compile(
    r"(?:\b(?:art|abs|nr|no|n°|dr|mr|mrs|ms|mme|mlle|st|bzw|evtl|ggf|inkl|incl|usw|etc|vs"
    r"|lit|tel|ref|resp|bv|o\.a|i\.d|z\.b|u\.a|d\.h|s\.v\.p|jl|m\.b\.t|m\.b\.v|dhr|mevr"
    r"|mw|al|par|cf|str|geb|e\.g|i\.e|p\.s|\d{1,2}|\b\w))\.$",
    re.IGNORECASE,
)
BREAK = re.compile(r"(?<=[.!?;:])[\"'»”)]*\s+")
LONGEST = 600  # characters of one sentence; what is longer is cut at a space


@dataclass(frozen=True)
class Sentence:
    """`written` are the words of the letter, `folded` what the rules compare."""

    written: str
    folded: str
    is_item: bool
    opens_list: bool


def sentences(text: str, most: int = 400) -> list[Sentence]:
    """Cut a text into at most `most` sentences; wrapped lines are joined.

    Of a form, what was not ticked is left out: its writer does not say it.
    """
    found: list[Sentence] = []
    for line in _paragraph_lines(text):
        if UNTICKED.match(line):
            continue
        item = BULLET.match(line)
        body = line[item.end() :] if item else line
        for written in _cut(body.strip()):
            if written:
                found.append(_sentence(written, is_item=bool(item)))
            if len(found) >= most:
                return found
    return found


def _sentence(written: str, *, is_item: bool) -> Sentence:
    folded = re.sub(r"\s+", " ", fold(written)).strip()
    return Sentence(written, folded, is_item, written.rstrip().endswith(":"))


def _paragraph_lines(text: str) -> Iterator[str]:
    """Join wrapped lines; a bullet, or a line after a blank one, starts anew."""
    current: list[str] = []
    for line in text.split("\n"):
        stripped = line.strip()
        starts = bool(BULLET.match(line) or UNTICKED.match(line)) or not stripped
        if current and (starts or _stands_alone(current[-1])):
            yield " ".join(current)
            current = []
        if stripped:
            current.append(stripped)
    if current:
        yield " ".join(current)


def _stands_alone(line: str) -> bool:
    """Say whether a line ends its sentence: a greeting, a heading, a signature."""
    return len(line) < 50 and line.endswith((",", "!", ":"))  # noqa: PLR2004  a wrapped line is longer


def _cut(text: str) -> Iterator[str]:
    start = 0
    for match in BREAK.finditer(text):
        piece = text[start : match.start()]
        if ABBREVIATED.search(piece[-8:]):
            continue
        yield from _shorten(piece.strip())
        start = match.end()
    yield from _shorten(text[start:].strip())


def _shorten(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST:
        cut = sentence.rfind(" ", 0, LONGEST)
        cut = cut if cut > 0 else LONGEST
        yield sentence[:cut]
        sentence = sentence[cut:].strip()
    yield sentence
