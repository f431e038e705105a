"""The mailbox that nobody trained or tuned on: no request in it may be put aside.

Its letters were written apart from the training letters and the rules, by the labels'
definitions alone. What is measured here is what strangers' mail will meet.
"""

import json
from typing import Any

import pytest

from dsr.intake.mailbox.classify import Classification, classify
from dsr.intake.mailbox.parse import parse
from tests.dsr.intake.mailbox.samples import MAIL, REFERENCE

UNSEEN = MAIL / "unseen"
ASKING = ("new_request", "follow_up")
ASIDE = ("not_a_request", "auto_generated")
Read = list[tuple[dict[str, Any], Classification]]


@pytest.fixture(scope="module")
def mailbox() -> Read:
    labels = json.loads((UNSEEN / "labels.json").read_text(encoding="utf-8"))
    return [(label, classify(parse(raw(name)))) for name, label in labels.items()]


def raw(name: str) -> bytes:
    whole = (UNSEEN / "eml" / name).read_bytes()
    return whole.replace(b"{{CASE_REF}}", REFERENCE.encode()).replace(
        b"{{CASE_MSGID}}", b"ack-1@rightsdesk.example"
    )


def is_exact(label: dict[str, Any], found: Classification) -> bool:
    optional = set(label["optional_rights"])
    required = set(label["rights"]) - optional
    return required <= set(found.rights) <= required | optional


def test_no_request_is_put_aside(mailbox: Read) -> None:
    asking = [(one, two) for one, two in mailbox if one["kind"] in ASKING]

    assert (len(mailbox), len(asking)) == (160, 124)
    assert not [one for one, two in asking if two.kind in ASIDE]


def test_kinds_and_rights_are_read_no_worse_than_they_were(mailbox: Read) -> None:
    asking = [(one, two) for one, two in mailbox if one["kind"] in ASKING]
    others = [two for one, two in mailbox if one["kind"] in ASIDE]

    assert sum(one["kind"] == two.kind for one, two in mailbox) >= 130
    assert sum(is_exact(one, two) for one, two in asking) >= 96
    assert sum(two.kind in ASKING for two in others) <= 10
    assert sum(one["language"] == two.language for one, two in asking) == 124
