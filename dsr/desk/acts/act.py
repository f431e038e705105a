"""What the desk's page of an act needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dsr.desk.act_forms import ActForm
from dsr.vocabulary import LetterKind


@dataclass(frozen=True, slots=True)
class DeskAct:
    """An act with a page of its own.

    `says` is what it will do, `then` what comes next; `letter` what goes out.
    `label` is only for those that the policy does not list; `rare` acts stand apart
    on the card, so that the usual ones are found at a glance.
    """

    form: type[ActForm]
    do: Callable[..., Any]
    says: Promise
    then: Promise
    letter: LetterKind | None = None
    label: Promise | str = ""
    rare: bool = False
