"""Whether a machine wrote the mail: a machine is never answered (RFC 3834)."""

import re

from dsr.intake.mailbox.language import LANGUAGES, fold
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.rules import Rules, rules_for

DAEMON = re.compile(r"mailer-daemon|postmaster|.*-bounces?(?:\+.*)?|bounces?(?:\+.*)?")
ANSWERING = ("auto_reply", "auto-reply", "junk", "autoreply")
MARKS = {"x-autoreply", "x-autorespond", "x-failed-recipients", "x-list-administrivia"}
SENT_TO_MANY = ("bulk", "list", *ANSWERING)
# A person's program does not write these; those who do want no automatic answer.
NO_ANSWER = {"x-auto-response-suppress", "x-loop", "feedback-id"}
REPORTS = (
    "multipart/report",
    "message/delivery-status",
    "message/disposition-notification",
)


def is_machine_header(mail: ParsedMail) -> bool:
    """Say whether the headers alone give a machine away."""
    machine = mail.machine
    return bool(
        machine.auto_submitted not in ("", "no")
        or machine.precedence in ANSWERING
        or MARKS & set(machine.marks)
        or mail.content_type in REPORTS
        or DAEMON.fullmatch(mail.sender.address.partition("@")[0].lower())
        or (machine.null_return_path and mail.sender.address)
    )


def may_be_answered(mail: ParsedMail) -> bool:
    """Say whether a machine of ours may answer: never a list, nor who forbids it.

    Source: RFC 3834, section 2; [MS-OXCMAIL], X-Auto-Response-Suppress.
    """
    machine = mail.machine
    return not (
        is_machine_header(mail)
        or is_sent_to_many(mail)
        or machine.null_return_path
        or NO_ANSWER & set(machine.marks)
    )


def is_sent_to_many(mail: ParsedMail) -> bool:
    """Say whether a list, a bulk sender or a calendar program sent the mail.

    What a person writes may come that way too, so this alone puts no wish aside.
    """
    machine = mail.machine
    return mail.calendar or machine.is_list or machine.precedence in SENT_TO_MANY


def is_from_machine(mail: ParsedMail, rules: Rules) -> bool:
    """Say whether headers, subject or the first words show an automatic mail."""
    if is_machine_header(mail):
        return True
    if is_machine_subject(mail):
        return True
    text = fold(f"{mail.text}\n{mail.quoted}" if not mail.text else mail.text)
    return bool(rules["machine_text"].search(text[:2000]))


def is_machine_subject(mail: ParsedMail) -> bool:
    """Say whether the subject, in any language, is one that only machines write."""
    subject = fold(mail.subject)
    return any(
        rules_for(language)["machine_subject"].match(subject) for language in LANGUAGES
    )
