"""The wrong-person stop: nothing goes out that is not known to be the person's own.

A record of a searched system has to hang on one of their proven keys (`ties`). What
somebody handed in hangs on nothing; it, and every document, may at least not name a
person the desk knows and leave out the one who asks.
"""

import base64
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dsr import casework
from dsr.intake.mailbox.enclosed.pdf import pdf_text
from dsr.models import SearchTask, Ticket
from exports.packages.described import Descriptions
from exports.packages.errors import PackageError, WrongPersonError
from exports.packages.spool import BEAT_EVERY
from subjects.models import Identifier, normal
from subjects.systems.shape import DatasetError
from subjects.systems.ties import Found, Ties

A_DOCUMENT = 200  # characters: a text as long as this tells of somebody
SECONDS = 2.0  # of processor time for the words of one PDF
# What a mailbox or a number looks like, wherever it stands.
KEYS = re.compile(
    r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|\+?\w[\w/.-]*\d[\w/.-]*\w|\+\d[\d ]{6,}\d"
)
WORDS = re.compile(r"\w{3,}")
DATA_URL = re.compile(r"data:[^,]{0,100};base64,")
MOST_KEYS = 500  # asked for at once


class Whose:
    """What is known of one ticket's person, and what of the findings is theirs."""

    def __init__(self, ticket: Ticket, descriptions: Descriptions) -> None:
        """Take what is described; PackageError where it does not fit together."""
        self._subject = ticket.case.subject
        self._identities = casework.identities_of(ticket)
        self._handed_in = descriptions.keys_of("people")
        self._names = {word.casefold() for word in WORDS.findall(self._subject.name)}
        self._own = {one.normalized for one in self._subject.identifiers.verified()}
        try:
            self._ties = Ties(descriptions.datasets, self._identities)
        except DatasetError as error:
            raise PackageError(str(error)) from error

    def learn(self, searches: Sequence[SearchTask], beat: Callable[[], None]) -> None:
        """Work out from all findings what the person's keys lead to.

        `beat` is called now and then, and may raise to stop.
        """
        searched = [one for one in searches if one.system not in self._handed_in]

        def findings() -> Iterator[Found]:
            for search in searched:
                for number, found in enumerate(casework.read_findings(search)):
                    if number % BEAT_EVERY == 0:
                        beat()
                    yield found["collection"], whole(found)

        self._ties.follow(findings)

    def check(
        self, system: str, found: Mapping[str, Any], given: Mapping[str, Any]
    ) -> None:
        """Raise WrongPersonError unless a record is the person's own.

        Of its documents only those count that are `given`, as they are given.
        """
        address, record = found["collection"], whole(found)
        place = f"record {found['row']} of {address}"
        if system in self._handed_in:
            self.check_text(" ".join(_texts(given)), place)
        elif not self._ties.holds(address, record):
            raise WrongPersonError(
                f"{place} hangs on no proven key of this person; withhold it, or "
                "prove the key it hangs on, or search again"
            )
        for text in _documents(given):
            self.check_text(text, place)

    def check_text(self, text: str, place: str) -> None:
        """Raise WrongPersonError where a text names another, and not this person."""
        words = {word.casefold() for word in WORDS.findall(text)}
        if words & self._names:
            return
        keys = {form for key in KEYS.findall(text) for form in _forms(key)}
        if not keys or keys & self._own:
            return
        others = Identifier.objects.verified().exclude(subject=self._subject)
        listed = sorted(keys)
        for start in range(0, len(listed), MOST_KEYS):
            some = listed[start : start + MOST_KEYS]
            if others.filter(normalized__in=some).exists():
                raise WrongPersonError(
                    f"{place} names another person and not this one; withhold it, or "
                    "have it corrected where it comes from and search again"
                )

    def check_file(self, content: bytes, place: str) -> None:
        """Raise WrongPersonError where a file names another, and not this person."""
        self.check_text(_text_of(content), place)

    def close(self) -> None:
        """Forget everything."""
        self._ties.close()


def whole(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record with the keys it was found by that nobody described."""
    record: dict[str, Any] = {**found["record"], **found.get("keys", {})}
    return record


def _forms(key: str) -> Iterator[str]:
    yield normal("email" if "@" in key else "", key.strip("."))
    if sum(sign.isdigit() for sign in key) >= 8 and "@" not in key:  # noqa: PLR2004
        yield normal("phone_number", key)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def _documents(record: Mapping[str, Any]) -> Iterator[str]:
    for text in _texts(record):
        if DATA_URL.match(text):
            yield _text_of(base64.b64decode(text.partition(",")[2]))
        elif len(text) >= A_DOCUMENT:
            yield text


def _text_of(content: bytes) -> str:
    """Return the words of a file; nothing where it has none that can be read."""
    if not content.startswith(b"%PDF-"):
        return content.decode("utf-8", "ignore")
    pages: list[str] = []
    try:
        pages.extend(pdf_text(content, time.process_time() + SECONDS))
    except Exception:  # noqa: BLE001 – what reads strangers' files raises anything
        return "\n".join(pages)
    return "\n".join(pages)
