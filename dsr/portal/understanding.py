"""Which rights somebody means who ticked no box but wrote to us."""

from dsr.intake.mailbox.language import detect
from dsr.intake.mailbox.wishes import read


def rights_meant(text: str) -> tuple[str, ...]:
    """Return the codes of the rights that a text exercises, as the mailbox reads it.

    It is a proposal: the person sees it before sending and can change it.
    """
    found = read(text, detect(text)).wishes if text else []
    return tuple(dict.fromkeys(wish.right for wish in found))
