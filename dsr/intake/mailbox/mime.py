"""A message's parts, walked without recursion and within limits."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dsr.intake.mailbox.headers import (
    END_OF_HEADERS,
    Headers,
    decode_base64,
    read_headers,
    value_and_parameters,
)
from dsr.intake.mailbox.parsed import Limits, Signature
from dsr.intake.mailbox.wrapped import PGP_TYPES, Opened, decrypted, unwrap

GUESSED_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,69}?)[ \t]*\r?$", re.MULTILINE)
COMPARED = 60  # letters that tell whether two texts are one


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
    """All leaves in reading order, the headers of each message, what was wrong.

    `signed` is the entity that a multipart/signed signs, until its signature is met.
    `pgp_keys` open what is encrypted; `is_opened` says that they did, `is_sealed`
    that something stays closed to them.
    """

    messages: list[Headers] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    signed: bytes | None = None
    signature: Signature | None = None
    pgp_keys: bytes = b""
    is_opened: bool = False
    is_sealed: bool = False

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


def read_tree(raw: bytes, limits: Limits, pgp_keys: bytes = b"") -> Tree:
    """Read a message into its leaves; every limit that is met is a problem noted."""
    tree = Tree(pgp_keys=pgp_keys)
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
    here = replace(node, start=body, message=message)
    if content_type.startswith("multipart/"):
        boundary = _boundary(here, parameters, tree)
        if boundary:
            yield from _children(here, content_type, boundary, tree, limits)
            return
        content_type = "text/plain"
    content = _content(here, headers, content_type)
    part = Part(headers, content_type, parameters, content, message, node.alternative)
    opened = None if message else _unwrapped(part, tree, limits)
    if opened is None:
        tree.parts.append(part)
    elif opened.mime is not None and _may_go_deeper(node, tree, limits):
        inner, depth = opened.mime, node.depth + 1
        yield replace(here, buffer=inner, start=0, end=len(inner), depth=depth)
    if content_type == "message/rfc822" and _may_go_deeper(node, tree, limits):
        yield _inner_message(here, headers)


def _unwrapped(part: Part, tree: Tree, limits: Limits) -> Opened | None:
    """Put in a part's place what it wraps; None if it wraps nothing."""
    name = part.parameters.get("name", "")
    opened = unwrap(part.content_type, name, part.content, tree.signed)
    if opened is None and tree.pgp_keys:
        opened = _decrypted(part, tree, limits)
    if opened is None:
        return None
    tree.signature = tree.signature or opened.signature
    if opened.signature and not opened.signature.holds:
        tree.note("its signature does not hold: the letter may have been changed")
    for file in opened.files:
        if file.name or not _is_said_already(file.content, tree):
            parameters = {"name": file.name} if file.name else {"charset": "utf-8"}
            tree.parts.append(
                replace(
                    part,
                    headers=Headers(),
                    content_type=file.content_type,
                    parameters=parameters,
                    content=file.content,
                )
            )
    return opened


def _decrypted(part: Part, tree: Tree, limits: Limits) -> Opened | None:
    """Open what is encrypted for the desk; what stays closed stays as it is."""
    disposition = value_and_parameters(part.headers.raw("content-disposition"))[1]
    opened = decrypted(
        part.content_type,
        disposition.get("filename") or part.parameters.get("name", ""),
        part.content,
        entity=any(kind in PGP_TYPES for kind in tree.types),
        keys=tree.pgp_keys,
        most=limits.message,
    )
    if opened is not None and opened.problem:
        tree.note(opened.problem)
        tree.is_sealed = True
        return None
    tree.is_opened = tree.is_opened or bool(opened and (opened.mime or opened.files))
    return opened


def _is_said_already(letter: bytes, tree: Tree) -> bool:
    """Say whether a text part begins as this letter does: spaces and signs apart."""
    begins = re.sub(rb"<[^>]*>|[^a-zA-Z]", b"", letter[:2000])[:COMPARED]
    texts = (one.content for one in tree.parts if one.content_type.startswith("text/"))
    return any(begins in re.sub(rb"[^a-zA-Z]", b"", text[:4000]) for text in texts)


def _may_go_deeper(node: _Node, tree: Tree, limits: Limits) -> bool:
    if node.depth >= limits.depth:
        tree.note("nested too deep, the inside was not read")
        return False
    return True


def _children(
    here: _Node, content_type: str, boundary: bytes, tree: Tree, limits: Limits
) -> Iterator[_Node]:
    if not _may_go_deeper(here, tree, limits):
        return
    group = here.alternative
    if content_type.endswith("/alternative"):
        group = len(tree.types)
    spans = list(_spans(here, boundary, limits))
    if content_type == "multipart/signed" and spans and not here.message:
        # The line end before the boundary belongs to the boundary (RFC 2046, 5.1.1).
        start, end = spans[0]
        tree.signed = re.sub(rb"\r?\n\Z", b"", here.buffer[start:end])
    for start, end in spans:
        yield replace(
            here, start=start, end=end, depth=here.depth + 1, alternative=group
        )


def _inner_message(here: _Node, headers: Headers) -> _Node:
    """Go into a mail inside; bytes are copied only when they are encoded."""
    inner = replace(here, depth=here.depth + 1, message=-1, alternative=0)
    if _transfer_encoding(headers) in ("base64", "quoted-printable"):
        content = _decode_transfer(here, headers)
        inner = replace(inner, buffer=content, start=0, end=len(content))
    return inner


def _content(here: _Node, headers: Headers, content_type: str) -> bytes:
    """Decode what will be used: files of mails inside stay inside."""
    if here.message and not content_type.startswith("text"):
        return b""
    return _decode_transfer(here, headers)


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


def _boundary(here: _Node, parameters: dict[str, str], tree: Tree) -> bytes:
    declared = parameters.get("boundary", "").encode("utf-8")[:200]
    if declared and here.buffer.find(b"--" + declared, here.start, here.end) >= 0:
        return declared
    tree.note("a multipart without its boundary")
    end = min(here.end, here.start + 10_000)
    guess = GUESSED_BOUNDARY.search(here.buffer, here.start, end)
    return guess[1] if guess else b""


def _spans(here: _Node, boundary: bytes, limits: Limits) -> Iterator[tuple[int, int]]:
    line = re.compile(
        rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r?\n|\Z)", re.MULTILINE
    )
    opened = None
    for number, match in enumerate(line.finditer(here.buffer, here.start, here.end)):
        if opened is not None:
            yield opened, max(opened, match.start())
        opened = None if match[1] else match.end()
        if match[1] or number > limits.parts:
            return
    if opened is not None:
        yield opened, here.end


def _transfer_encoding(headers: Headers) -> str:
    return headers.raw("content-transfer-encoding").partition(";")[0].strip().lower()


def _decode_transfer(here: _Node, headers: Headers) -> bytes:
    encoding = _transfer_encoding(headers)
    if encoding == "base64":
        return decode_base64(memoryview(here.buffer)[here.start : here.end])
    content = here.buffer[here.start : here.end]
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    return content
