"""A message's parts, walked without recursion and within limits."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dsr.intake.mailbox.headers import (
    END_OF_HEADERS,
    Headers,
    decode_base64,
    read_headers,
    value_and_parameters,
)
from dsr.intake.mailbox.parsed import Limits

GUESSED_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,69}?)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """One leaf of the tree: its headers, its decoded bytes, whose message it is.

    `message` is 0 for the mail itself and counts up for mails inside it;
    `alternative` is the number of the multipart/alternative it stands in, or 0.
    """

    headers: Headers
    content_type: str
    parameters: dict[str, str]
    content: bytes
    message: int
    alternative: int


@dataclass
class Tree:
    """All leaves in reading order, the headers of each message, what was wrong."""

    messages: list[Headers] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def note(self, problem: str) -> None:
        """Remember a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True)
class _Node:
    buffer: bytes
    start: int
    end: int
    depth: int
    message: int
    alternative: int


def read_tree(raw: bytes, limits: Limits) -> Tree:
    """Read a message into its leaves; every limit that is met is a problem noted."""
    tree = Tree()
    if len(raw) > limits.message:
        tree.note("message too large, its end was not read")
        raw = raw[: limits.message]
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    waiting = [_Node(raw, 0, len(raw), 0, -1, 0)]
    while waiting:
        node = waiting.pop()
        if len(tree.types) >= limits.parts:
            tree.note("too many parts, the rest was not read")
            break
        # Children are put back in front, first child on top: reading order.
        waiting.extend(reversed(list(_open(node, tree, limits))))
    return tree


def _open(node: _Node, tree: Tree, limits: Limits) -> Iterator[_Node]:
    headers, body = _split_headers(node, limits)
    for problem in headers.problems:
        tree.note(problem)
    message = node.message
    if message < 0:
        message = len(tree.messages)
        tree.messages.append(headers)
    content_type, parameters = value_and_parameters(headers.raw("content-type"))
    content_type = content_type or "text/plain"
    tree.types.append(content_type)
    inside = content_type.startswith("multipart/") or content_type == "message/rfc822"
    if inside and node.depth >= limits.depth:
        tree.note("nested too deep, the inside was not read")
        return
    if content_type.startswith("multipart/"):
        boundary = _boundary(node.buffer, body, node.end, parameters, tree)
        if boundary:
            group = len(tree.types) if content_type.endswith("/alternative") else 0
            for start, end in _spans(node.buffer, body, node.end, boundary, limits):
                yield _Node(
                    node.buffer,
                    start,
                    end,
                    node.depth + 1,
                    message,
                    group or node.alternative,
                )
            return
        content_type = "text/plain"
    content = _decode_transfer(node.buffer[body : node.end], headers)
    tree.parts.append(
        Part(headers, content_type, parameters, content, message, node.alternative)
    )
    if content_type == "message/rfc822":
        yield _Node(content, 0, len(content), node.depth + 1, -1, 0)


def _split_headers(node: _Node, limits: Limits) -> tuple[Headers, int]:
    """Give the headers and where the body begins."""
    buffer, start = node.buffer, node.start
    for blank in (b"\n", b"\r\n"):
        if buffer.startswith(blank, start):
            return Headers(), start + len(blank)
    match = END_OF_HEADERS.search(buffer, start, node.end)
    stop, body = match.span() if match else (node.end, node.end)
    cut = min(stop, start + limits.header * 8 + 1)
    return read_headers(buffer[start:cut], limits), body


def _boundary(
    buffer: bytes, start: int, end: int, parameters: dict[str, str], tree: Tree
) -> bytes:
    declared = parameters.get("boundary", "").encode("utf-8")[:200]
    if declared and buffer.find(b"--" + declared, start, end) >= 0:
        return declared
    tree.note("a multipart without its boundary")
    guess = GUESSED_BOUNDARY.search(buffer, start, min(end, start + 10_000))
    return guess[1] if guess else b""


def _spans(
    buffer: bytes, start: int, end: int, boundary: bytes, limits: Limits
) -> Iterator[tuple[int, int]]:
    line = re.compile(
        rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)", re.MULTILINE
    )
    opened = None
    for number, match in enumerate(line.finditer(buffer, start, end)):
        if opened is not None:
            yield opened, max(opened, match.start())
        opened = None if match[1] else match.end()
        if match[1] or number > limits.parts:
            return
    if opened is not None:
        yield opened, end


def _decode_transfer(content: bytes, headers: Headers) -> bytes:
    encoding = headers.raw("content-transfer-encoding").partition(";")[0].lower()
    if encoding == "base64":
        return decode_base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    return content
