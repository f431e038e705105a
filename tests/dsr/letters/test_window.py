"""A letter on paper: the address, and nothing else, stands in the envelope's window."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from dsr.letters.pdf import make_pdf
from dsr.letters.rendering import render
from tests.dsr.letters.contexts import LANGUAGES, a_context

WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<'
)
MM = 25.4 / 72  # poppler counts points of a 72nd of an inch
ADDRESS = (
    "Jeanne Vercanary-Lefèvre",
    "c/o Maître Luc Dupont",
    "Chaussée de Charleroi 112 bte 7",
    "1060 Saint-Gilles",
    "BELGIQUE",
)
# What is left of the window of DL, C5/6 and C5 envelopes wherever the paper slips.
SAFE = {"right": (114.0, 190.0), "left": (20.0, 100.0)}
SAFE_LINES = (57.0, 79.0)
# What any of them may show at some moment.
SHOWN = {"right": (95.0, 210.0), "left": (0.0, 120.0)}
SHOWN_LINES = (34.0, 94.0)


class Word(NamedTuple):
    """A word of a page and where it stands, in millimetres from its upper left."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of(pdf: bytes, folder: Path) -> list[Word]:
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-bbox", "-l", "1", str(path), "-"]
    page = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    found = []
    for *numbers, text in WORD.findall(page):
        left, top, right, bottom = (float(number) * MM for number in numbers)
        found.append(Word(left, top, right, bottom, text))
    return found


@pytest.mark.parametrize("window", ["right", "left"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_stands_in_the_window(
    language: str, window: str, tmp_path: Path
) -> None:
    context = replace(
        a_context("acknowledgement", "access", "", language),
        addressee=ADDRESS,
        own_reference="ML/2026/77",
        concerning="Anne Petit",
        by_post=True,
        window=window,
    )
    words = words_of(make_pdf(render(context).html or ""), tmp_path)
    left, right = SHOWN[window]
    top, bottom = SHOWN_LINES
    shown = [
        one
        for one in words
        if one.bottom > top and one.top < bottom and one.right > left
        if one.left < right
    ]
    sender = [one for one in shown if one.bottom < SAFE_LINES[0]]
    rest = [one for one in shown if one not in sender]
    assert " ".join(one.text for one in rest) == " ".join(ADDRESS)
    assert context.sender.street.split()[0] in [one.text for one in sender]
    assert all(SAFE_LINES[0] <= one.top for one in rest)
    assert all(one.bottom <= SAFE_LINES[1] for one in rest)
    assert all(SAFE[window][0] <= one.left for one in rest)
    assert all(one.right <= SAFE[window][1] for one in rest)
