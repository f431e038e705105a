"""The field's own words, as choices.

A leaf: it imports nothing of ours, so every other module may import it.
"""

from dsr.vocabulary.clock import ClockEventKind, TimerKind, WhyMoved
from dsr.vocabulary.copies import InfoItem, InfoState, LeftBehind, TransferState
from dsr.vocabulary.events import Event
from dsr.vocabulary.examining import (
    Claim,
    CorrectionVerdict,
    ErasureGround,
    ErasureVerdict,
)
from dsr.vocabulary.fees import FeeBasis
from dsr.vocabulary.gates import Gate, GateAnswerCode
from dsr.vocabulary.letters import Channel, LetterKind, LetterState
from dsr.vocabulary.mail import MailFlag, TrustLevel
from dsr.vocabulary.measures import (
    LockKind,
    MeasureState,
    RestrictionGround,
    UseException,
    Weighing,
)
from dsr.vocabulary.paper import NoRequest, ScanResult
from dsr.vocabulary.people import (
    OWNER,
    RECIPIENT,
    SUBJECT,
    SYSTEM,
    Actor,
    IdentifierKind,
    Role,
)
from dsr.vocabulary.records import (
    CheckResult,
    ErrandState,
    NoticeState,
    OrderAct,
    OrderState,
)
from dsr.vocabulary.reviews import (
    ComplexityFactor,
    DecisionBasis,
    ProofResult,
    ReviewResult,
    SpecialBasis,
)
from dsr.vocabulary.rights import Outcome, RightCode
from dsr.vocabulary.states import SearchState, State

__all__ = [
    "OWNER",
    "RECIPIENT",
    "SUBJECT",
    "SYSTEM",
    "Actor",
    "Channel",
    "CheckResult",
    "Claim",
    "ClockEventKind",
    "ComplexityFactor",
    "CorrectionVerdict",
    "DecisionBasis",
    "ErasureGround",
    "ErasureVerdict",
    "ErrandState",
    "Event",
    "FeeBasis",
    "Gate",
    "GateAnswerCode",
    "IdentifierKind",
    "InfoItem",
    "InfoState",
    "LeftBehind",
    "LetterKind",
    "LetterState",
    "LockKind",
    "MailFlag",
    "MeasureState",
    "NoRequest",
    "NoticeState",
    "OrderAct",
    "OrderState",
    "Outcome",
    "ProofResult",
    "RestrictionGround",
    "ReviewResult",
    "RightCode",
    "Role",
    "ScanResult",
    "SearchState",
    "SpecialBasis",
    "State",
    "TimerKind",
    "TransferState",
    "TrustLevel",
    "UseException",
    "Weighing",
    "WhyMoved",
]
