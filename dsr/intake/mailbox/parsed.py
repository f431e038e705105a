"""What is known of one mail once its bytes were read: plain frozen facts."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Limits:
    """How much of a message is looked at; sizes in bytes unless said otherwise."""

    message: int = 35_000_000
    header: int = 64_000
    header_lines: int = 1_000
    parts: int = 200
    depth: int = 20
    text: int = 500_000
    addresses: int = 100
    identifiers: int = 100
    attachment: int = 25_000_000


DEFAULT_LIMITS = Limits()
LONGEST = 200_000  # characters of all files together
UNREAD = "could not be read"  # begins the problem of a mail whose reading failed


@dataclass(frozen=True)
class Address:
    """A mailbox as written: a display name (may be empty) and an address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """Give the part after the @, in lower case."""
        return self.address.rpartition("@")[2].lower()


NOBODY = Address("", "")


@dataclass(frozen=True)
class Attachment:
    """One enclosed file; the name is safe to show, never to use as a path.

    `text` is its words, as far as they could be read.
    """

    filename: str
    content_type: str
    content: bytes
    sha256: str
    text: str = ""


@dataclass(frozen=True)
class Enclosed:
    """The words of a mail's files, one text a file, and what could not be read."""

    texts: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Machine:
    """What the headers say about a machine being at work (RFC 3834, RFC 2919)."""

    auto_submitted: str = ""
    precedence: str = ""
    is_list: bool = False
    null_return_path: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forwarded:
    """A mail inside the mail: attached as message/rfc822, or forwarded inline."""

    sender: Address
    subject: str
    text: str


@dataclass(frozen=True)
class Signature:
    """An S/MIME signature: whether it holds, and the address its certificate names.

    Anybody can make a certificate that names any address; see `smime`.
    """

    holds: bool
    address: str


@dataclass(frozen=True)
class ParsedMail:
    """One mail, read: headers decoded, own words apart from quoted history.

    `date` is what the sender claims; `received_at` is the instant of the topmost
    Received header, which is the receiving server's own. `enclosed` is the words of
    the files that could be read, as a letter often is the PDF that came with it.
    `encrypted` is what stays closed to us, `decrypted` what a key of ours opened.
    """

    sha256: str
    size: int
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Address
    reply_to: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    received_at: datetime | None
    content_type: str
    machine: Machine
    text: str
    quoted: str
    footer: str
    forwarded: Forwarded | None
    attachments: tuple[Attachment, ...]
    encrypted: bool
    calendar: bool
    problems: tuple[str, ...]
    enclosed: str = ""
    signature: Signature | None = None
    decrypted: bool = False

    def enclosing(self, found: Enclosed) -> "ParsedMail":
        """Give this mail with the words of its files, besides those it had."""
        pairs = zip(self.attachments, found.texts, strict=True)
        files = [replace(file, text=file.text or text) for file, text in pairs]
        return replace(
            self,
            attachments=tuple(files),
            enclosed="\n\n".join(file.text for file in files if file.text)[:LONGEST],
            problems=(*self.problems, *found.problems),
        )

    @property
    def why_encrypted(self) -> str:
        """Say what is known of why it stays closed."""
        why = (one for one in self.problems if one.startswith("encrypted"))
        return next(why, "encrypted")

    @property
    def is_unread(self) -> bool:
        """Say whether reading failed, so that only headers, if those, are known."""
        return any(problem.startswith(UNREAD) for problem in self.problems)
