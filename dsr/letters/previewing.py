"""A draft as it would go out, beside the form in which an officer completes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from dsr.letters.catalogue import required_contents, required_parts
from dsr.letters.compose import compose
from dsr.letters.content_labels import content_label
from dsr.letters.contents import find_contents
from dsr.models import Letter

# A part stands in the content of its own name, except these.
STANDS_IN = {"basis": "cost_basis", "controller": "other_controller"}


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that the law wants in the letter.

    `is_theirs` says that an officer writes it; `is_there` that it has text.
    """

    label: str
    is_theirs: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter's HTML with what the law wants in it, thing by thing."""

    html: str
    demands: tuple[Demand, ...]
    own: tuple[str, ...]  # the contents that hold the officer's words

    @property
    def lacks(self) -> tuple[str, ...]:
        """Name what is still missing."""
        return tuple(one.label for one in self.demands if not one.is_there)


def preview_with(letter: Letter, parts: Mapping[str, str]) -> Preview:
    """Return the draft as it would be with these free texts; nothing is saved."""
    letter.parts = {**letter.parts, **parts}
    composed = compose(letter)
    html = composed.html or ""
    right = letter.ticket.right_code if letter.ticket else ""
    outcome = letter.ticket.outcome if letter.ticket else ""
    found = find_contents(html)
    own = {STANDS_IN.get(part, part): part for part in letter.parts}
    asked = {STANDS_IN.get(p, p): p for p in required_parts(letter.kind, outcome)}
    wanted = dict.fromkeys((*required_contents(letter.kind, right, outcome), *asked))
    return Preview(
        html,
        tuple(
            Demand(
                content_label(name),
                is_theirs=name in asked,
                is_there=_is_there(name, found, letter, asked),
            )
            for name in wanted
        ),
        tuple(own),
    )


def _is_there(
    name: str, found: Mapping[str, str], letter: Letter, asked: Mapping[str, str]
) -> bool:
    """Say whether a content has text; a sentence of ours does not fill their gap."""
    if name in asked:
        return bool(str(letter.parts.get(asked[name], "")).strip())
    return bool(found.get(name))
