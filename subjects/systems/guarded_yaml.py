"""YAML from strangers: read safely, or refused with a sentence.

PyYAML's safe loading makes no objects, but it recurses as deep as the text is
nested and lets aliases stand for aliases; both are measured here before anything
is built.
"""

from pathlib import Path
from typing import Any

import yaml

from subjects.systems.shape import DatasetError

MAX_BYTES = 16 * 2**20
MAX_DEPTH = 64
MAX_NODES = 1_000_000  # with every alias written out

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(path: Path, text: str) -> Any:
    """Return what the YAML `text` of the file at `path` says.

    Raises:
        DatasetError: it is no YAML, or is nested or aliased beyond what an honest
            description needs.

    """
    try:
        _measure(path, text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, DatasetError):
            raise
        raise DatasetError(
            f"{path}: this is not YAML ({_place(error)}); "
            "correct it there, or give the dataset's own .yml file"
        ) from error


def read_text(path: Path) -> str:
    """Return the text of the file at `path`.

    Raises:
        DatasetError: it cannot be read, is too large, or is no UTF-8.

    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DatasetError(
            f"{path}: the file cannot be read ({error.strerror}); "
            "check its name and permissions"
        ) from error
    if len(content) > MAX_BYTES:
        raise DatasetError(
            f"{path}: the file is larger than {MAX_BYTES // 2**20} MB; "
            "split it into one file per dataset"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(
            f"{path}: the file is not UTF-8 text; save it as UTF-8"
        ) from error


def _place(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "a character or value that YAML does not know"
    problem = getattr(error, "problem", None) or "it cannot be understood"
    return f"line {mark.line + 1}, column {mark.column + 1}: {problem}"


class _Weights:
    """How many nodes the text stands for, counted without building them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open: list[tuple[str | None, int]] = []
        self.anchors: dict[str, int] = {}
        self.total = 0

    def add(self, weight: int) -> None:
        self.total += weight
        if self.total > MAX_NODES:
            raise DatasetError(
                f"{self.path}: its aliases stand for more than {MAX_NODES:,} values; "
                "write them out or remove them"
            )

    def start(self, anchor: str | None) -> None:
        self.open.append((anchor, self.total))
        if len(self.open) > MAX_DEPTH:
            raise DatasetError(
                f"{self.path}: it is nested more than {MAX_DEPTH} levels deep; "
                "describe fewer levels"
            )
        self.add(1)

    def end(self) -> None:
        anchor, before = self.open.pop()
        if anchor is not None:
            self.anchors[anchor] = self.total - before

    def alias(self, anchor: str | None) -> None:
        if anchor is None or anchor not in self.anchors:
            raise DatasetError(
                f"{self.path}: alias *{anchor} stands inside what it names, or names "
                "nothing; write the value out"
            )
        self.add(self.anchors[anchor])

    def scalar(self, anchor: str | None) -> None:
        self.add(1)
        if anchor is not None:
            self.anchors[anchor] = 1


def _measure(path: Path, text: str) -> None:
    weights = _Weights(path)
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            weights.alias(event.anchor)
        elif isinstance(event, yaml.ScalarEvent):
            weights.scalar(event.anchor)
        elif isinstance(event, yaml.CollectionStartEvent):
            weights.start(event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            weights.end()
