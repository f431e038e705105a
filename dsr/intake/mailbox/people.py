"""Who a mail is about: the sender, somebody they speak for, or a forwarded sender."""

import re

from dsr.intake.mailbox.parsed import ParsedMail
from dsr.intake.mailbox.quotes import ADDRESS
from dsr.intake.mailbox.rules import Rules

ROBOT_NAMES = re.compile(r"no-?_?reply|do-?not-?reply|notifications?$|mailer|robot")
SECOND_LEVEL = 2  # "axa-assistance.com": a name and its ending


def is_agent(folded: str, rules: Rules) -> bool:
    """Say whether a folded text speaks for somebody else."""
    if rules["own"].search(folded):
        return False
    if rules["strong"].search(folded):
        return True
    weak = {match.group() for match in rules["weak"].finditer(folded)}
    return len(weak) > 1


def is_internal(mail: ParsedMail) -> bool:
    """Say whether the sender writes from the organisation that receives."""
    own = {_organisation(address.domain) for address in mail.to} - {""}
    return _organisation(mail.sender.domain) in own


def is_own_mailbox(mail: ParsedMail) -> bool:
    """Say whether the mail claims to come from the mailbox it was sent to."""
    sender = mail.sender.address.lower()
    return any(sender == address.address.lower() for address in mail.to)


def _organisation(domain: str) -> str:
    labels = domain.split(".")
    return labels[-SECOND_LEVEL] if len(labels) >= SECOND_LEVEL else ""


def own_address(mail: ParsedMail) -> str:
    """Give the sender's address; a robot's is replaced by the Reply-To."""
    if ROBOT_NAMES.search(mail.sender.address.partition("@")[0].lower()):
        return mail.reply_to.address or mail.sender.address
    return mail.sender.address


def represented_address(mail: ParsedMail) -> str | None:
    """Give the one address in the text that is neither the sender's nor ours."""
    known = {mail.sender.domain} | {address.domain for address in mail.to}
    known |= {mail.reply_to.domain}
    found = {
        address
        for address in ADDRESS.findall(mail.text)
        if address.rpartition("@")[2].lower() not in known
    }
    return found.pop() if len(found) == 1 else None
