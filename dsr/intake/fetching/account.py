"""A mailbox as its address names it: which server or folder, as whom, what then."""

import shlex
import subprocess
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

PORTS = {"imaps": 993, "imap": 143}
SECRETS = ("password", "password_file", "token_file", "token_command")
OPTIONS = {*SECRETS[1:], "ca", "starttls", "move", "since"}
TOKEN_PATIENCE = 30  # seconds
EXAMPLE = "imaps://user@mail.example.com/INBOX?password_file=/run/secrets/mail"


class MailboxError(Exception):
    """A mailbox that cannot be read; `str()` is one sentence that says what helps."""


@dataclass(frozen=True)
class Account:
    """One folder of one account. `secret` is one of SECRETS with its value.

    `move` names the folder into which a message goes once it is taken in; without it
    the message is marked as read. Of what came before `since` nothing is taken in.
    """

    scheme: str
    folder: str
    host: str = ""
    port: int = 0
    user: str = ""
    secret: tuple[str, str] = ("", "")
    starttls: bool = False
    ca: str = ""
    move: str = ""
    since: date | None = None

    @property
    def key(self) -> str:
        """Return what tells it from other accounts; no secret is in it."""
        if self.scheme == "maildir":
            return "maildir"
        port = "" if self.port in PORTS.values() else f":{self.port}"
        return f"{self.user}@{self.host}{port}"

    @property
    def url(self) -> str:
        """Return its address without secrets, as RFC 5092 writes it."""
        if self.scheme == "maildir":
            return f"maildir://{quote(self.folder)}"
        user = quote(self.user, safe="")
        host = self.key[len(self.user) + 1 :]
        return f"imap://{user}@{host}/{quote(self.folder)}"

    def credential(self) -> str:
        """Return the password or token as it is now: a token is renewed by others.

        Raises MailboxError when its file or command gives none.
        """
        kind, value = self.secret
        try:
            if kind == "token_command":
                found = _output(value)
            elif kind == "password":
                return value
            else:
                found = Path(value).read_text(encoding="utf-8")
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise MailboxError(
                f"{self.key}: the {kind} gives nothing ({_why(error)}); look there."
            ) from error
        if not found.strip():
            raise MailboxError(f"{self.key}: the {kind} gives nothing; look there.")
        return found.strip()


def _output(command: str) -> str:
    ran = subprocess.run(
        shlex.split(command),
        capture_output=True,
        check=True,
        text=True,
        timeout=TOKEN_PATIENCE,
    )
    return ran.stdout


def _why(error: Exception) -> str:
    """Say what went wrong, without what a command printed or was given."""
    if isinstance(error, subprocess.CalledProcessError):
        return f"it ended with code {error.returncode}"
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it took longer than {TOKEN_PATIENCE} s"
    return getattr(error, "strerror", None) or "it is no text or command"


def maildir(path: str) -> Account:
    """Return the Maildir at a path."""
    return Account("maildir", str(Path(path).absolute()))


def account(address: str) -> Account:
    """Return the mailbox that an address names.

    `imaps://user:password@host:port/folder?option=value`, `imap://` likewise, or
    `maildir:///absolute/path`; see docs/settings.md for the options. Raises
    MailboxError, which never quotes the address: it may hold a password.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise _unreadable("its host or port cannot be read") from error
    if parts.scheme == "maildir":
        return _maildir(parts)
    if parts.scheme not in PORTS:
        raise _unreadable("it begins with neither imaps://, imap:// nor maildir://")
    if not parts.hostname or not parts.username:
        raise _unreadable("it names no user or no host")
    options = _options(parts.query)
    known = options.get("starttls", "") == "yes" or not is_here(parts.hostname)
    return Account(
        scheme=parts.scheme,
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        secret=_secret(parts, options),
        starttls=parts.scheme == "imap" and known,
        ca=options.get("ca", ""),
        move=options.get("move", ""),
        since=_since(options),
    )


def _maildir(parts: SplitResult) -> Account:
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("/"):
        raise _unreadable("a Maildir is written maildir:///absolute/path")
    return maildir(path)


def _options(query: str) -> dict[str, str]:
    options = dict(parse_qsl(query))
    unknown = sorted(options.keys() - OPTIONS)
    if unknown:
        raise _unreadable(
            f"{unknown[0]!r} is no option; there are {', '.join(sorted(OPTIONS))}"
        )
    if options.get("starttls", "yes") != "yes":
        raise _unreadable("starttls can only be yes, or be left out")
    return options


def _secret(parts: SplitResult, options: dict[str, str]) -> tuple[str, str]:
    given = {name: options[name] for name in SECRETS if name in options}
    if parts.password is not None:
        given["password"] = unquote(parts.password)
    if len(given) != 1:
        raise _unreadable(f"exactly one of {', '.join(SECRETS)} is needed")
    return next(iter(given.items()))


def _since(options: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(options["since"]) if "since" in options else None
    except ValueError as error:
        raise _unreadable("since is a day such as 2026-11-01") from error


def _unreadable(why: str) -> MailboxError:
    return MailboxError(f"The mailbox's address is no good: {why}. Example: {EXAMPLE}")


def is_here(host: str) -> bool:
    """Whether a host is this machine itself: what is said to it leaves no machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
