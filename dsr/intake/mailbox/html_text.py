"""HTML to the text a reader sees; in one pass over the signs, nothing is executed.

The standard parser takes quadratic time on some unclosed constructs; this reader looks
at each sign a bounded number of times. It must not be used to make HTML safe to show.
"""

import re
from dataclasses import dataclass, field
from html import unescape

SKIPPED = {"script", "style", "head", "title", "template", "svg", "math", "xml"}
SKIPPED |= {"iframe", "object", "textarea", "select", "noscript", "noembed", "audio"}
VOID = {"br", "hr", "img", "input", "meta", "link", "base", "col", "wbr", "area"}
BREAKS = {"br", "div", "tr", "li", "ul", "ol", "table", "section", "article", "header"}
BREAKS |= {"footer", "dt", "dd", "hr", "form", "title", "center", "address"}
PARAGRAPHS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
OPENINGS = {"li": "- ", "td": " ", "th": " "}
OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
NAME = re.compile(r"/?([a-zA-Z][\w:-]{0,40})")
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<!:)\shidden(?=[\s>/])",
    re.IGNORECASE,
)
LONGEST_TAG = 4_000


@dataclass
class _Page:
    pieces: list[str] = field(default_factory=list)
    quotes: int = 0
    hidden_by: str = ""
    hidden_depth: int = 0
    never_closed: set[str] = field(default_factory=set)

    def write(self, text: str) -> None:
        if not self.hidden_by and text:
            self.pieces.append(re.sub(r"\s+", " ", unescape(text)))

    def line(self, ends: str) -> None:
        if not self.hidden_by:
            self.pieces.append(ends + "> " * min(self.quotes, 5))


def html_to_text(html: str) -> str:
    """Give the visible text: blocks as lines, block quotes with "> " before them."""
    page, position = _Page(), 0
    while position < len(html):
        found = OPENING.search(html, position)
        if not found:
            page.write(html[position:])
            break
        opening = found.start()
        page.write(html[position:opening])
        position = _read_tag(html, opening, page)
    lines = "".join(page.pieces).split("\n")
    text = "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _read_tag(html: str, opening: int, page: _Page) -> int:
    """Handle what begins at the "<" and give where to read on."""
    if html.startswith("<!--", opening):
        return _after(html, "-->", opening)
    name = NAME.match(html, opening + 1, opening + 50)
    if not name:
        if html[opening + 1 : opening + 2] in ("!", "?"):
            return _after(html, ">", opening)
        page.write("<")
        return opening + 1
    end = _after(html, ">", opening)
    tag, word = html[opening:end][:LONGEST_TAG], name[1].lower()
    closes = html.startswith("/", opening + 1)
    if word in SKIPPED and not closes and not tag.endswith("/>"):
        return _after_element(html, word, end, page)
    _apply(page, word, tag, closes=closes)
    return end


def _after(html: str, mark: str, position: int) -> int:
    found = html.find(mark, position)
    return found + len(mark) if found >= 0 else len(html)


def _after_element(html: str, word: str, position: int, page: _Page) -> int:
    if word in page.never_closed:
        return position
    closing = re.compile(rf"</{word}\b", re.IGNORECASE).search(html, position)
    if closing:
        return _after(html, ">", closing.start())
    page.never_closed.add(word)
    # An unclosed script hides the rest; an unclosed "svg" or "xml" hides nothing.
    return len(html) if word in ("script", "style") else position


def _apply(page: _Page, word: str, tag: str, *, closes: bool) -> None:
    if page.hidden_by:
        if word == page.hidden_by:
            page.hidden_depth += -1 if closes else 1
            page.hidden_by = word if page.hidden_depth else ""
    elif not closes and word not in VOID and HIDDEN.search(tag):
        page.hidden_by, page.hidden_depth = word, 1
    else:
        _break(page, word, closes=closes)


def _break(page: _Page, word: str, *, closes: bool) -> None:
    if word == "blockquote":
        page.quotes = max(0, page.quotes + (-1 if closes else 1))
    if word in PARAGRAPHS:
        page.line("\n\n")
    elif word in BREAKS:
        page.line("\n")
    if word in OPENINGS and not closes:
        page.write(OPENINGS[word])
