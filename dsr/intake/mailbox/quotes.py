"""The sender's own new words, apart from quoted history, signature and footer."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HISTORY = Path(__file__).parent / "rules" / "history.toml"
SIGNATURE = re.compile(r"--\s?")
RULED_LINE = re.compile(r"[_\-*=]{10,}")
ARMOUR = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash:[^\n]*\n)?"
    r"|-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)",
    re.DOTALL,
)
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]*]{1,128}@[\w.-]{1,253}\w")
ATTRIBUTION_START = re.compile(r"(?:on|le|op|am)\b.*\d", re.IGNORECASE)
SUBJECT = re.compile(r"\*?(?:subject|objet|onderwerp|betreff)\*?\s*:", re.IGNORECASE)
HEADER_BLOCK = 6  # lines in which a quoted header block shows itself
COMPANIONS = 2  # lines like "Sent:" and "To:"; "De : …" alone may be own words
LONGEST_MARK = 400  # characters; what is longer is prose, not a mark of history
SHORTEST_FOOTER = 20  # characters; what is shorter is a word, not a disclaimer
MOST_LINES = 5_000  # lines that are sorted; later ones are taken as own


@dataclass
class Words:
    """A text in its layers; `forwarded_from` is the From line of an inline forward."""

    own: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    forwarded: list[str] = field(default_factory=list)
    forwarded_from: str = ""
    forwarded_subject: str = ""


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """Load the patterns, one expression for each kind of line."""
    kinds = tomllib.loads(HISTORY.read_text(encoding="utf-8"))
    return {
        kind: re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)
        for kind, alternatives in kinds.items()
    }


def layers(text: str, subject: str) -> Words:
    """Sort the lines of a text; a line that only looks like history stays own."""
    words, lines = Words(), _joined_attributions(ARMOUR.sub("", text).split("\n"))
    for position, line in enumerate(lines[:MOST_LINES]):
        layer = _layer(line.strip(), lines, position, words)
        if layer in ENDS:
            ENDS[layer](lines[position:], subject, words)
            return words
        if layer != "nothing":
            getattr(words, layer).append(_unmarked(line))
    words.own += lines[MOST_LINES:]
    return words


def _layer(line: str, lines: list[str], position: int, words: Words) -> str:
    """Say to which layer a line belongs, or which end of the own words it is."""
    if line.startswith(">"):
        return "quoted"
    if not line or len(line) > LONGEST_MARK:
        return "own"
    if (":" in line or line[0] in "_-*=") and _opens_header_block(lines, position):
        return "header block"
    if line[-1] in ":-#=_*":
        return _mark(line, lines, position, words)
    if SIGNATURE.fullmatch(line) or _is_footer(line):
        return "end"
    return "footer" if patterns()["machine_line"].fullmatch(line) else "own"


def _mark(line: str, lines: list[str], position: int, words: Words) -> str:
    """Tell the lines that mail programs put above a quote."""
    if patterns()["forward"].fullmatch(line):
        return "forward"
    if patterns()["attribution"].fullmatch(line):
        return "nothing" if _is_marked(lines[position + 1 :]) else "attribution"
    if patterns()["reply_line"].fullmatch(line):
        return "reply line" if any(one.strip() for one in words.own) else "nothing"
    return "end" if SIGNATURE.fullmatch(line) or _is_footer(line) else "own"


def _unmarked(line: str) -> str:
    stripped = line.strip()
    return stripped.lstrip("> ") if stripped.startswith(">") else line.rstrip()


def _is_footer(line: str) -> bool:
    return len(line) > SHORTEST_FOOTER and bool(patterns()["footer"].match(line))


def _is_marked(following: list[str]) -> bool:
    """Say whether a quote is marked by ">", so that own words may stand below it."""
    first = next((line.strip() for line in following[:5] if line.strip()), "")
    return first.startswith(">")


def _joined_attributions(lines: list[str]) -> list[str]:
    """Put an attribution that a mail program wrapped back on one line."""
    joined: list[str] = []
    skip = 0
    for number, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if number > MOST_LINES or not ATTRIBUTION_START.match(line.strip()[:200]):
            joined.append(line)
            continue
        for count in (2, 3):
            whole = " ".join(part.strip() for part in lines[number : number + count])
            if _is_wrapped_attribution(line, whole):
                joined.append(whole)
                skip = count - 1
                break
        else:
            joined.append(line)
    return joined


def _is_wrapped_attribution(first: str, whole: str) -> bool:
    return (
        whole.endswith(":")
        and len(whole) < LONGEST_MARK
        and not first.strip().endswith(":")
        and bool(patterns()["attribution"].fullmatch(whole))
    )


def _opens_header_block(lines: list[str], position: int) -> bool:
    """Say whether a From line stands here with at least two of its companions."""
    block = [one.strip() for one in lines[position : position + HEADER_BLOCK]]
    block = [one for one in block if one]
    if RULED_LINE.fullmatch(block[0]):
        block = block[1:]
        return bool(block) and bool(patterns()["header_from"].fullmatch(block[0]))
    if not patterns()["header_from"].fullmatch(block[0]):
        return False
    others = sum(bool(patterns()["header_other"].fullmatch(one)) for one in block[1:])
    return others >= COMPANIONS


def _take_quote(lines: list[str], subject: str, words: Words) -> None:
    words.quoted += lines


def _take_block(lines: list[str], subject: str, words: Words) -> None:
    """Tell a forward from a reply: by its subject, or because nothing stands above."""
    nothing_above = not "".join(words.own).strip()
    if nothing_above or patterns()["forward_subject"].match(subject):
        _take_forward(["", *lines], subject, words)
    else:
        words.quoted += lines


def _take_forward(lines: list[str], subject: str, words: Words) -> None:
    """Keep the forwarded mail's From and Subject, and its own words only."""
    body_from = 1
    for number, line in enumerate(lines[1 : HEADER_BLOCK * 2], start=2):
        stripped = line.strip().lstrip("> ")
        value = stripped.partition(":")[2].strip(" *")
        if patterns()["header_from"].fullmatch(stripped) and not words.forwarded_from:
            words.forwarded_from = value
        elif SUBJECT.match(stripped):
            words.forwarded_subject = value
        elif stripped and not _is_header_or_rule(stripped):
            break
        body_from = number
    body = [re.sub(r"^> ?", "", line) for line in lines[body_from:]]
    # The subject given is a reply's, so that a forward inside is history to the inner.
    words.forwarded += layers("\n".join(body[:MOST_LINES]), "Re:").own


def _is_header_or_rule(line: str) -> bool:
    return bool(
        patterns()["header_other"].fullmatch(line) or RULED_LINE.fullmatch(line)
    )


def _take_end(lines: list[str], subject: str, words: Words) -> None:
    """Keep a signature or footer; history below it goes where history goes."""
    for position, line in enumerate(lines[:MOST_LINES]):
        layer = _layer(line.strip(), lines, position, words) if position else "own"
        if layer in ("forward", "header block", "attribution", "nothing"):
            words.footer += lines[:position]
            ENDS.get(layer, _take_quote)(lines[position:], subject, words)
            return
    words.footer += lines


ENDS: dict[str, Callable[[list[str], str, Words], None]] = {
    "forward": _take_forward,
    "header block": _take_block,
    "attribution": _take_quote,
    "reply line": _take_quote,
    "end": _take_end,
}
