"""Charts as SVG for `<img alt>`: no script, no address, legible without colour."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape

INK, SOFT, LINE = "#16202c", "#4a5767", "#c9d2dc"
# Told apart by lightness too, so that a grey print says the same.
SHADES = ("#0b5394", "#7fb2dd", "#16202c", "#b7c4d1", "#b45309", "#e8c9a0", "#5b7a5b")
FONT = "DejaVu Sans, sans-serif"
WIDTH = 640
LETTER = 7.2  # as wide as a letter of 12 px is on average, a little generously


@dataclass(frozen=True, slots=True)
class Bar:
    """One labelled bar: its parts, in the order of the legend."""

    label: str
    parts: tuple[float, ...]
    says: str = ""

    @property
    def total(self) -> float:
        """The length of the bar."""
        return sum(self.parts)


def bars(
    rows: Sequence[Bar], legend: Sequence[str] = (), *, most: float | None = None
) -> str:
    """Return horizontal bars, one a row, each in parts, as a data URL."""
    step, top = 26, 24 if legend else 4
    left = 14 + LETTER * max((len(row.label) for row in rows), default=0)
    scale = (WIDTH - left - 70) / (
        most or max((row.total for row in rows), default=0) or 1
    )
    drawn = _legend(legend, left)
    for number, row in enumerate(rows):
        y = top + number * step
        drawn += _text(left - 8, y + 15, row.label, anchor="end")
        x = float(left)
        for place, part in enumerate(row.parts):
            drawn += _box(x, y + 3, part * scale, step - 8, SHADES[place % len(SHADES)])
            x += part * scale
        drawn += _text(x + 6, y + 15, row.says or f"{row.total:g}", colour=SOFT)
    return _svg(drawn, top + len(rows) * step + 6)


def columns(rows: Sequence[Bar], legend: Sequence[str] = ()) -> str:
    """Return upright columns, the parts of a row beside each other, as a data URL."""
    top, height, foot = 34, 130, 24
    most = max((part for row in rows for part in row.parts), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    drawn = _legend(legend, 0)
    for number, row in enumerate(rows):
        wide = min(34.0, step * 0.8 / max(len(row.parts), 1))
        x = number * step + (step - wide * len(row.parts)) / 2
        for place, part in enumerate(row.parts):
            tall = part / most * height
            colour = SHADES[place % len(SHADES)]
            drawn += _box(x, top + height - tall, wide - 2, tall, colour)
            said = f"{part:g}"
            drawn += _text(x + wide / 2, top + height - tall - 4, said, anchor="middle")
            x += wide
        middle = number * step + step / 2
        drawn += _text(middle, top + height + 16, row.label, anchor="middle")
    drawn += _box(0, top + height, WIDTH, 1, LINE)
    return _svg(drawn, top + height + foot)


def _legend(names: Sequence[str], x: float) -> str:
    drawn = ""
    for place, name in enumerate(names):
        drawn += _box(x, 3, 11, 11, SHADES[place % len(SHADES)])
        drawn += _text(x + 16, 13, name)
        x += 34 + LETTER * len(name)
    return drawn


def _box(x: float, y: float, wide: float, tall: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" '
        f'height="{max(tall, 0):.1f}" fill="{colour}"/>'
    )


def _text(
    x: float, y: float, text: str, *, anchor: str = "start", colour: str = INK
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" '
        f'fill="{colour}">{escape(text)}</text>'
    )


def _svg(drawn: str, height: float) -> str:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" font-family="{FONT}" font-size="12">'
        f"{drawn}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
