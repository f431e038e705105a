"""Every sentence of the product exists in the four languages."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from config.run.messages import LANGUAGES, catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


@pytest.fixture(scope="module", params=LANGUAGES)
def entries(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(catalogue(request.param)))


def test_every_sentence_is_translated(entries: polib.POFile) -> None:
    missing = [one.msgid for one in entries.untranslated_entries()]
    missing += [one.msgid for one in entries.fuzzy_entries()]

    assert missing == []


def test_a_translation_keeps_the_placeholders(entries: polib.POFile) -> None:
    changed = [
        one.msgid
        for one in entries
        for said in (one.msgstr_plural.values() if one.msgid_plural else [one.msgstr])
        if set(PLACEHOLDER.findall(said))
        - set(PLACEHOLDER.findall(one.msgid + one.msgid_plural))
        or (
            not one.msgid_plural
            and set(PLACEHOLDER.findall(one.msgid)) != set(PLACEHOLDER.findall(said))
        )
    ]

    assert changed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_django_reads_is_what_was_translated(
    language: str, tmp_path: Path
) -> None:
    compiled = tmp_path / "django.mo"

    polib.pofile(str(catalogue(language))).save_as_mofile(str(compiled))

    kept = catalogue(language).with_suffix(".mo")
    assert kept.read_bytes() == compiled.read_bytes(), "run `make messages`"


def test_no_sentence_is_missing_from_the_catalogues(tmp_path: Path) -> None:
    assert shutil.which("xgettext"), "gettext is missing: apt-get install gettext"
    copy = tmp_path / "copy"
    here = Path.cwd()
    ignored = shutil.ignore_patterns(
        ".venv", "var", "tests", "docs", ".git", ".*_cache"
    )
    shutil.copytree(here, copy, ignore=ignored)

    subprocess.run(
        [sys.executable, "-m", "config.run.messages"],
        cwd=copy,
        check=True,
        capture_output=True,
    )

    for language in LANGUAGES:
        ours = {one.msgid for one in polib.pofile(str(catalogue(language)))}
        path = copy / catalogue(language).relative_to(here)
        found = {one.msgid for one in polib.pofile(str(path))}
        assert found - ours == set(), f"{language}: run `make messages`"
        assert ours - found == set(), f"{language}: run `make messages`"
