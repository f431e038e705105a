"""Whom a mail is about and who is answered: as read, or as an officer corrects it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dsr.casework import NewCase
from dsr.intake.mailbox.parsed import ParsedMail
from dsr.vocabulary import IdentifierKind

EMAIL = IdentifierKind.EMAIL.value


@dataclass(frozen=True, slots=True)
class Person:
    """The person of a case: `email` is answered, `known_as` is the person's own.

    Who writes for somebody else stands in `agent_name` and `agent_relation`.
    """

    language: str
    name: str = ""
    email: str = ""
    known_as: str = ""
    agent_name: str = ""
    agent_relation: str = ""

    @property
    def has_agent(self) -> bool:
        """Whether somebody else writes for the person."""
        return bool(self.agent_name or self.agent_relation)


def person_read(mail: ParsedMail, proposal: Mapping[str, Any], language: str) -> Person:
    """Return the person as the proposal has them; `language` if it names none."""
    theirs = str(proposal.get("subject_email") or "")
    spoken = str(proposal.get("language") or language)
    sender = mail.sender
    if proposal.get("requester_is_agent"):
        return Person(
            spoken,
            email=sender.address,
            known_as=theirs,
            agent_name=(sender.name or sender.address)[:200],
            agent_relation="agent",
        )
    email = theirs or sender.address
    return Person(spoken, name=sender.name[:200], email=email, known_as=email)


def with_person(new: NewCase, person: Person) -> NewCase:
    """Return the case as it is opened for this person.

    An address that an officer puts in the sender's place is proven by nothing.
    """
    others = {kind: one for kind, one in new.identifiers.items() if kind != EMAIL}
    theirs = {EMAIL: person.known_as} if person.known_as else {}
    return replace(
        new,
        language=person.language,
        name=person.name,
        email=person.email,
        identifiers=theirs | others,
        agent_name=person.agent_name,
        agent_relation=person.agent_relation,
        sender_believed=new.sender_believed and person.email == new.email,
    )
