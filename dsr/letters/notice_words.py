"""What a notice says to one who received data: the operation and its law.

It holds the least that lets them act: by what the person is found, what happened,
since when. GDPR Arts. 5(1)(c) and 19; C-129/21.
"""

from dsr.letters.context import NoticeWords
from dsr.letters.words import words
from dsr.models import Letter
from dsr.rights.base import gdpr
from dsr.vocabulary import OrderAct, RightCode

OBJECTED = "object"  # what stops after an objection under Art. 21(1)
LAW = {
    OrderAct.SUPPRESS.value: gdpr("21(3) and C-129/21"),
    OrderAct.STOP.value: gdpr("7(3) and C-129/21"),
    OBJECTED: gdpr("21(1)"),
    OrderAct.CORRECT.value: gdpr("16 and 19"),
    OrderAct.ERASE.value: gdpr("17(1) and 19"),
    OrderAct.RESTRICT.value: gdpr("18(1) and 19"),
    OrderAct.LIFT.value: gdpr("18(3) and 19"),
}


def notice_words(letter: Letter) -> NoticeWords:
    """Return what the letter says of its operation, in its language."""
    code = str(letter.parts["operation"])
    ticket = letter.ticket
    if code == OrderAct.STOP and ticket and ticket.right_code == RightCode.OBJECTION:
        code = OBJECTED
    said = words(letter.language)["notice"][code]
    return NoticeWords(
        why=said["why"],
        ask=said["ask"],
        law=LAW[code].to(letter.language),
        identifiers=tuple(str(letter.parts["identifiers"]).splitlines()),
        details=str(letter.parts.get("details", "")),
    )
