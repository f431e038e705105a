"""All that a letter says, as plain values in one language; no model, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dsr.letters.day_words import DueDay
from dsr.letters.decided import Decided, Information, nothing_decided
from dsr.vocabulary import CorrectionVerdict, Outcome


@dataclass(frozen=True, slots=True)
class Sender:
    """The controller as it stands on the letterhead."""

    name: str
    street: str
    city: str  # with its postal code
    country: str
    website: str
    dpo_title: str
    dpo_mail: str


@dataclass(frozen=True, slots=True)
class AskedRight:
    """A right as the letter names it, and what the person wrote about it."""

    code: str
    name: str
    asked: str
    wrote: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroundWords:
    """Why something is not done, and where the law says so."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class CorrectionWords:
    """A contested datum: what it said, what became of it, where and when (Art. 16)."""

    verdict: str
    system: str
    place: str
    said: str
    says: str
    why: str = ""
    statement: str = ""
    done_on: str = ""  # empty where the system could not do it


@dataclass(frozen=True, slots=True)
class ErasureWords:
    """A category: erased, or kept under an exception until a day (Art. 17)."""

    verdict: str
    title: str
    because: str = ""
    source: str = ""
    until: str = ""
    why: str = ""
    public_steps: str = ""


@dataclass(frozen=True, slots=True)
class DoneWords:
    """Where something was done, and when; no day where it was impossible."""

    system: str
    on: str


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """An authority or mediator."""

    name: str
    address: str
    phone: str
    mail: str
    web: str
    text: str


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where a person who disagrees may turn (Art. 12(4))."""

    authority: OfficeWords
    courts: str
    mediation: OfficeWords | None = None


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What one who received data is told, and asked to do (Art. 19)."""

    why: str
    ask: str
    law: str
    identifiers: tuple[str, ...]
    details: str = ""


@dataclass(frozen=True, slots=True)
class FeeWords:
    """A fee as the letter tells it: the amount first; `law` says why at all."""

    amount: str
    law: str
    covers: str
    pay_by: str
    further_copy: bool = False


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """The review of an automated decision; `result` is empty before it is recorded.

    `unlawful` says that nothing allowed a machine to decide (Art. 22(2) and (4)).
    """

    decision: str
    unlawful: bool = False
    view_by: str = ""
    effects_suspended: bool = False
    result: str = ""
    considered: str = ""
    reasons: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class RestrictionWords:
    """A restriction of processing that is going to be lifted (Art. 18(3))."""

    says: str  # since when, and why
    source: str
    what: str
    lift_on: str = ""
    another_remains: bool = False


@dataclass(frozen=True, slots=True)
class ForwardedWords:
    """A request that another controller has to answer, as it reached us."""

    person: str
    reach: tuple[str, ...]
    wrote: str
    rights: tuple[AskedRight, ...]


@dataclass(frozen=True, slots=True)
class ObjectedWords:
    """A purpose that was objected to (Art. 21(1)).

    `fate` is stop, continue, or other: its basis is none that can be objected to;
    `applies` says which right does apply then.
    """

    title: str
    basis: str
    fate: str
    applies: str


@dataclass(frozen=True, slots=True)
class LetterContext:
    """One letter. Days are written out; `parts` are the officer's own words."""

    kind: str
    language: str
    reference: str
    date: str
    received: str
    sender: Sender
    portal: str
    remedies: Remedies
    rights: tuple[AskedRight, ...]
    addressee: tuple[str, ...] = ()
    concerning: str = ""  # the person, when somebody else writes for them
    own_reference: str = ""
    received_on: str = ""  # as it stands beside the date: without a weekday
    written_on: str = ""  # for machines: an ISO day
    due_days: tuple[DueDay, ...] = ()
    right: str = ""
    outcome: str = ""
    done_on: str = ""
    until: str = ""  # the last day that the letter names besides the legal ones
    into: str = ""  # the reference of the earlier request
    grounds: tuple[GroundWords, ...] = ()
    identifiers: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    information: Information | None = None
    decided: Mapping[str, Decided] = field(default_factory=nothing_decided)
    questions: tuple[Decided, ...] = ()
    transfer: tuple[str, ...] = ()  # what became of a direct transfer
    corrections: tuple[CorrectionWords, ...] = ()
    erasures: tuple[ErasureWords, ...] = ()
    erased_in: tuple[DoneWords, ...] = ()
    suppresses: bool = False  # whether it left an entry on the suppression list
    review: ReviewWords | None = None
    fee: FeeWords | None = None
    notice: NoticeWords | None = None
    window: str = "right"  # the side of the envelope's window
    told_us: str = ""  # when and how the person asked, if by word of mouth
    noted: str = ""  # what was noted then
    in_effect: tuple[str, ...] = ()  # what took effect at once, and what follows
    told: tuple[str, ...] = ()  # recipients that were informed
    not_told: tuple[str, ...] = ()  # that could not be
    left_over: tuple[str, ...] = ()  # what becomes of data without consent
    restriction: RestrictionWords | None = None
    frozen: tuple[RestrictionWords, ...] = ()
    examined: tuple[str, ...] = ()
    objected: tuple[ObjectedWords, ...] = ()
    erasure_opened: bool = False  # whether the case asks for erasure as well
    no_fee: str = ""
    backups: str = ""
    by_post: bool = False
    suspends: bool = True  # whether asking the person suspends the time limit
    code: str = ""
    code_minutes: int = 0
    forwarded: ForwardedWords | None = None
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def to_a_third(self) -> bool:
        """Whether it goes to somebody else than the person who asked."""
        return self.notice is not None or self.forwarded is not None

    @property
    def corrected(self) -> tuple[CorrectionWords, ...]:
        """What was corrected as asked."""
        return tuple(one for one in self.corrections if one.verdict == "correct")

    @property
    def supplemented(self) -> tuple[CorrectionWords, ...]:
        """What now has the person's statement beside it."""
        return tuple(one for one in self.corrections if one.verdict == "supplement")

    @property
    def uncorrected(self) -> tuple[CorrectionWords, ...]:
        """What stays as it is."""
        kept = CorrectionVerdict.KEPT
        return tuple(one for one in self.corrections if one.verdict in kept)

    @property
    def erased(self) -> tuple[ErasureWords, ...]:
        """What is erased."""
        return tuple(one for one in self.erasures if one.verdict == "erase")

    @property
    def kept(self) -> tuple[ErasureWords, ...]:
        """What is kept until a day."""
        return tuple(one for one in self.erasures if one.verdict == "retain")

    @property
    def without_ground(self) -> tuple[ErasureWords, ...]:
        """What nothing in Art. 17(1) asks to erase."""
        return tuple(one for one in self.erasures if not one.verdict)

    @property
    def something_done(self) -> bool:
        """Whether the request was granted, in whole or in part."""
        return self.outcome in Outcome.CARRIED_OUT

    @property
    def stopped(self) -> tuple[ObjectedWords, ...]:
        """The purposes for which an objection ended the processing."""
        stops = tuple(one for one in self.objected if one.fate == "stop")
        return stops if self.something_done else ()

    @property
    def wanted_proof(self) -> str:
        """What would settle the doubt; in a template `parts.items` is a method."""
        return self.parts.get("items", "")
