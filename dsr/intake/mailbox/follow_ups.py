"""Whether a mail continues a request that was made before, and what it adds to it."""

from dsr.intake.mailbox.understood import CASE_REFERENCE, LIKELY, REPLY, Understood
from dsr.intake.mailbox.wishes import Wish

CONTINUES = 0.15  # probability of a mail that continues one


def is_follow_up(reading: Understood) -> bool:
    """Say whether it answers us, or speaks of a request already made."""
    mail = reading.mail
    answers = bool(mail.in_reply_to or mail.references)
    answers = answers or bool(mail.quoted and not reading.wishes)
    # A reply that quotes no case of ours, and asks, may answer a newsletter.
    anew = reading.read.starts_anew and not CASE_REFERENCE.search(mail.quoted)
    answers = answers and bool(REPLY.match(mail.subject)) and not anew
    if reading.reference or answers or _withdraws(reading):
        return True
    hints = reading.read.hints
    continues = hints.get("follow", 0.0)
    if reading.marked("past") and (reading.marked("reminder") or not reading.wishes):
        told = reading.marked("data_words") or reading.marked("reminder")
        return bool(told and (continues >= LIKELY or not reading.wishes))
    if reading.wishes:
        return False
    likely = continues >= LIKELY and continues > hints["other"]
    if likely and reading.read.follow >= CONTINUES:
        return True
    return bool(reading.marked("answer") and REPLY.match(mail.subject))


def _withdraws(reading: Understood) -> bool:
    """Say whether a request is taken back, and not a contract or an order to pay."""
    return bool(
        reading.marked("withdrawn")
        and (reading.read.follow >= CONTINUES or reading.marked("data_words"))
    )


def new_wishes(reading: Understood) -> list[Wish]:
    """Keep what a follow-up asks besides the request it is about."""
    if reading.marked("withdrawn"):
        return [wish for wish in reading.wishes if wish.adds]
    repeats = reading.marked("reminder") or reading.marked("answer")
    repeats = repeats or reading.marked("past")
    return [wish for wish in reading.wishes if wish.adds or not repeats]
