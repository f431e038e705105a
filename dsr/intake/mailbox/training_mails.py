"""The whole mails the model learns from, as people write them: invented, all of them.

`model/mails/<language>.txt` holds mails one after another. A line `#nr`, `#no`, `#fu`
or `#au` (request, none, follow-up, machine) begins one, with its subject; in the words,
`{access}…{/}` marks what the right, or several parted by commas, rests on.
"""

import re
from dataclasses import dataclass

from dsr.intake.mailbox.features import Said, features, of_mail, said
from dsr.intake.mailbox.language import fold
from dsr.intake.mailbox.model import FOLLOW, REQUEST, WEIGHTS
from dsr.intake.mailbox.sentences import sentences

MAILS = WEIGHTS.parent / "mails"
BEGINS = re.compile(r"#(nr|no|fu|au) ?(.*)")
MARKED = re.compile(r"\{([a-z_, ]+)\}(.*?)\{/\}", re.DOTALL)

KINDS = {"nr": {REQUEST}, "fu": {FOLLOW}}
Labelled = tuple[set[str], frozenset[str]]


@dataclass
class Mail:
    """A mail as it stands in the file, marks and all."""

    kind: str
    subject: str
    words: str

    @property
    def rights(self) -> frozenset[str]:
        """Give every right asked for, in the subject too."""
        marked = MARKED.findall(f"{self.subject}\n{self.words}")
        return frozenset(one for labels, _ in marked for one in _codes(labels))


def mails(language: str) -> list[Mail]:
    """Read the mails of one language."""
    found: list[Mail] = []
    for line in (MAILS / f"{language}.txt").read_text("utf-8").splitlines():
        begins = BEGINS.match(line)
        if begins:
            found.append(Mail(begins[1], begins[2], ""))
        elif found:
            found[-1].words += line + "\n"
    return found


def learnt(mail: Mail, language: str) -> tuple[list[Labelled], Labelled]:
    """Give what each sentence, and what the mail as a whole teaches."""
    subject = said(fold(MARKED.sub(r"\2", mail.subject)), language)
    taught: list[Labelled] = []
    before: Said | None = subject
    for text, labels in _stretches(mail.words):
        for sentence in sentences(text):
            words = said(sentence.folded, language)
            taught.append((features(words, before, language), labels))
            before = words if words.concepts else before
    whole = of_mail([found for found, _ in taught], subject, language)
    return taught, (whole, mail.rights | KINDS.get(mail.kind, set()))


def _stretches(words: str) -> list[tuple[str, frozenset[str]]]:
    found, position = [], 0
    for mark in MARKED.finditer(words):
        found.append((words[position : mark.start()], frozenset[str]()))
        found.append((mark[2], frozenset(_codes(mark[1]))))
        position = mark.end()
    return [*found, (words[position:], frozenset())]


def _codes(labels: str) -> list[str]:
    return [one.strip() for one in labels.split(",")]
