"""The sender's own new words, apart from quoted history, signature and footer."""

import re
import tomllib
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
HEADER_BLOCK = 6  # lines in which a quoted header block shows itself


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
    is_forward = bool(patterns()["forward_subject"].match(subject))
    position = 0
    while position < len(lines):
        line = lines[position].strip()
        if line.startswith(">"):
            words.quoted.append(line.lstrip("> "))
        elif patterns()["forward"].fullmatch(line):
            _take_forward(lines[position + 1 :], words)
            break
        elif _opens_header_block(lines, position):
            _take_rest(lines[position:], words, is_forward=is_forward)
            break
        elif patterns()["attribution"].fullmatch(line):
            if not _take_quote(lines[position + 1 :], words):
                break
        elif patterns()["reply_line"].fullmatch(line):
            if any(one.strip() for one in words.own):
                words.quoted += lines[position + 1 :]
                break
        elif _ends_own_words(line, lines[position + 1 :]):
            words.footer += _without_history(lines[position:], words)
            break
        elif patterns()["machine_line"].fullmatch(line):
            words.footer.append(line)
        else:
            words.own.append(lines[position].rstrip())
        position += 1
    return words


def _joined_attributions(lines: list[str]) -> list[str]:
    """Put an attribution that a mail program wrapped back on one line."""
    joined: list[str] = []
    skip = 0
    for number, line in enumerate(lines):
        if skip:
            skip -= 1
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
        and len(whole) < 300  # noqa: PLR2004  two or three lines of 76-100 signs
        and bool(re.match(r"(?:on|le|op|am)\b.*\d", first.strip(), re.IGNORECASE))
        and not first.strip().endswith(":")
        and bool(patterns()["attribution"].fullmatch(whole))
    )


def _opens_header_block(lines: list[str], position: int) -> bool:
    line = lines[position].strip()
    if RULED_LINE.fullmatch(line):
        following = [one for one in lines[position + 1 : position + 4] if one.strip()]
        return (
            bool(following)
            and _opens_header_block(following + lines[:0], 0)
            or (
                bool(following)
                and bool(patterns()["header_from"].fullmatch(following[0]))
            )
        )
    if not patterns()["header_from"].fullmatch(line):
        return False
    block = [one.strip() for one in lines[position + 1 : position + HEADER_BLOCK]]
    others = sum(bool(patterns()["header_other"].fullmatch(one)) for one in block)
    return others >= 2  # noqa: PLR2004  "De : …" alone may be a person's own line


def _take_rest(lines: list[str], words: Words, *, is_forward: bool) -> None:
    own = "\n".join(words.own).strip()
    if is_forward or not own:
        _take_forward(lines, words)
    else:
        words.quoted += lines


def _take_forward(lines: list[str], words: Words) -> None:
    """Keep the forwarded mail's From and Subject, and its own words only."""
    body_from = 0
    for number, line in enumerate(lines[: HEADER_BLOCK * 2]):
        stripped = line.strip().lstrip("> ")
        if patterns()["header_from"].fullmatch(stripped) and not words.forwarded_from:
            words.forwarded_from = stripped.partition(":")[2].strip(" *")
        elif re.match(r"\*?(?:subject|objet|onderwerp|betreff)\*?\s*:", stripped, re.I):
            words.forwarded_subject = stripped.partition(":")[2].strip(" *")
        elif stripped and not patterns()["header_other"].fullmatch(stripped):
            break
        body_from = number + 1
    body = [re.sub(r"^(?:> ?)", "", line) for line in lines[body_from:]]
    words.forwarded += layers("\n".join(body[:2000]), "").own


def _take_quote(following: list[str], words: Words) -> bool:
    """Say whether own words may follow: they may when the quote is marked by ">"."""
    first = next((line.strip() for line in following if line.strip()), "")
    if first.startswith(">"):
        return True
    words.quoted += following
    return False


def _ends_own_words(line: str, following: list[str]) -> bool:
    if SIGNATURE.fullmatch(line) and line:
        return True
    return len(line) > 20 and bool(patterns()["footer"].match(line))  # noqa: PLR2004  a sentence, not a word


def _without_history(lines: list[str], words: Words) -> list[str]:
    """Give the footer's lines; history below it goes where history goes."""
    for position, line in enumerate(lines):
        if position and (
            _opens_header_block(lines, position)
            or patterns()["attribution"].fullmatch(line.strip())
        ):
            words.quoted += lines[position:]
            return lines[:position]
    return lines
