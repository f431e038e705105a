"""What a mail of the desk says; written anew each time it is sent."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from dsr.clock.derivation import day_in_words
from dsr.controller import current
from dsr.intake.mailbox.parsed import Attachment, ParsedMail
from dsr.letters import policy_words
from dsr.letters.typography import set_apart
from dsr.models import Arrival, DeskMail, DeskMailKind


@dataclass(frozen=True, slots=True)
class DeskMailText:
    """A mail as it goes out: its subject names nobody."""

    subject: str
    text: str
    language: str
    files: tuple[Attachment, ...] = ()


def paper_alert(row: DeskMail) -> DeskMailText:
    """Say that a letter on paper cannot wait, and where it is; nothing else."""
    controller = current()
    language = controller.identity.languages[0]
    zone = ZoneInfo(controller.identity.time_zone)
    day = row.created_at.astimezone(zone).date()
    words = {"spoken": day_in_words(day, language, "dative"), "address": _place(row)}
    text = render_to_string(f"letters/{language}/desk_mail_alert_paper.txt", words)
    subject, _line, body = set_apart(text.strip(), language).partition("\n")
    return DeskMailText(subject, body.strip() + "\n", language)


def _place(row: DeskMail) -> str:
    """Return the page where the letter is: the scan that waits, or its case."""
    if row.scan_id is not None:
        path = reverse("admin:scan", args=[row.scan_id])
    elif row.case_id is not None:
        path = reverse("admin:dsr_case_change", args=[row.case_id])
    else:
        path = reverse("admin:index")
    return f"{settings.PUBLIC_URL}{path}"


def text_of(row: DeskMail, arrival: Arrival, mail: ParsedMail) -> DeskMailText:
    """Write a mail about `mail`, in the sender's language or the house's first.

    A department gets the words of the mail and the files an officer chose: no
    headers, no quoted history, nothing that the desk knows besides. GDPR Art. 5(1)(c).
    """
    controller = current()
    language = _language(row, arrival)
    zone = ZoneInfo(controller.identity.time_zone)
    day = arrival.received_at.astimezone(zone).date()
    department = controller.department(arrival.passed_to)
    files = tuple(one for one in mail.attachments if one.sha256 in row.enclosed)
    inner = mail.forwarded.text if mail.forwarded else ""
    words = {
        "number": arrival.pk,
        "day": day_in_words(day, language).partition(" ")[2],
        "spoken": day_in_words(day, language, "dative"),
        "department": department.name.to(language) if department else "",
        "department_mail": department.mail if department else "",
        "sender": policy_words.sender(controller, language),
        "portal": settings.PUBLIC_URL,
        "address": settings.PUBLIC_URL
        + reverse("admin:dsr_arrival_change", args=[arrival.pk]),
        "told": arrival.desk_mails.filter(kind=DeskMailKind.NOTE).exists(),
        "mail": mail,
        "enclosed": len(files),
        "words": "\n\n".join(filter(None, (mail.text.strip(), inner.strip()))),
    }
    text = render_to_string(f"letters/{language}/desk_mail_{row.kind}.txt", words)
    subject, _line, body = text.strip().partition("\n")
    if row.kind != DeskMailKind.PASSED_ON:  # what a person wrote stays as it is
        body = set_apart(body, language)
    return DeskMailText(
        set_apart(subject, language), body.strip() + "\n", language, files
    )


def _language(row: DeskMail, arrival: Arrival) -> str:
    languages = current().identity.languages
    said = arrival.proposal.get("language")
    return said if row.kind == DeskMailKind.NOTE and said in languages else languages[0]
