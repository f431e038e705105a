"""A policy file is read whole or refused with one sentence."""

import re
from pathlib import Path

import pytest

from dsr import controller
from dsr.controller.checks import TIERS
from dsr.controller.reading import PolicyFileError
from dsr.vocabulary import RightCode

POLICY = (
    Path(__file__).resolve().parents[3] / "config" / "policy" / "ipa_belgium.toml"
).read_text(encoding="utf-8")

MISTAKES = [
    # what is replaced, by what, what the sentence must say
    ('limitation = "contract"', "", "retention.contract needs one of limitation and"),
    ('law = "VAT Code Art. 60"', "", "retention.accounting.law is missing; say which"),
    ('gives.de = "Eine Kopie', '#"', "rights.access.gives.de is missing; add"),
    ('jurisdiction = "BE"', "jurisdiction = 32", "identity.jurisdiction is 32; give a"),
    ("ask_max_days = 7", "ask_max_days = true", "clock[0].ask_max_days is True; give"),
    ("ask_max_days = 7", "ask_max_days = -1", "clock[0].ask_max_days is -1; give a"),
    ("exist = true", 'exist = "yes"', "automated_decisions[0].exist is 'yes'; give"),
    (
        "valid_from = 2021-06-27",
        "valid_from = 27",
        "transfers[0].valid_from is 27; giv",
    ),
    ('"suspend" ', '"pause" ', "'pause'; use one of: suspend, strict, restart"),
    ("[rights.access]", "[rights.acess]", "rights.access is missing; add the table"),
    ("[tiers.T9]", "[tiers.T10]", "tiers.T9 is missing; add the table [tiers.T9]"),
    ("extension_months", "extension_month", "clock[0].extension_month is unknown; re"),
    ("dpo.bnl@ipa", "dpo at ipa", "dpo.mail is 'dpo at ipa.example'; give an e-mail"),
    ("dpo.bnl@ipa", "a@b.be\\nBcc: dpo@ipa", "give an e-mail address"),
    ('"Europe/Brussels"', '"Europe/Bruxelles"', "give a zone like Europe/Brussels"),
    (
        'languages = ["fr", "nl"',
        'languages = ["fr", "fr"',
        "names one twice; name each",
    ),
    (
        'languages = ["fr"',
        'languages = ["it"',
        "identity.languages[0] is 'it'; use one",
    ),
    (
        'countries = ["BE", "NL", "LU"]',
        "countries = []",
        "countries is []; give a list",
    ),
    (
        'key = "complaints"',
        'key = "claims"',
        "departments[0].key is 'claims'; give",
    ),
    ('key = "claims"', 'key = "Claims!"', "departments[0].key is 'Claims!'; give"),
    ("claims@ipa", "claims at ipa", "departments[0].mail is 'claims at ipa.example'"),
    ("[dpo]", "[dpo_bnl]", "dpo_bnl is unknown; remove it or use one of: identity"),
    (
        'version = "2018-1"',
        'version = " "',
        "clock[0].version is empty; write the text",
    ),
    (
        "[[courts]]\nvalid_from = 2018-09-05",
        "[[courts]]\nvalid_to = 2017-01-01\nvalid_from = 2018-09-05",
        "courts[0].valid_to is 2017-01-01, before valid_from 2018-09-05; give a later",
    ),
    ("[identity]", "[identity", "is not valid TOML"),
]


@pytest.mark.parametrize(("text", "instead", "sentence"), MISTAKES)
def test_a_mistake_is_named_with_file_key_and_cure(
    text: str, instead: str, sentence: str, tmp_path: Path
) -> None:
    assert text in POLICY
    path = tmp_path / "other.toml"
    path.write_text(POLICY.replace(text, instead, 1), encoding="utf-8")

    with pytest.raises(PolicyFileError, match=re.escape(sentence)) as caught:
        controller.load(path)

    assert str(caught.value).startswith("other.toml")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("last", ["", "valid_to = 2030-01-01\n"])
def test_two_versions_cannot_hold_at_once(tmp_path: Path, last: str) -> None:
    path = tmp_path / "other.toml"
    one = POLICY[POLICY.index("[[courts]]") : POLICY.index("[[mediation]]")]
    block = one.replace("[[courts]]\n", f"[[courts]]\n{last}")
    path.write_text(POLICY.replace(one, block + one), encoding="utf-8")

    with pytest.raises(PolicyFileError, match=r"while courts\[0\] still holds; end"):
        controller.load(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        PolicyFileError, match=r"none\.toml cannot be read .*POLICY_FIL"
    ):
        controller.load(tmp_path / "none.toml")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes("[identity]\nname = 'Meeûs'".encode("latin-1"))

    with pytest.raises(PolicyFileError, match=r"latin\.toml is not UTF-8 text; save"):
        controller.load(path)


def test_a_key_without_its_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text("identity = 3\n", encoding="utf-8")

    with pytest.raises(PolicyFileError, match="identity is 3; give a table with keys"):
        controller.load(path)


def test_an_empty_list_of_tables_is_named(tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    start, end = POLICY.index("[sources]"), POLICY.index("[promises]")
    path.write_text(
        POLICY[:start] + "[sources]\n" + POLICY[end:],
        encoding="utf-8",
    )

    with pytest.raises(PolicyFileError, match="sources is empty; add at least one"):
        controller.load(path)


def test_the_installation_reads_its_policy_once() -> None:
    current = controller.current()

    assert current is controller.current()
    assert current.identity.name == "Inter Partner Assistance"
    assert set(current.rights) == set(RightCode.values)
    assert tuple(current.tiers) == TIERS
