"""The units a plan ends with: members, seat, proposed name, measures and how far they meet the standard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs
import numpy as np

from tinhgon.planner.assess import group_ratios
from tinhgon.planner.inputs.posing import Posed
from tinhgon.planner.problem import IntArray
from tinhgon.text import clean


@attrs.frozen(slots=True)
class Group:
    """One unit after the plan; `members` and `seat` are unit numbers, `sums` are in the standard's measures.

    `ratio` is the smallest share of a bound reached, infinite where nothing is asked of the group.
    """

    number: int
    members: tuple[int, ...]
    seat: int
    name: str
    kind: str
    parent: str
    sums: tuple[float, ...]
    residents: float
    ratio: float

    @property
    def merged(self) -> bool:
        """Whether more than one unit was joined."""
        return len(self.members) > 1


def groups_of(posed: Posed, labels: IntArray) -> tuple[Group, ...]:
    """The groups in order of number.

    The seat is the member with most residents, then with most of the first measure, then the first. The name
    proposed is the seat's. Where another unit of the parent bears it already, the two largest names are
    joined, and else a number is added: the name of a unit is unique in its parent (domain rule, checked
    without case).
    """
    problem = posed.problem
    ratios = group_ratios(problem, labels)
    members = _members(labels)
    seats = [_largest(posed, units) for units in members]
    kinds = [posed.units.kinds[_deciding(posed, units)] for units in members]
    names = _names(posed, members, seats, kinds)
    return tuple(
        Group(
            number=number,
            members=tuple(int(unit) for unit in units),
            seat=seats[number],
            name=names[number],
            kind=kinds[number],
            parent=problem.parent_names[int(problem.parents[units[0]])],
            sums=tuple(float(total) for total in problem.values[units].sum(axis=0)),
            residents=float(problem.residents[units].sum()),
            ratio=float(ratios[number]),
        )
        for number, units in enumerate(members)
    )


def _members(labels: IntArray) -> list[IntArray]:
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.cumsum(np.bincount(labels))[:-1])


def _size(posed: Posed, unit: int) -> tuple[float, float, int]:
    first = posed.problem.values[unit, 0] if posed.problem.values.shape[1] else 0.0
    return float(posed.problem.residents[unit]), float(first), -unit


def _largest(posed: Posed, units: Sequence[int] | IntArray) -> int:
    return int(max(units, key=lambda unit: _size(posed, int(unit))))


def _deciding(posed: Posed, units: IntArray) -> int:
    """The member whose kind the group takes: the largest of the class that decides (a ward makes a ward)."""
    classes = posed.problem.classes[units]
    return _largest(posed, units[classes == classes.max()])


def _names(
    posed: Posed, members: Sequence[IntArray], seats: Sequence[int], kinds: Sequence[str]
) -> dict[int, str]:
    """A name for each group. Units left as they are keep theirs; then the largest groups choose first."""
    parents = posed.problem.parents
    taken: set[tuple[int, str]] = set()
    names: dict[int, str] = {}
    for number in sorted(range(len(seats)), key=lambda number: _turn(posed, members[number], seats[number])):
        parent = int(parents[seats[number]])
        choices = _choices(posed, members[number], seats[number], kinds[number])
        free = (name for name in choices if (parent, _key(name)) not in taken)
        names[number] = posed.problem.names[seats[number]] if len(members[number]) == 1 else next(free)
        taken.add((parent, _key(names[number])))
    return names


def _turn(posed: Posed, units: IntArray, seat: int) -> tuple[bool, float, int]:
    return len(units) > 1, -float(posed.problem.residents[units].sum()), seat


def _choices(posed: Posed, units: IntArray, seat: int, kind: str) -> Iterator[str]:
    name = _with_kind(posed.problem.names[seat], posed.units.kinds[seat], kind)
    yield name
    others = [int(unit) for unit in units if unit != seat]
    if others:
        yield f"{name} - {posed.problem.names[_largest(posed, others)]}"
    number = 2
    while True:
        yield f"{name} {number}"
        number += 1


def _with_kind(name: str, old: str, new: str) -> str:
    """A name that begins with its kind follows the kind: of "Xã Đắk R'Moan" a ward is "Phường Đắk R'Moan"."""
    if not old or _key(old) == _key(new) or not _key(name).startswith(f"{_key(old)} "):
        return name
    return f"{new[:1].upper()}{new[1:]}{clean(name)[len(clean(old)) :]}"


def _key(name: str) -> str:
    return clean(name).casefold()
