"""Domains that the eye takes for another: `examp1e.org`, `exarnple.org`, `exämple.org`.

Pure. It only calls an officer's attention, so it rather says yes too often.
"""

import unicodedata

SHORTEST = 5  # characters of a name in which one that differs is overlooked
# What looks alike in most typefaces; the longer first.
ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"))
# Cyrillic and Greek letters that look Latin (the commonest of Unicode's TR 39).
FOREIGN = str.maketrans(
    "абвеһіјкӏмнорԛѕтухԝαεικνορτυχ", "abbehijklmhopqstyxwaeikvoptux"
)


def looks_like(domain: str, known: str) -> bool:
    """Say whether a domain can be taken for another, known one, without being it."""
    domain, known = _readable(domain), _readable(known)
    if not domain or not known or domain == known:
        return False
    if domain.endswith("." + known) or known.endswith("." + domain):
        return False  # the same owner
    if _skeleton(domain) == _skeleton(known):
        return True
    return _name(domain) == _name(known) or (
        len(known) > SHORTEST and _one_apart(_skeleton(domain), _skeleton(known))
    )


def _readable(domain: str) -> str:
    """Return a domain in lower case, its `xn--` labels as they are shown."""
    labels = []
    for label in domain.strip(".").casefold().split("."):
        try:
            plain = label.removeprefix("xn--").encode().decode("punycode")
            labels.append(plain if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def _skeleton(text: str) -> str:
    """Return what the eye sees: no accents, one sign for those that look alike."""
    plain = unicodedata.normalize("NFKD", text.translate(FOREIGN))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    for written, seen in ALIKE:
        plain = plain.replace(written, seen)
    return plain.replace("-", "")


def _name(domain: str) -> str:
    """Return what stands before the ending, if it is long enough to mean somebody."""
    name = domain.rpartition(".")[0]
    return name if len(name) >= SHORTEST else domain


def _one_apart(one: str, other: str) -> bool:
    """Say whether one sign was changed, left out, added or exchanged with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    swapped = rest[1:2] + rest[:1] == others[:2] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
