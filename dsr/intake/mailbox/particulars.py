"""What a letter says besides its wish: numbers, how much of it, by when.

Pure, for four languages at once; every repetition in the patterns is bounded.
"""

import re

WORDS = {
    "customer": r"customer|client|member(?:ship)?|klant(?:en)?|lid(?:maatschaps)?"
    r"|kunden|mitglieds?|adh[ée]rente?|membre|affili[ée]e?",
    "policy": r"policy|polis|police|contract|contrat|vertrags?|schutzbrief"
    r"|versicherungs(?:schein|police)?",
    "claim": r"claims?|file|case|dossier|sinistre|schade(?:geval|dossier)?|schadens?"
    r"|vorgangs?|akten|zaak",
}
NUMBER = r"number|num[ée]ro|nummer|no|nr|n[°ºo]|id|ref(?:erence)?|zeichen|#"
OF = (
    r"de|du|d'|of|van|der|des|von|the|my|mon|ma|mijn|meine[rs]?|het|votre|uw|your|la|le"
)
IS = r"is|est|ist|was|lautet|le|het|:|=|#"
# One to four groups of signs, as "AB-778", "6650 1129" or "BE 123.456.789".
VALUE = r"(?P<value>[A-Z0-9][A-Z0-9./-]{0,24}(?: [0-9][A-Z0-9./-]{0,12}){0,3})(?!\w)"
FEWEST_DIGITS = 3
NO_NUMBER = re.compile(r"(?:19|20)\d\d$|DSR-")  # a year, a reference of ours
PATTERNS = {
    kind: re.compile(
        rf"(?<![\w-])(?i:(?:(?:{NUMBER})\.?\s?(?:(?:{OF})\s?){{0,2}})?(?:{words})"
        rf"(?:[ -]?(?:{NUMBER})\.?)?\s?(?:(?:{IS})\s?){{0,3}})(?<![a-z]){VALUE}"
    )
    for kind, words in WORDS.items()
}
PHONE = re.compile(
    r"(?<!\w)(?i:t[ée]l(?:[ée]phone|efoon|efon)?|phone|mobile|mobiel|gsm|handy|portable)"
    r"(?i:[ -]?(?:number|nummer|nr))?[.:]?\s?(?:(?:is|est|ist|:)\s?)?"
    r"(?P<value>\+?\d[\d /().-]{7,18}\d)(?!\d)"
)
LIMITS = re.compile(
    r"\b(?i:only|solely|limited to|restricted to|uniquement|seulement|exclusivement"
    r"|limit[ée]e? [àa]|alleen|enkel|uitsluitend|slechts|beperkt tot|nur|lediglich"
    r"|ausschlie(?:ß|ss)lich|beschr[äa]nkt auf|between \S{1,20} and"
    r"|entre \S{1,20} et|tussen \S{1,20} en|zwischen \S{1,20} und)\b"
)
MONTHS = (
    r"(?:jan|feb|f[ée]v|m[aä]r|mrt|maart|apr|avr|ma[iy]|mei|jun|juin|jul|juil|aug|ao[uû]t"
    r"|sep|o[ck]t|nov|de[cz]|d[ée]c)[\wéû]{0,8}\.?"
)
DAY = (
    rf"\d{{1,2}}(?:er|st|nd|rd|th|\.)?\s?(?:{MONTHS}|[./-]\s?\d{{1,2}})"
    r"(?:[ ./-]\d{2,4})?"
)
SPAN = (
    r"(?:\d{1,3}|a|one|un|une|een|één|two|deux|twee|zwei|eine[rms]?) "
    r"(?:\w{1,12} )?(?:days?|jours?|dagen|tage?n?|weeks?|semaines?|weken|wochen?"
    r"|months?|mois|maand(?:en)?|monate?[ns]?)"
)
DEADLINE = re.compile(
    r"\b(?i:within|dans (?:les|un d[ée]lai de)|sous|binnen|innerhalb(?: von)?"
    rf"|in[nn]ert) (?i:{SPAN})\b"
    r"|\b(?i:by|before|no later than|until|avant(?: le)?|pour le|d'ici(?: le| au)?"
    r"|au plus tard(?: le)?|voor|tegen|uiterlijk(?: op)?|bis(?: zum| sp[äa]testens)?"
    rf"|sp[äa]testens(?: am| bis)?) (?i:{DAY})"
)


def identifiers(text: str, *, with_phone: bool) -> dict[str, str]:
    """Give the customer, policy and claim number a letter names, and its telephone.

    A kind of which it names two different numbers is left out: which one is the
    person's, an officer must see.
    """
    patterns = PATTERNS | ({"phone": PHONE} if with_phone else {})
    found = {}
    for kind, pattern in patterns.items():
        values = {match["value"].strip(" ./-") for match in pattern.finditer(text)}
        values = {value for value in values if _is_number(value)}
        if len(values) == 1:
            found[kind] = values.pop()
    return found


def _is_number(value: str) -> bool:
    digits = sum(sign.isdigit() for sign in value)
    return digits >= FEWEST_DIGITS and not NO_NUMBER.match(value)


def scope(quotes: tuple[str, ...]) -> str:
    """Give the first of the sentences a wish rests on that limits it, or nothing."""
    return next((quote for quote in quotes if LIMITS.search(quote)), "")


def deadline(text: str) -> str:
    """Give the words by which a letter sets a deadline: "within 14 days", or a date."""
    match = DEADLINE.search(text)
    return " ".join(match[0].split()) if match else ""
