"""`make messages`: gathers the sentences to translate, and compiles the translations.

Needs gettext's xgettext and polib, which `make test` installs.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

from config.run.keys import ROOT
from config.run.terminal import say

LANGUAGES = ("fr", "nl", "de")
LOCALE = ROOT / "config" / "locale"
IGNORED = (".venv/*", "var/*", "tests/*", "docs/*")
HEADER = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms")


def catalogue(language: str, locale: Path = LOCALE) -> Path:
    """Return where the sentences of a language stand."""
    return locale / language / "LC_MESSAGES" / "django.po"


def gather() -> None:
    """Bring the catalogues up to date with the sentences in code and templates."""
    command = [sys.executable, "manage.py", "makemessages", "--no-location"]
    command += ["--no-wrap", "--no-obsolete", "--verbosity", "0"]
    for language in LANGUAGES:
        command += ["--locale", language]
    for pattern in IGNORED:
        command += ["--ignore", pattern]
    LOCALE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "SECRET_KEY": "for messages", "DATA_DIR": folder}
        subprocess.run(command, cwd=ROOT, env=environ, check=True)
    for language in LANGUAGES:
        _with_plain_header(catalogue(language))


def _with_plain_header(path: Path) -> None:
    """Keep in the header what Django needs; dates would change although nothing did."""
    entries = polib.pofile(str(path), wrapwidth=0)
    kept = {name: entries.metadata[name] for name in HEADER if name in entries.metadata}
    entries.metadata = {"Project-Id-Version": "Rightsdesk", **kept}
    entries.metadata["Language"] = path.parent.parent.name
    entries.metadata_is_fuzzy, entries.header = False, ""
    entries.save(str(path))


def compile_all() -> None:
    """Write the form that Django reads beside each catalogue."""
    for language in LANGUAGES:
        path = catalogue(language)
        entries = polib.pofile(str(path))
        entries.save_as_mofile(str(path.with_suffix(".mo")))
        missing = len(entries.untranslated_entries()) + len(entries.fuzzy_entries())
        say(f"  {language}: {len(entries)} sentences, {missing} to translate")


if __name__ == "__main__":
    gather()
    compile_all()
