"""No pattern that reads strangers' words repeats without bound inside a repetition."""

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

import pytest

from dsr.intake.mailbox import own_reference, particulars, quotes
from dsr.intake.mailbox.language import LANGUAGES
from dsr.intake.mailbox.rules import rules_for

PATTERNS = [
    *(
        (f"{language} {name}", pattern)
        for language in LANGUAGES
        for name, pattern in rules_for(language).items()
    ),
    *((f"number {kind}", pattern) for kind, pattern in particulars.PATTERNS.items()),
    ("phone", particulars.PHONE),
    ("limits", particulars.LIMITS),
    ("deadline", particulars.DEADLINE),
    ("own reference", own_reference.LINE),
    *((f"history {kind}", one) for kind, one in quotes.patterns().items()),
]


def repeats_inside_repetition(tree: Any, *, inside: bool = False) -> bool:
    """Say whether an endless repeat holds another one: the exponential kind."""
    for operation, argument in tree:
        endless = operation in {sre.MAX_REPEAT, sre.MIN_REPEAT} and (
            argument[1] == sre.MAXREPEAT
        )
        if endless and inside:
            return True
        for part in argument if isinstance(argument, (tuple, list)) else [argument]:
            branches = part if isinstance(part, list) else [part]
            for branch in branches:
                if isinstance(branch, parser.SubPattern) and repeats_inside_repetition(
                    branch, inside=inside or endless
                ):
                    return True
    return False


@pytest.mark.parametrize(
    ("name", "pattern"), PATTERNS, ids=[one for one, _ in PATTERNS]
)
def test_no_endless_repeat_holds_another(name: str, pattern: re.Pattern[str]) -> None:
    assert not repeats_inside_repetition(parser.parse(pattern.pattern, pattern.flags))


def test_the_walk_finds_what_it_looks_for() -> None:
    assert repeats_inside_repetition(parser.parse(r"(?:a|\\w+ )*b"))
    assert not repeats_inside_repetition(parser.parse(r"(?:\\S+ ){0,9}?b"))
