"""Articles of the GDPR named by number, as lawyers and forms ask for rights.

"Art. 21 Abs. 1 und Art. 18 Abs. 1 lit. d", "articles 15 et 20", "Arts 16, 18(1)(a)":
each number becomes the word of its right, so that it is read like any other word.
"""

import re

RIGHTS_OF = {
    "7": "artconsent",
    "15": "artaccess",
    "16": "artrectification",
    "17": "arterasure",
    "18": "artrestriction",
    "20": "artportability",
    "21": "artobjection",
    "22": "artreview",
}
ADVERTS = "artadverts"  # Art. 21(2) and (3): direct marketing
PART = (
    r"(?:abs|absatz|paragraph\w*|paragrafe?|paragraaf|par|lid|al|alinea|alinea|satz|s"
    r"|lit|littera|letter|buchst|buchstabe|point|punt|onder|sub|sous|nr|[a-i])\b\.?"
)
AND = r"(?:and|et|en|und|sowie|ainsi que|alsook|as well as)\b"
RUN = re.compile(
    rf"\b(?:art|arts|articles?|artikels?|artikeln|artikelen)\b\.?\s*"
    rf"(\d{{1,2}}(?!\d)(?:(?:\s|[.,;:()/+&§°-])*(?:{PART}|{AND}|\d{{1,2}}\b(?!\.\d{{4}})))*)"
)
NUMBER = re.compile(r"\d{1,2}")
RANGE = re.compile(r"\d\s*(?:-|a|to|tot|bis|t/m)\s*\d\d")
FIRST, LAST = 15, 22  # the articles of the rights themselves


def named(folded: str) -> str:
    """Put the words of the rights in place of the numbers of their articles."""
    return RUN.sub(lambda match: f"art {_words(match[1])} ", folded)


def _words(numbers: str) -> str:
    """Give the rights of a run of numbers; a range names the law, and no right."""
    if RANGE.search(numbers):
        return ""
    found = NUMBER.findall(numbers)
    words = []
    for place, number in enumerate(found):
        is_article = place == 0 or FIRST <= int(number) <= LAST
        right = RIGHTS_OF.get(number, "") if is_article else ""
        adverts = number == "21" and found[place + 1 : place + 2] in (["2"], ["3"])
        words.append(ADVERTS if adverts else right)
    return " ".join(word for word in words if word)
