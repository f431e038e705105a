"""What a policy file must say: the classes are its schema, by which it is read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Generic, Literal, Protocol, TypeVar

from dsr.controller.retention import RetentionRule
from dsr.controller.text import LANGUAGES, Language, Text

__all__ = ["LANGUAGES", "Controller", "Language", "Text", "Timeline"]

# Of the rules about time, those that do not move the legal date.
NOT_OF_THE_CLOCK = (
    "valid_from",
    "valid_to",
    "lift_notice_days",
    "postal_days",
    "notice_sla_working_days",
)


class Dated(Protocol):
    """A block that holds from one day until another, both included."""

    @property
    def valid_from(self) -> date:
        """The first day."""
        ...

    @property
    def valid_to(self) -> date | None:
        """The last day; None while no end is known."""
        ...


DatedT = TypeVar("DatedT", bound=Dated)


class NothingInForceError(LookupError):
    """No version of a block holds on the day asked for."""


@dataclass(frozen=True, slots=True)
class Timeline(Generic[DatedT]):
    """The versions of a block that changes with the law, oldest first."""

    versions: tuple[DatedT, ...]

    def on(self, day: date) -> DatedT:
        """Return the version in force on a local calendar day.

        Raises:
            NothingInForceError: the file has no version for that day.

        """
        for version in self.versions:
            if version.valid_from <= day <= (version.valid_to or date.max):
                return version
        first = self.versions[0]
        raise NothingInForceError(
            f"The policy has no {type(first).__name__} in force on {day}; "
            f"it begins on {first.valid_from}: add a version for that day"
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the controller is (Art. 4(7)) and where letters to it go."""

    name: str
    street: Text
    postal_code: str
    city: Text
    country: Text
    website: str
    jurisdiction: str  # ISO 3166 code; decides holidays, authority and courts
    time_zone: str
    countries: tuple[str, ...]  # whose people the desk answers
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class Dpo:
    """The data protection officer (Art. 37(7))."""

    title: Text
    mail: str
    mailbox_from: str  # the sender's name on a mail


@dataclass(frozen=True, slots=True)
class Letters:
    """How letters on paper travel: on which side the window of the envelope is."""

    window: Literal["right", "left"] = "right"


@dataclass(frozen=True, slots=True)
class PromisedRight:
    """One of the nine rights, as the policy promises it in plain words."""

    article: str
    title: Text
    sentence: Text
    gives: Text
    takes: Text


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why data are processed, and what allows it (Arts. 6, 13(1)(c)-(d))."""

    title: Text
    basis: tuple[str, ...]
    because: Text


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of data, and how long it is kept (Art. 15(1)(b), (d))."""

    title: Text
    kept: Text
    kept_months: int | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who receives data (Arts. 4(9), 15(1)(c), 19), and how they are told.

    `advertises` for us, and so has to learn of an objection; `relies_on_consent`
    given to us, and so of its withdrawal (C-129/21). Written to in the controller's
    first language if in none of theirs. They receive from `datasets`, by key, data of
    `categories`, as descriptions name them; of all if none is named.

    With a `url` they are told by `protocol`, and by mail of what it cannot say:
    "notice" is our own JSON, "opendsr" a request of OpenDSR 2.0. `token_env` is the
    variable of the environment that holds their bearer token.
    """

    name: str
    mail: str | None = None
    address: str | None = None
    language: Language | None = None
    advertises: bool = False
    relies_on_consent: bool = False
    datasets: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    url: str | None = None
    protocol: Literal["notice", "opendsr"] = "notice"
    token_env: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether data go there on a local calendar day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Those of one kind who receive data, by name (C-154/21)."""

    title: Text
    named: Mapping[str, Recipient]

    def names(self, day: date) -> tuple[str, ...]:
        """Return the names in force on a day."""
        return tuple(one.name for one in self.named.values() if one.holds_on(day))


@dataclass(frozen=True, slots=True)
class Transfers:
    """Transfers to third countries and their safeguards (Art. 15(2))."""

    valid_from: date
    text: Text
    safeguards: tuple[Text, ...]
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class AutomatedDecisions:
    """Whether computers decide alone, and by what logic (Art. 15(1)(h))."""

    valid_from: date
    exist: bool
    text: Text
    logic: Text
    consequences: Text
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An authority or a mediator to whom a person may turn."""

    valid_from: date
    name: Text
    address: Text
    phone: str
    mail: str
    web: Text
    text: Text
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Courts:
    """The way to a judge (Art. 79)."""

    valid_from: date
    text: Text
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What the law leaves open about the period, as the controller decided it."""

    valid_from: date
    version: str
    suspension: Literal["suspend", "strict", "restart"]
    ask_max_days: int
    postal_days: int  # by how much a letter on paper leaves before its last day
    extension_base: Literal["receipt", "chained"]
    extension_months: int
    marketing_sla_working_days: int
    lift_notice_days: int  # from the notice to the lifting of a restriction
    extension_notice_moved_by_suspension: bool
    refusal_notice_moved_by_suspension: bool
    notice_sla_working_days: int
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """How long the desk keeps one kind of its own data; no days: no fixed end."""

    data: Text
    after: Literal["creation", "release", "reply", "closure", "end_of_measure"]
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """One of the controller's own, to whom mail that is no request is handed."""

    key: str
    name: Text
    mail: str


@dataclass(frozen=True, slots=True)
class Controller:
    """A controller's published policy, whole."""

    identity: Identity
    dpo: Dpo
    channels: Mapping[str, Text]
    rights: Mapping[str, PromisedRight]
    purposes: Mapping[str, Purpose]
    categories: Mapping[str, Category]
    recipients: Mapping[str, Recipients]
    sources: Mapping[str, Text]
    promises: Mapping[str, Text]  # what the policy says beside the rights
    transfers: Timeline[Transfers]
    automated_decisions: Timeline[AutomatedDecisions]
    authority: Timeline[Office]
    courts: Timeline[Courts]
    mediation: Timeline[Office]
    clock: Timeline[ClockRules]
    tiers: Mapping[str, Tier]
    letters: Letters = Letters()
    departments: tuple[Department, ...] = ()
    retention: Mapping[str, RetentionRule] | None = None  # of the data in systems

    def department(self, key: str) -> Department | None:
        """Return the department of this key, if there is one."""
        return next((one for one in self.departments if one.key == key), None)

    def clock_policy(self, day: date) -> dict[str, Any]:
        """Return the clock's settings in force on a day, by the clock's own names."""
        rules = asdict(self.clock.on(day))
        return {key: rules[key] for key in rules if key not in NOT_OF_THE_CLOCK}

    def recipients_on(self, day: date) -> dict[str, Recipient]:
        """Return those who receive data on a day, by kind and key: `experts.demo`."""
        return {
            f"{kind}.{key}": one
            for kind, recipients in self.recipients.items()
            for key, one in recipients.named.items()
            if one.holds_on(day)
        }
