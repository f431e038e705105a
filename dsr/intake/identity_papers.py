"""Recognises copies of identity documents by their names: nobody may keep them unasked.

Pure. Source: GDPR Art. 5(1)(c); EDPB Guidelines 01/2022 §§ 73-79.
"""

import re

from dsr.intake.mailbox.language import fold

PAPER = re.compile(
    r"\b(?:"
    r"carte d ?identite|cni|passeport|permis de conduire|titre de sejour"
    r"|(?:identity|id) ?card|e ?id|passport|driv(?:ing|er s|ers) licen[cs]e"
    r"|identiteitskaart|(?:e ?)?id ?kaart|paspoort|rijbewijs|identiteitsbewijs"
    r"|(?:personal)?ausweis(?:kopie)?|reisepass|fuhrerschein"
    r")\b"
)
# What such a name holds besides; whatever else is left names a person, or a letter.
BESIDES = re.compile(
    r"\b(?:\d+|copy|copie|kopie|photo\w*|foto\w*|scan\w*|img|image|page|pdf|jpe?g|png"
    r"|tiff?|recto|verso|front|back|voorkant|achterkant|vorderseite|ruckseite"
    r"|of|my|the|de|la|ma|du|van|mijn|mein\w*|von|d|l|et|en|and|und)\b"
)
MOST_LEFT = 3  # words: first and last names
NO_LETTERS = re.compile(r"[^a-z0-9]+")


def is_identity_paper(filename: str) -> bool:
    """Say whether a file is called like a copy of an identity document, and no more.

    A letter about one, such as "correction of my identity card number", is none.
    """
    words = NO_LETTERS.sub(" ", fold(filename))
    if not PAPER.search(words):
        return False
    left = BESIDES.sub(" ", PAPER.sub(" ", words)).split()
    return len(left) < MOST_LEFT
