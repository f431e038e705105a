"""The reference by which the writer knows the matter, so that our letters quote it."""

import re

from dsr.reference import find_references

# "Our ref.: X" names the writer's own; "Your ref." would be ours.
OURS_TO_THEM = r"""
    (?:our|my)\s+(?:file\s+)?(?:ref(?:erence)?|file)(?:\s+(?:no|number))?
    | (?:notre|nos|ma|mes|n\s?/)\s*r[ée]f(?:[ée]rences?|s)?
    | n\s?/\s?r(?:[ée]f)?
    | (?:ons|onze|mijn|o\s?/)\s*(?:kenmerk|ref(?:erentie)?|dossier(?:nummer)?)
    | (?:unser|unsere|mein|meine)\s+(?:zeichen|aktenzeichen|ref(?:erenz)?)
"""
LINE = re.compile(
    rf"(?<![\w/])(?:{OURS_TO_THEM})\.?\s*(?:n[°ºo]\.?\s*)?[:=]\s*(?P<said>[^\n]+)",
    re.IGNORECASE | re.VERBOSE,
)
# What may follow on the same line: their reference of ours, a tab, a wide gap.
ENDS = re.compile(
    r"\s{2,}|\t|;|\||\s[-–]\s|,\s|\s(?=(?:v/|votre|vos|your|uw|ihr)\b)", re.IGNORECASE
)
LONGEST = 100  # characters; as the field of the case
FEWEST = 2


def own_reference(*texts: str) -> str:
    """Return the reference that a letter gives as its writer's own, or nothing.

    It holds at least one digit: "our reference: see below" names none. A reference
    of ours, quoted back, is not theirs.
    """
    for text in dict.fromkeys(texts):
        for found in LINE.finditer(text):
            said = ENDS.split(found["said"].strip(), maxsplit=1)[0].strip(" .,*_\"'")
            plausible = FEWEST <= len(said) <= LONGEST
            if plausible and re.search(r"\d", said) and not find_references(said):
                return said
    return ""
