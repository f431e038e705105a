"""How a table says who may do what, and in which states of a right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from dsr.vocabulary import OWNER, RECIPIENT, SUBJECT, SYSTEM, Actor, Channel, State
from tests.dsr.steps import JEANNE, RECEIVED

Roles = frozenset[str]
HANDLER, DECIDER, DPO = map(frozenset, (["handler"], ["decider"], ["dpo"]))
ADVISER, REVIEWER = frozenset(["medical_adviser"]), frozenset(["reviewer"])
PERSON, MACHINE = frozenset(["subject"]), frozenset(["system"])

# Somebody of each role, who has done nothing on the ticket; the review is Rita's.
ACTORS = {
    "handler": Actor("a", frozenset({"handler"})),
    "decider": Actor("b", frozenset({"decider"})),
    "dpo": Actor("c", frozenset({"dpo"})),
    "auditor": Actor("d", frozenset({"auditor"})),
    "medical_adviser": Actor("e", frozenset({"medical_adviser"})),
    "reviewer": Actor("rita", frozenset({"reviewer"})),
    "another reviewer": Actor("robin", frozenset({"reviewer"})),
    "admin": Actor("f", frozenset({"admin"})),
    "subject": SUBJECT,
    "system": SYSTEM,
    "owner": OWNER,
    "recipient": RECIPIENT,
    "nobody": Actor("nobody", frozenset()),
}

# The acts that only some rights know.
OWN: dict[str, set[str]] = {
    "access": {
        "ask_clarification",
        "clarify",
        "answer_information",
        "add_question",
        "clear_health",
    },
    "portability": {
        "clear_health",
        "ask_transfer",
        "accept_transfer",
        "excuse_transfer",
        "finish_transfer",
    },
    "rectification": {"verify", "judge_datum"},
    "erasure": {
        "examine_grounds",
        "examine_exceptions",
        "tell_publishers",
        "move_keep_until",
        "erase_kept",
    },
    "restriction": {"apply_restriction", "examine_restriction"},
    "objection": {"check_basis", "begin_balancing", "weigh_interests"},
    "automated_decision_review": {
        "qualify_decision",
        "assign_reviewer",
        "record_review",
        "stop_special_use",
    },
    "marketing_opt_out": {"confirm"},
    "consent_withdrawal": {
        "check_erasure",
        "check_purpose",
        "open_erasure",
        "confirm",
    },
}


def of_others(right: str) -> set[str]:
    """Return the acts of other rights that this one does not know."""
    return set().union(*OWN.values()) - OWN[right]


Step = Callable[[int], object]
Acts = Mapping[str, tuple[Roles, set[str]]]
Changes = Mapping[str, Roles]
LATE = RECEIVED + timedelta(days=40)  # month one ended on 7 April


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case comes in; `systems` says whether the list of them can be used."""

    given: Mapping[str, Any] = field(default_factory=dict)
    systems: bool = True


BY_PHONE = Opening({"email": JEANNE})
BY_FORM = Opening({"email": JEANNE, "channel": Channel.WEB})
WITHOUT_ADDRESS = Opening()
BY_AGENT = Opening({"email": "dupont@law.example", "agent_name": "Maître Dupont"})


@dataclass(frozen=True, slots=True)
class Also:
    """A fact that the shortest way to a state lacks, and what it changes there.

    `more` and `less` are told from what the table allows in this state.
    """

    fact: str
    state: str
    path: tuple[Step, ...]
    more: Changes = field(default_factory=dict)
    less: Changes = field(default_factory=dict)
    opening: Opening = BY_PHONE
    at: datetime = RECEIVED


@dataclass(frozen=True, slots=True)
class Table:
    """Every act of a right: who may do it, and in which states, and nobody else.

    `acts` holds when a state is reached on the shortest way, `also` what other facts
    change; each act of the house is allowed somewhere in these, or named in `never`
    with the reason beside it. `openings` are those of states that a telephone call
    with an address does not lead to; in `unseen` no ticket of the right is found.
    """

    acts: Acts
    never: set[str]
    also: tuple[Also, ...] = ()
    openings: Mapping[str, Opening] = field(default_factory=dict)
    paths: Mapping[State, tuple[Step, ...]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)

    def allows(self, state: str) -> set[tuple[str, str]]:
        """Return who may do what in a state reached on the shortest way."""
        return {
            (role, act)
            for act, (roles, states) in self.acts.items()
            if state in states
            for role in roles
        }
