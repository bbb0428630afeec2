"""The before/after tree: each place with what stood under it on the left, what stands there now on the right.

Lines lead from each unit to what it became. Whole units only, laid out from the top; a script moves the units along
the lines, and what it ends with is this picture.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import attrs

from tinhgon import text
from tinhgon.registry.lineage import CrosswalkRow
from tinhgon.registry.state import Register
from tinhgon_web.apparatus.comparing.asking import Ask

WIDTH, BOX, ROW, HEAD, INDENT, GAP = 1160, 430, 34, 38, 26, 18
RIGHT = WIDTH - BOX
MOST = 160
_LETTERS = 62


@attrs.frozen(slots=True)
class Box:
    """A unit on one of the two days, or (`is_head`) the unit above it; `fate` says how it looks."""

    unit: str
    name: str
    x: int
    y: int
    width: int
    is_head: bool
    fate: str

    @property
    def short(self) -> str:
        """The name as far as the box is wide."""
        most = _LETTERS - (0 if self.is_head else 4)
        return self.name if len(self.name) <= most else f"{self.name[: most - 1]}…"


@attrs.frozen(slots=True)
class Link:
    """From a box of the first day to one of the second; where only a part went, its share."""

    path: str
    fate: str
    from_y: int
    to_y: int
    target: str
    share: float

    @property
    def is_part(self) -> bool:
        """Whether only a part of the source went along it."""
        return self.share < 0.999


@attrs.frozen(slots=True)
class Tree:
    """The drawing; `hidden` changed units did not fit."""

    height: int
    before: list[Box]
    after: list[Box]
    links: list[Link]
    hidden: int
    width: int = WIDTH
    right: int = RIGHT
    box: int = BOX


def tree(register: Register, ask: Ask, pairs: list[CrosswalkRow]) -> Tree | None:
    """Lay out what changed; None when nothing did."""
    if not pairs:
        return None
    old = {row.source: register.units[row.source].parent(ask.start) or "" for row in pairs if row.source}
    new = {row.target: register.units[row.target].parent(ask.end) or "" for row in pairs if row.target}
    shown = _shown(register, ask, [*old.values(), *new.values()], old, new)
    fates = _fates(pairs)
    before, after = list[Box](), list[Box]()
    y = 0
    for parent in shown:
        left = [unit for unit, up in old.items() if up == parent]
        right = [unit for unit, up in new.items() if up == parent]
        rows = _rows(register, ask, left, right, pairs)
        before += _boxes(register, ask.start, parent, rows.before, fates[0], 0, y)
        after += _boxes(register, ask.end, parent, rows.after, fates[1], RIGHT, y)
        y += HEAD + rows.height * ROW + GAP
    drawn = {box.unit for box in (*before, *after) if not box.is_head}
    links = _links(pairs, before, after, fates[0])
    return Tree(y - GAP, before, after, links, len({*old, *new}) - len(drawn))


def _shown(
    register: Register, ask: Ask, parents: Iterable[str], old: dict[str, str], new: dict[str, str]
) -> list[str]:
    """The units above, by name, as many as fit."""
    sizes: dict[str, int] = defaultdict(int)
    for up in (*old.values(), *new.values()):
        sizes[up] += 1
    ordered = sorted(set(parents), key=lambda id_: (_rank(register, ask, id_), id_))
    shown, total = list[str](), 0
    for parent in ordered:
        if shown and total + sizes[parent] > MOST:
            break
        shown.append(parent)
        total += sizes[parent]
    return shown


def _rank(register: Register, ask: Ask, id_: str) -> tuple[int, str]:
    unit = register.units.get(id_)
    depth = 0 if unit is None else sum(1 for _ in register.ancestors(id_, ask.end))
    return depth, "" if unit is None else text.sort_key(unit.name(ask.end))


class Rows(NamedTuple):
    """Unit -> its row within a group, in half rows, on each side; how many whole rows the group takes."""

    before: dict[str, int]
    after: dict[str, int]
    height: int


def _rows(register: Register, ask: Ask, left: list[str], right: list[str], pairs: list[CrosswalkRow]) -> Rows:
    """What becomes one unit stands together, in the order of names, and that unit beside its middle."""
    largest: dict[str, tuple[float, str]] = {}
    for row in pairs:
        if row.source and row.target:
            largest[row.source] = max(largest.get(row.source, (0.0, "")), (row.share, row.target))
    bundles: dict[str, list[str]] = {unit: [] for unit in _by_name(register, ask.end, right)}
    alone: list[str] = []
    for unit in _by_name(register, ask.start, left):
        target = largest.get(unit, (0.0, ""))[1]
        bundles.get(target, alone).append(unit)
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    top = 0
    for target, sources in bundles.items():
        for index, unit in enumerate(sources):
            before[unit] = 2 * (top + index)
        rows = max(len(sources), 1)
        after[target] = 2 * top + rows - 1
        top += rows
    before.update({unit: 2 * (top + index) for index, unit in enumerate(alone)})
    return Rows(before, after, top + len(alone))


def _by_name(register: Register, day: dt.date, units: list[str]) -> list[str]:
    return sorted(units, key=lambda id_: (text.sort_key(register.units[id_].name(day)), id_))


def _fates(pairs: list[CrosswalkRow]) -> tuple[dict[str, str], dict[str, str]]:
    """How units look before and after: gone into another, dissolved, staying; new, grown, changed."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for row in pairs:
        if row.target and row.source:
            sources[row.target].add(row.source)
    for row in pairs:
        if row.source:
            stays = row.source == row.target
            before[row.source] = (
                "stays" if stays else before.get(row.source, "joins" if row.target else "ends")
            )
        if row.target:
            came = sources[row.target]
            own = row.target in came
            after[row.target] = ("grown" if len(came) > 1 else "stays") if own else "new"
    return before, after


def _boxes(
    register: Register,
    day: dt.date,
    parent: str,
    rows: dict[str, int],
    fates: dict[str, str],
    x: int,
    y: int,
) -> list[Box]:
    """The head of a group and the units under it on one side."""
    above = register.units.get(parent)
    boxes = [Box(parent, "" if above is None else above.name(day), x, y, BOX, True, "")]
    for unit, half in sorted(rows.items(), key=lambda one: one[1]):
        top = y + HEAD + half * ROW // 2
        name = register.units[unit].name(day)
        boxes.append(Box(unit, name, x + INDENT, top, BOX - INDENT, False, fates[unit]))
    return boxes


def _links(
    pairs: list[CrosswalkRow], before: list[Box], after: list[Box], fates: dict[str, str]
) -> list[Link]:
    left = {box.unit: box for box in before if not box.is_head}
    right = {box.unit: box for box in after if not box.is_head}
    links = []
    for row in pairs:
        if row.source in left and row.target in right:
            one, other = left[row.source], right[row.target]
            y1, y2 = one.y + ROW // 2 - 3, other.y + ROW // 2 - 3
            bend = (RIGHT - BOX) // 2
            path = f"M{BOX} {y1}C{BOX + bend} {y1} {RIGHT + INDENT - bend} {y2} {RIGHT + INDENT} {y2}"
            fate = "stays" if row.source == row.target else fates[row.source]
            links.append(Link(path, fate, y1, y2, row.target, row.share))
    return links
