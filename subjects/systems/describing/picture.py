"""Draws how a search goes through the collections: an SVG of the graph.

Left stands what a person is known by; each step to the right is one further search.
What no search reaches stands last, with the reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from subjects.systems.graph import Edge, Plan
from subjects.systems.shape import Address, Path

WIDTH, GAP = 230, 90  # of a box, and between the columns; pixels
HEAD, LINE, SPACE = 40, 16, 22  # a box's title, a line in it, between two boxes
MARGIN, TOP = 20, 56
COLOURS = ("#dbeafe", "#dcfce7", "#fef3c7", "#fae8ff", "#ffe4e6", "#cffafe")
LETTERS = 34  # that fit a line of a box
SWEEPS = 4  # passes that bring the boxes of a column near those they come from


class Port(NamedTuple):
    """A line in a box, such as a field that a way begins at, and its height."""

    name: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A collection, or an identity (whose `dataset` is empty), with its place."""

    dataset: str
    name: str
    reason: tuple[Port, ...]
    colour: str
    x: int
    y: int
    height: int
    ports: tuple[Port, ...]


class Line(NamedTuple):
    """A way that values go: the path to draw, and what to say of it."""

    path: str
    words: str
    is_long: bool  # it passes behind other boxes


Node = Address | str  # a collection, or a kind of identity


def draw(plan: Plan) -> str:
    """Return the SVG of a plan."""
    ports = _ports(plan)
    columns = _columns(plan)
    colours = _colours([*plan.reached(), *plan.unreachable])
    boxes: dict[Node, Box] = {}
    for number, column in enumerate(columns):
        y = TOP
        for node in column:
            x = MARGIN + number * (WIDTH + GAP)
            reason = plan.unreachable.get(node, "") if isinstance(node, Address) else ""
            boxes[node] = _box(node, ports[node], reason, colours, (x, y))
            y += boxes[node].height + SPACE
    width = 2 * MARGIN + len(columns) * (WIDTH + GAP) - GAP
    height = MARGIN + max((box.y + box.height for box in boxes.values()), default=TOP)
    context = {
        "boxes": boxes.values(),
        "lines": list(_lines(plan, boxes)),
        "steps": _steps(plan, columns),
        "width": width,
        "height": height,
        "box_width": WIDTH,
    }
    return render_to_string("systems/graph.svg", context)


def _ports(plan: Plan) -> dict[Node, list[str]]:
    """Return the fields of each box that a line begins or ends at."""
    ports: dict[Node, dict[str, None]] = defaultdict(dict)
    for seed in plan.seeds:
        ports[seed.target][_dotted(seed.target_path)] = None
    for edge in _edges(plan):
        ports[edge.target][_dotted(edge.target_path)] = None
        ports[edge.source][_dotted(edge.source_path)] = None
    return defaultdict(list, {node: list(names) for node, names in ports.items()})


def _edges(plan: Plan) -> list[Edge]:
    return [edge for edges in plan.edges.values() for edge in edges]


def _columns(plan: Plan) -> list[list[Node]]:
    """Return the boxes from left to right: identities, each step, what is left."""
    step_of: dict[Address, int] = {}
    sources: dict[Address, set[Address]] = defaultdict(set)
    for edge in _edges(plan):
        sources[edge.target].add(edge.source)
    for group in plan.groups:
        before = [
            step_of[source]
            for address in group
            for source in sources[address]
            if source in step_of
        ]
        step_of.update(dict.fromkeys(group, max(before, default=-1) + 1))
    steps: list[list[Node]] = [
        [] for _step in range(max(step_of.values(), default=-1) + 1)
    ]
    for address in plan.reached():
        steps[step_of[address]].append(address)
    first: list[Node] = list(dict.fromkeys(seed.identity for seed in plan.seeds))
    left_over: list[Node] = list(plan.unreachable)
    columns = [column for column in (first, *steps) if column]
    _untangle(columns, plan)
    return columns + ([left_over] if left_over else [])


def _untangle(columns: list[list[Node]], plan: Plan) -> None:
    """Order the boxes of each column by the height of those they are tied to."""
    near: dict[Node, set[Node]] = defaultdict(set)
    ties: list[tuple[Node, Node]] = [(one.identity, one.target) for one in plan.seeds]
    ties += [(edge.source, edge.target) for edge in _edges(plan)]
    for one, other in ties:
        near[one].add(other)
        near[other].add(one)
    for _sweep in range(SWEEPS):
        heights = {node: y for column in columns for y, node in enumerate(column)}
        for column in columns:
            column.sort(key=lambda node: _mean(heights, near[node], heights[node]))


def _mean(heights: Mapping[Node, int], near: Iterable[Node], own: int) -> float:
    known = [heights[node] for node in near if node in heights]
    return sum(known) / len(known) if known else own


def _colours(addresses: Sequence[Address]) -> dict[str, str]:
    datasets = sorted({address.dataset for address in addresses})
    return {key: COLOURS[n % len(COLOURS)] for n, key in enumerate(datasets)}


def _box(
    node: Node,
    names: list[str],
    reason: str,
    colours: Mapping[str, str],
    at: tuple[int, int],
) -> Box:
    x, y = at
    if isinstance(node, str):
        return Box("", node, (), "#ffffff", x, y, HEAD, ())
    ports = tuple(
        Port(name, y + HEAD + LINE * number + LINE // 2)
        for number, name in enumerate(names)
    )
    words = tuple(
        Port(line, y + HEAD + LINE * number + LINE // 2)
        for number, line in enumerate(wrap(reason, LETTERS), start=len(ports))
    )
    colour = "#f3f4f6" if reason else colours[node.dataset]
    return Box(
        dataset=node.dataset,
        name=node.collection,
        reason=words,
        colour=colour,
        x=x,
        y=y,
        height=HEAD + LINE * (len(ports) + len(words)) + 6,
        ports=ports,
    )


def _lines(plan: Plan, boxes: Mapping[Node, Box]) -> Iterable[Line]:
    for seed in plan.seeds:
        start, end = boxes[seed.identity], boxes[seed.target]
        path = _curve(start, start.y + HEAD // 2, end, _port(end, seed.target_path))
        words = f"{seed.identity} → {seed.target}.{_dotted(seed.target_path)}"
        yield Line(path, words, _is_long(start, end))
    for edge in _edges(plan):
        start, end = boxes[edge.source], boxes[edge.target]
        path = _curve(
            start, _port(start, edge.source_path), end, _port(end, edge.target_path)
        )
        words = (
            f"{edge.source}.{_dotted(edge.source_path)} → "
            f"{edge.target}.{_dotted(edge.target_path)}"
        )
        yield Line(path, words, _is_long(start, end))


def _is_long(start: Box, end: Box) -> bool:
    return end.x - start.x > WIDTH + GAP


def _port(box: Box, path: Path) -> int:
    return next(port.y for port in box.ports if port.name == _dotted(path))


def _curve(start: Box, y1: int, end: Box, y2: int) -> str:
    """Lead from the right of one box to the left of the next, or around on one side."""
    x1, x2 = start.x + WIDTH, end.x
    if x2 > x1:
        bend = (x2 - x1) // 2
        return f"M{x1},{y1} C{x1 + bend},{y1} {x2 - bend},{y2} {x2},{y2}"
    if end.x == start.x:
        x2 = x1
    bend = GAP // 2
    return f"M{x1},{y1} C{x1 + bend},{y1} {x2 + bend},{y2} {x2},{y2}"


class Step(NamedTuple):
    """The title of a column."""

    x: int
    words: str


def _steps(plan: Plan, columns: Sequence[object]) -> list[Step]:
    words = [_("known by")] if plan.seeds else []
    searches = len(columns) - len(words) - bool(plan.unreachable)
    words += [
        _("search %(number)s") % {"number": number} for number in range(1, searches + 1)
    ]
    words += [_("never reached")] if plan.unreachable else []
    return [Step(MARGIN + n * (WIDTH + GAP), text) for n, text in enumerate(words)]


def _dotted(path: Path) -> str:
    return ".".join(path)
