"""Sets a text as its language sets it: French puts its signs apart, unbreakably."""

import re

APART = "\u00a0"  # a space at which no line breaks
# Each pattern begins with the sign it is about, which a search finds at once.
BEFORE = re.compile(r" (?=[;:?!»%€])(?<=\S )")
# Written close to the word, as lists of citations are; an entity's own sign stays.
CLOSE = re.compile(r"(&#?\w+;)|([;!?])(?<=[^\s\u00a0].)(?=\s|<|$)")
AFTER = re.compile("(?<=«) ")
# A number and what it counts, an abbreviation and its number, stay together.
TOGETHER = re.compile(
    r"(?i) (?=[\d+a-z])(?<=[.§dr\d,] )(?:"
    r"(?<=\b(?:art|abs|tel)\. )(?=[\d+])|(?<=\btél\. )(?=\+)|(?<=§ )(?=\d)"
    r"|(?<=\bBuchst\. )(?=[a-z]\b)|(?<=\b(?:Rn\.|lid) )(?=\d)"
    r"|(?<=\bEUR )(?=\d)|(?<=\d )(?=EUR\b)"
    r"|(?<=\d, )(?=[a-z]\))|(?<=\bonder )(?=[a-z]\)))"
)
HEAD = re.compile(r"^.*?</head>", re.DOTALL)


def set_apart(text: str, language: str) -> str:
    """Keep on one line what belongs together; `text` may be a page of HTML."""
    head = HEAD.match(text)
    begin = head.end() if head else 0  # a style sheet has colons of its own
    body = TOGETHER.sub(APART, text[begin:])
    if language == "fr":
        body = AFTER.sub(APART, BEFORE.sub(APART, body))
        body = CLOSE.sub(lambda sign: sign[1] or APART + sign[2], body)
    return text[:begin] + body
