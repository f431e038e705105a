"""What a channel hands over: a case to open, and the files that came with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dsr.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that came with a case: its kind (`DocumentKind`), name and bytes."""

    kind: str
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewCase:
    """What one person sent us, as a channel hands it over.

    `details` holds, per right, the answers to that right's questions.
    Without `sender_believed` the address may be forged: it makes nobody a known
    person, and who asks has to be established anew. What a machine may have sent is
    `acknowledged_by_hand`: an officer reads the letter first. RFC 3834, section 2.
    """

    channel: Channel
    received_at: datetime
    language: str
    rights: Sequence[str]
    text: str = ""
    name: str = ""
    email: str = ""
    postal_address: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    agent_name: str = ""
    agent_relation: str = ""
    own_reference: str = ""
    message_id: str = ""
    sender_believed: bool = True
    acknowledged_by_hand: bool = False
    files: Sequence[NewFile] = ()
