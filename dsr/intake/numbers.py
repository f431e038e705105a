"""The numbers by which a letter says its writer can be found.

No database, no settings, no clock.
"""

import re

from dsr.vocabulary import IdentifierKind

NUMBER = r"""
    (?:\s*(?:(?:number|num[ée]ro|nummer|nr|no)\b\.?|n?[°º]))?  # "Policy no."
    (?:\s+(?:is|est(?:\s+le)?|ist|luidt|lautet)\b)?\s*[:=]?\s*
    (?!\d{1,2}[./-]\d{1,2}[./-]\d)  # a day
    (?P<said>(?=[A-Z0-9./-]*\d{3})[A-Z0-9][A-Z0-9./-]{3,28}[A-Z0-9])
"""
NAMES = {
    IdentifierKind.CUSTOMER: r"customer|cliente?|klant(?:en)?|kunden?|abonn[ée]e?",
    IdentifierKind.POLICY: r"""
        policy|police|polis|contract|contrat|vertrags?|versicherungs(?:schein)?""",
    IdentifierKind.CLAIM: r"claims?|sinistre|schade(?:dossier)?|schadens?(?:fall)?",
}
NUMBERS = {
    kind: re.compile(
        rf"(?<![\w/])(?:{names}){NUMBER}(?![\w/])", re.IGNORECASE | re.VERBOSE
    )
    for kind, names in NAMES.items()
}
PHONE = re.compile(
    r"(?:t[ée]l(?:[ée]phone|efoon|efon)?|gsm|phone|mobile|handy)\b\.?\s*[:=]?\s*"
    r"(?P<said>(?:\+|0)[\d\s()./-]{7,18}\d)",
    re.IGNORECASE,
)


def numbers_in(text: str) -> dict[str, str]:
    """Return, by kind of identifier, the one number that a text names under it.

    A kind under which two numbers stand is left to whoever reads the letter.
    """
    found = {
        kind.value: {match["said"].upper() for match in pattern.finditer(text)}
        for kind, pattern in NUMBERS.items()
    }
    calls = {" ".join(match["said"].split()) for match in PHONE.finditer(text)}
    found[IdentifierKind.PHONE.value] = calls
    return {kind: said.pop() for kind, said in found.items() if len(said) == 1}
