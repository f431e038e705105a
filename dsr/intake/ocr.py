"""Reads the words of a scanned letter with tesseract, in processes kept within bounds.

Nothing is written to disk: pages go through pipes. What is handed to tesseract is known
by its first bytes to be an image, because tesseract takes any other file for a list of
files and addresses that it should fetch.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from dsr.intake.mailbox.enclosed.kinds import PICTURE, TIFF

PAGES = 10  # of one scan; a longer letter is read up to here
SECONDS = 40.0  # for the whole scan; a page takes about 1.2
PAGE_SECONDS = 20  # of processor time, for one page
MEMORY = 1_500_000  # KiB of address space; 12 million points take about 300,000
LONGEST_TEXT = 100_000  # characters
LONGEST_SIDE = "2800"  # points of a PDF's page; A4 at 240 dots per inch
TRAINED = {"fr": "fra", "nl": "nld", "de": "deu", "en": "eng"}
# The shell sets the bounds, then becomes the program; a fork in Python would be unsafe
# beside threads.
BOUNDED = 'ulimit -v "$1" && ulimit -t "$2" && shift 2 && exec nice "$@"'


class ScanUnreadableError(Exception):
    """A scan gave no text; the message is a sentence for the officer."""


def is_scan(content: bytes) -> bool:
    """Say whether the first bytes are those of a picture or a PDF that we can read."""
    return content.startswith(b"%PDF-") or bool(PICTURE.match(content))


def text_of_scan(
    content: bytes,
    content_type: str,
    languages: Sequence[str],
    *,
    first: int = 1,
    seconds: float = SECONDS,
) -> str:
    """Read the words of a PDF, TIFF, JPEG, PNG, GIF, BMP or WebP scan.

    Args:
        content: the file; what it is, its own first bytes say.
        content_type: what it was declared to be; only named when it cannot be read.
        languages: codes such as `fr`; those that tesseract lacks are left out.
        first: the page to begin with; a cover sheet of ours lies before it.
        seconds: after which it ends with the pages it has read.

    Raises:
        ScanUnreadableError: tesseract is missing, or the file has no words it can find.

    """
    if not is_scan(content):
        what = content_type[:50] or _("unknown")
        raise ScanUnreadableError(
            _("This file (%(kind)s) is no PDF, TIFF, JPEG or PNG.") % {"kind": what}
        )
    program = _tesseract(languages)
    deadline = time.monotonic() + seconds
    pages: list[str] = []
    for command, page in _pages(content, program, deadline, first):
        output = _run(command, page, deadline)
        if output is None or not output:
            break
        pages.append(output.decode("utf-8", "replace").replace("\f", "").strip())
    text = "\n\n".join(page for page in pages if page)[:LONGEST_TEXT]
    if not text:
        raise ScanUnreadableError(_("No words could be read in this scan."))
    return text


def text_layer(content: bytes, *, first: int = 1) -> str:
    """Return the words that a PDF itself holds, from its page `first` on.

    None of a picture, or of a scan.
    """
    if not content.startswith(b"%PDF-") or not shutil.which("pdftotext"):
        return ""
    pages = ["-f", str(first), "-l", str(PAGES)]
    command = ["pdftotext", *pages, "-enc", "UTF-8", "-", "-"]
    said = _run(command, content, time.monotonic() + PAGE_SECONDS) or b""
    return said.decode("utf-8", "replace").replace("\f", "\n")[:LONGEST_TEXT].strip()


def first_page(content: bytes) -> bytes | None:
    """Return the first page as a picture; None of a PDF that cannot be drawn."""
    if not content.startswith(b"%PDF-"):
        return content
    if not shutil.which("pdftoppm"):
        return None
    return _run(_page_of_pdf(1), content, time.monotonic() + PAGE_SECONDS)


def _tesseract(languages: Sequence[str]) -> list[str]:
    """Give the command that reads a picture from its standard input."""
    if not shutil.which("tesseract"):
        raise ScanUnreadableError(
            _("Scans cannot be read here: tesseract is not installed.")
        )
    listed = _run(["tesseract", "--list-langs"], b"", time.monotonic() + 10) or b""
    trained = [TRAINED[code] for code in languages if code in TRAINED]
    there = [name for name in trained if name.encode() in listed.split()]
    if not there:
        raise ScanUnreadableError(
            _("Scans cannot be read here: tesseract has none of these languages.")
        )
    # 1: find out which way the page lies, as photographs lie anyhow.
    layout = "1" if b"osd" in listed.split() else "3"
    return ["tesseract", "-", "-", "-l", "+".join(there), "--psm", layout]


def _pages(
    content: bytes, program: list[str], deadline: float, first: int
) -> Iterator[tuple[list[str], bytes]]:
    """Give, page by page, the command to run and the picture it reads."""
    if not content.startswith(b"%PDF-"):
        count = PAGES if content.startswith(TIFF) else 1
        for number in range(first - 1, count):
            yield [*program, "-c", f"tessedit_page_number={number}"], content
        return
    if not shutil.which("pdftoppm"):
        raise ScanUnreadableError(
            _("Scans cannot be read here: pdftoppm is not installed.")
        )
    for number in range(first, PAGES + 1):
        page = _run(_page_of_pdf(number), content, deadline)
        if not page:
            return
        yield program, page


def _page_of_pdf(number: int) -> list[str]:
    page = str(number)
    return ["pdftoppm", "-f", page, "-l", page, "-gray", "-scale-to", LONGEST_SIDE, "-"]


def _run(command: list[str], given: bytes, deadline: float) -> bytes | None:
    """Run a program within bounds; None if it failed, or if the time is over."""
    bounded = ["sh", "-c", BOUNDED, "sh", str(MEMORY), str(PAGE_SECONDS), *command]
    try:
        ran = subprocess.run(
            bounded,
            input=given,
            capture_output=True,
            timeout=max(0.1, deadline - time.monotonic()),
            env=_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return ran.stdout if ran.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Leave our secrets out; one thread, as the other processors serve others."""
    kept = ("PATH", "TESSDATA_PREFIX")
    given = {name: os.environ[name] for name in kept if name in os.environ}
    return given | {"OMP_THREAD_LIMIT": "1"}
