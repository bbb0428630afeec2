"""A tidy layout: children in a row under their parent, leaves in columns, and the rows of the root as wide as A3 wants.

Whole units; a box is `WIDTH` by `HEIGHT`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from tinhgon_web.apparatus.chart.reading import Node

WIDTH, HEIGHT, ACROSS, DOWN, STEP, INDENT = 190, 58, 18, 44, 10, 18
COLUMN = 9
"""How many leaves stand in one column."""
A3 = 420 / 297
_LINE, _LINES = 27, 3


@attrs.frozen(slots=True)
class Block:
    """A part of the drawing with its own origin: boxes and connecting lines, and where the box of its root is."""

    width: int
    height: int
    boxes: list[Box]
    lines: list[str]
    root_x: int

    def moved(self, x: int, y: int) -> Iterator[tuple[list[Box], str]]:
        """Its boxes and a transform for its lines, at another place."""
        yield [attrs.evolve(box, x=box.x + x, y=box.y + y) for box in self.boxes], f"{x} {y}"


@attrs.frozen(slots=True)
class Box:
    """A unit's box; `x`, `y` is its upper left corner."""

    node: Node
    x: int
    y: int

    @property
    def text(self) -> list[str]:
        """The name in at most three lines."""
        return wrapped(self.node.name)


@attrs.frozen(slots=True)
class Chart:
    """The whole drawing: boxes, and the lines between them as one path."""

    width: int
    height: int
    boxes: list[Box]
    path: str


def chart(root: Node) -> Chart:
    """Lay out a tree, its root's children in as many rows as come nearest to the sides of A3."""
    most = max(1, min(10, len(root.children)))
    tries = [_place(root, rows) for rows in range(1, most + 1)]
    best = min(tries, key=lambda one: abs(one.width / one.height - A3))
    return Chart(best.width, best.height, best.boxes, "".join(best.lines))


def wrapped(name: str) -> list[str]:
    """A name in lines as wide as a box, the last one cut where it must be."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LINE or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1][: _LINE - 1]}…"]
    return [line if len(line) <= _LINE + 2 else f"{line[:_LINE]}…" for line in lines]


def _place(node: Node, rows: int = 1) -> Block:
    if not node.children:
        return Block(WIDTH, HEIGHT, [Box(node, 0, 0)], [], 0)
    if all(not child.children for child in node.children) and rows == 1:
        return _columns(node)
    return _rows(node, [_place(child) for child in node.children], rows)


def _columns(node: Node) -> Block:
    """Leaves one below the other, in further columns beside when they are many."""
    boxes, lines = [Box(node, 0, 0)], list[str]()
    for index, child in enumerate(node.children):
        column, row = divmod(index, COLUMN)
        x, y = INDENT + column * (WIDTH + INDENT), HEIGHT + STEP + row * (HEIGHT + STEP)
        boxes.append(Box(child, x, y))
        trunk = x - INDENT // 2
        start = HEIGHT if column == 0 else HEIGHT + STEP // 2
        lines.append(f"M{trunk} {start}V{y + HEIGHT // 2}H{x}")
    columns = -(-len(node.children) // COLUMN)
    if columns > 1:
        lines.append(f"M{INDENT // 2} {HEIGHT + STEP // 2}H{(columns - 1) * (WIDTH + INDENT) + INDENT // 2}")
    deepest = min(len(node.children), COLUMN)
    return Block(
        INDENT + columns * (WIDTH + INDENT) - INDENT, HEIGHT + deepest * (HEIGHT + STEP), boxes, lines, 0
    )


def _rows(node: Node, parts: list[Block], rows: int) -> Block:
    """Parts in rows under the root, each row hanging from a bar; the bars hang from one line at the left."""
    shelves = _shelves(parts, rows)
    left = INDENT if len(shelves) > 1 else 0
    width = left + max(sum(part.width + ACROSS for part in shelf) - ACROSS for shelf in shelves)
    root_x = (width - WIDTH) // 2
    boxes, lines = [Box(node, root_x, 0)], list[str]()
    y, bars = HEIGHT, list[int]()
    for shelf in shelves:
        bar = y + DOWN // 2
        x, centres = left, list[int]()
        for part in shelf:
            for moved, offset in part.moved(x, y + DOWN):
                boxes += moved
                lines += [_shifted(line, offset) for line in part.lines]
            centres.append(x + part.root_x + WIDTH // 2)
            lines.append(f"M{centres[-1]} {bar}V{y + DOWN}")
            x += part.width + ACROSS
        ends = [*centres, root_x + WIDTH // 2] if shelf is shelves[0] else centres
        lines.append(f"M{0 if left else min(ends)} {bar}H{max(ends)}")
        bars.append(bar)
        y += DOWN + max(part.height for part in shelf)
    lines.append(f"M{root_x + WIDTH // 2} {HEIGHT}V{bars[0]}")
    if left:
        lines.append(f"M0 {bars[0]}V{bars[-1]}")
    return Block(width, y, boxes, lines, root_x)


def _shelves(parts: list[Block], rows: int) -> list[list[Block]]:
    """Parts in their order, broken into rows of about the same width."""
    whole = sum(part.width + ACROSS for part in parts)
    shelves: list[list[Block]] = [[]]
    filled = 0
    for part in parts:
        if shelves[-1] and filled + part.width // 2 > whole * len(shelves) // rows and len(shelves) < rows:
            shelves.append([])
        shelves[-1].append(part)
        filled += part.width + ACROSS
    return shelves


def _shifted(line: str, offset: str) -> str:
    """A path of M, V and H with absolute places, elsewhere."""
    x, y = map(int, offset.split())
    move: dict[str, Callable[[str], str]] = {
        "M": lambda value: " ".join(
            str(int(part) + by) for part, by in zip(value.split(), (x, y), strict=True)
        ),
        "V": lambda value: str(int(value) + y),
        "H": lambda value: str(int(value) + x),
    }
    spaced = line.replace("M", "|M").replace("V", "|V").replace("H", "|H").strip("|")
    return "".join(part[0] + move[part[0]](part[1:]) for part in spaced.split("|"))
