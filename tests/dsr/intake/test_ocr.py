"""Scanned letters: read by the real tesseract, and bounded whatever they are."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from dsr.intake import ocr
from dsr.intake.ocr import ScanUnreadableError, is_scan, text_of_scan

FOUR = ("fr", "nl", "de", "en")
LINES = "Ich verlange Auskunft zu\nmeinen gespeicherten Daten\nnach Artikel 15 DSGVO."


def page(text: str = LINES) -> Image.Image:
    """Draw a page as a scanner would see it."""
    picture = Image.new("L", (1000, 400), 255)
    font = ImageFont.load_default(size=40)
    ImageDraw.Draw(picture).multiline_text((60, 60), text, fill=0, font=font)
    return picture


def scan(picture: Image.Image, kind: str, *more: Image.Image) -> bytes:
    """Save pages as one file of a kind that Pillow can write."""
    file = io.BytesIO()
    several = {"save_all": True, "append_images": more} if more else {}
    picture.save(file, kind, resolution=150, **several)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_scan_is_read(kind: str) -> None:
    text = text_of_scan(scan(page(), kind), "application/octet-stream", FOUR)

    assert text.split("\n") == LINES.split("\n")


def test_a_letter_lying_on_its_side_is_read_page_by_page() -> None:
    second = page("Mit freundlichem Gruss\nErika Mustermann, Burgplatz 5")
    file = scan(page().rotate(90, expand=True), "TIFF", second)

    text = text_of_scan(file, "image/tiff", ["de"])

    assert "Artikel 15 DSGVO" in text
    assert text.endswith("Burgplatz 5")


def test_a_page_without_words_says_so() -> None:
    blank = scan(Image.new("L", (300, 200), 255), "JPEG")

    with pytest.raises(ScanUnreadableError, match="No words could be read"):
        text_of_scan(blank, "image/jpeg", FOUR)


def test_a_flood_of_points_is_refused_and_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "MEMORY", 300_000)
    flood = scan(Image.new("1", (20_000, 20_000), 1), "PNG")

    with pytest.raises(ScanUnreadableError):
        text_of_scan(flood, "image/png", FOUR)


def test_a_scan_that_takes_too_long_gives_up() -> None:
    with pytest.raises(ScanUnreadableError):
        text_of_scan(scan(page(), "PNG"), "image/png", FOUR, seconds=0)


def test_a_list_of_files_never_reaches_tesseract(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(scan(page(), "PNG"))
    listing = f"{tmp_path}/secret.png\nhttp://127.0.0.1:9/\n".encode()

    assert not is_scan(listing)
    with pytest.raises(ScanUnreadableError, match="image/png"):
        text_of_scan(listing, "image/png", FOUR)


@pytest.mark.parametrize(
    ("path", "languages", "said"),
    [
        ("/nowhere", FOUR, "tesseract is not installed"),
        (None, ["xx"], "none of these languages"),
    ],
)
def test_what_is_missing_is_named(
    path: str | None,
    languages: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if path:
        monkeypatch.setenv("PATH", path)

    with pytest.raises(ScanUnreadableError, match=said):
        text_of_scan(scan(page(), "PNG"), "image/png", languages)


def test_our_secrets_stay_with_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    seen: list[dict[str, str]] = []

    def run(*command: object, env: dict[str, str], **options: object) -> object:
        seen.append(env)
        return subprocess.CompletedProcess([], 0, b"deu\n", b"")

    monkeypatch.setattr(subprocess, "run", run)
    text_of_scan(scan(page(), "PNG"), "image/png", ["de"])

    assert [set(one) & {"SECRET_KEY"} for one in seen] == [set(), set()]
