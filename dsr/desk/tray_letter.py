"""One mail as the tray shows it: its words with the evidence, its files, its flags."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dsr.controller import current
from dsr.desk.highlights import RightMark, Stretch, highlight, mark_of
from dsr.intake.mailbox.match import is_known_to, open_cases_of
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.stored import mail_of
from dsr.models import Arrival, ArrivalResult, Case
from dsr.reference import find_references
from dsr.vocabulary import RightCode

KINDS: dict[str, Promise] = {
    "new_request": gettext_lazy("a request"),
    "follow_up": gettext_lazy("about a request already made"),
    "not_a_request": gettext_lazy("no request"),
    "auto_generated": gettext_lazy("sent by a machine"),
    "review": gettext_lazy("not sure what it is"),
    "spam": gettext_lazy("spam"),
    "another_department": gettext_lazy("for another department"),
}
# The form with which the proposal is confirmed.
ACT_OF_KIND = {
    "new_request": "open",
    "review": "open",
    "follow_up": "attach",
    "not_a_request": "nothing",
    "auto_generated": "nothing",
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A right that the reader proposes, with the words it rests on."""

    mark: RightMark
    words: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """An attachment, with its words where they could be read."""

    name: str
    content_type: str
    size: int
    words: list[Stretch]

    @property
    def is_evidence(self) -> bool:
        """Whether a right rests on its words."""
        return any(stretch.marks for stretch in self.words)


@dataclass(frozen=True)
class Letter:
    """A mail with what was made of it; whatever is asked twice is read once."""

    arrival: Arrival

    @cached_property
    def mail(self) -> ParsedMail:
        """Read the mail anew from its bytes."""
        return mail_of(self.arrival)

    @property
    def is_gone(self) -> bool:
        """Whether its time was over, and its words are deleted."""
        return not self.arrival.raw

    @property
    def waits(self) -> bool:
        """Whether it waits in the tray."""
        return self.arrival.result == ArrivalResult.TRAY

    @property
    def is_aside(self) -> bool:
        """Whether it was put aside without a case."""
        return self.arrival.result in ArrivalResult.ASIDE

    @property
    def rights(self) -> dict[str, str]:
        """Return the rights of the proposal with their labels, those that we know."""
        labels = dict(RightCode.choices)
        codes = self.arrival.proposal.get("rights", [])
        return {code: str(labels[code]) for code in codes if code in labels}

    @cached_property
    def quotes(self) -> list[Quote]:
        """Return the words that each proposed right rests on."""
        return [
            Quote(mark, str(one.get("quote", "")))
            for one in self._evidence
            if (mark := mark_of(str(one.get("right", ""))))
        ]

    @cached_property
    def words(self) -> list[Stretch]:
        """Return the sender's words with the evidence."""
        return highlight(self.mail.text, self._evidence)

    @cached_property
    def subject(self) -> list[Stretch]:
        """Return the subject with the evidence; a request may stand nowhere else."""
        return highlight(self.mail.subject, self._evidence)

    @cached_property
    def inner(self) -> list[Stretch]:
        """Return the words of the mail that was forwarded in it."""
        inner = self.mail.forwarded
        return highlight(inner.text, self._evidence) if inner else []

    @cached_property
    def files(self) -> list[FileShown]:
        """Return the attachments in their order; a letter often is one of them."""
        return [
            FileShown(
                file.filename,
                file.content_type,
                len(file.content),
                highlight(file.text, self._evidence),
            )
            for file in self.mail.attachments
        ]

    @property
    def file_choices(self) -> list[tuple[str, str]]:
        """Return the attachments, by digest, as a form offers them."""
        files = {file.sha256: file.filename for file in self.mail.attachments}
        return list(files.items())

    @cached_property
    def open_cases(self) -> list[Case]:
        """Return the open cases of the sender."""
        return open_cases_of(self.arrival.sender)

    @cached_property
    def named_reference(self) -> str:
        """Return the one case that the mail names, or the only open one it fits."""
        said = str(self.arrival.proposal.get("case_reference") or "")
        named = find_references(f"{said} {self.mail.subject}\n{self.mail.text}")
        if named:
            return named[0]
        return self.open_cases[0].reference if len(self.open_cases) == 1 else ""

    @property
    def department(self) -> str:
        """Name the department that the mail was passed on to."""
        known = current().department(self.arrival.passed_to)
        return known.name.to(get_language() or "en") if known else ""

    @property
    def kind(self) -> str:
        """Say what the reader took the mail for."""
        code = str(self.arrival.proposal.get("kind", ""))
        return str(KINDS.get(code, _("not read")))

    @property
    def whose(self) -> str:
        """Say whose data the mail is about, as far as the reader knows."""
        proposal = self.arrival.proposal
        theirs = proposal.get("subject_email")
        if proposal.get("requester_is_agent"):
            who = theirs or _("somebody whose address the mail does not give")
            return _("%(who)s; the sender writes for them") % {"who": who}
        if theirs and theirs.casefold() != self.arrival.sender.casefold():
            return _("%(who)s, not the sender") % {"who": theirs}
        return _("the sender") if theirs else _("nobody that it names")

    @property
    def primary(self) -> str:
        """Name the act that confirms the proposal; empty where none does in one step.

        That is where an authority writes, where the sender is doubtful or not the
        one whom the case answers, and where nothing is proposed.
        """
        if self.arrival.is_urgent or self.arrival.is_doubtful:
            return ""
        act = ACT_OF_KIND.get(str(self.arrival.proposal.get("kind", "")), "")
        proposed = {"open": bool(self.rights), "attach": self._is_of_known_case}
        return act if proposed.get(act, True) else ""

    @property
    def _is_of_known_case(self) -> bool:
        case = Case.objects.filter(reference=self.named_reference).first()
        return case is not None and is_known_to(case, self.mail)

    @property
    def _evidence(self) -> list[dict[str, str]]:
        evidence: list[dict[str, str]] = self.arrival.proposal.get("evidence", [])
        return evidence
