"""From a table, neighbours and a standard to the planner's problem, with everything odd reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import DisjointSet

from tinhgon.planner.inputs.adjacency import Adjacency
from tinhgon.planner.inputs.defects import Defect, UnableToReadUnits, refuse_fatal
from tinhgon.planner.inputs.standards import PosedStandard
from tinhgon.planner.inputs.units import Units
from tinhgon.planner.problem import IntArray, Problem, validate
from tinhgon.refusal import Refusal

Pairs = tuple[tuple[int, int], ...]


class UnableToHonourPairs(Refusal, ValueError):
    """Forced and forbidden pairs, or units left alone, that contradict one another; names the units."""

    def __init__(self, reasons: Sequence[tuple[str, str]]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(
            "\n  ".join(["Các cặp bắt buộc và bị cấm mâu thuẫn nhau:", *(vi for vi, _ in reasons)]),
            "\n  ".join(["Forced and forbidden pairs contradict one another:", *(en for _, en in reasons)]),
        )


@attrs.frozen(slots=True, eq=False)
class Posed:
    """A problem with what it was made from: the table, the neighbours, the standard, the defects found."""

    problem: Problem
    units: Units
    adjacency: Adjacency
    standard: PosedStandard
    defects: tuple[Defect, ...]


@attrs.frozen(slots=True)
class Wishes:
    """Pairs of unit ids that must or must not share a group, and units to leave alone."""

    forced: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()
    alone: tuple[str, ...] = ()


def pose(
    units: Units,
    adjacency: Adjacency,
    standard: PosedStandard,
    *,
    must_below: float = 0.5,
    wishes: Wishes | None = None,
    found: Iterable[Defect] = (),
) -> Posed:
    """The problem of grouping `units`. `found` are defects found on the way, to be reported with the others.

    A unit whose measure is missing counts 0 and is left as it is, and so is one with no known parent: nothing
    is guessed. Raises UnableToReadUnits for rows to be repaired first, UnableToHonourPairs for
    contradictions.
    """
    values, gaps = _values(units, standard.standard.measures)
    defects = refuse_fatal([*units.defects, *gaps, *found])
    parents, parent_names = number_parents(units)
    wanted = _numbered(units, wishes or Wishes())
    _refuse_contradictions(units, parents, *wanted)
    unknown = {defect.row - 1 for defect in defects if defect.code in {"missing_measure", "missing_parent"}}
    problem = Problem(
        ids=units.ids,
        values=values,
        edges=adjacency.edges,
        standard=standard.standard,
        classes=standard.classes,
        parents=parents,
        parent_names=parent_names,
        residents=units.residents(),
        names=units.names,
        must_below=must_below,
        forced=wanted[0],
        forbidden=wanted[1],
        alone=frozenset({*wanted[2], *unknown, *standard.unknown}),
        obliged=standard.obliged,
    )
    validate(problem)
    return Posed(problem, units, adjacency, standard, (*defects, *_lonely(problem)))


def with_wishes(
    posed: Posed, wishes: Wishes, fixed: Sequence[Sequence[str]] = ()
) -> tuple[Posed, tuple[int, ...]]:
    """The problem with further wishes, and the units they name. A `fixed` group becomes exactly that group."""
    problem = posed.problem
    forced, forbidden, alone = _numbered(posed.units, _with_fixed(problem, wishes, fixed))
    named = {unit for pair in (*forced, *forbidden) for unit in pair} | set(alone)
    forced, forbidden = (*problem.forced, *forced), (*problem.forbidden, *forbidden)
    _refuse_contradictions(posed.units, problem.parents, forced, forbidden, (*problem.alone, *alone))
    wanted = attrs.evolve(problem, forced=forced, forbidden=forbidden, alone=problem.alone | set(alone))
    return attrs.evolve(posed, problem=wanted), tuple(sorted(named))


def _with_fixed(problem: Problem, wishes: Wishes, fixed: Sequence[Sequence[str]]) -> Wishes:
    """A fixed group: its units forced together, and each forbidden with its neighbours outside."""
    indptr, indices = problem.adjacency
    number = {unit: index for index, unit in enumerate(problem.ids)}
    forced, forbidden, alone = list(wishes.forced), list(wishes.forbidden), list(wishes.alone)
    for group in fixed:
        forced += pairwise(group)
        alone += group if len(group) == 1 else ()
        for unit in (unit for unit in group if unit in number and len(group) > 1):
            near = indices[indptr[number[unit]] : indptr[number[unit] + 1]]
            forbidden += [(unit, problem.ids[other]) for other in near if problem.ids[other] not in group]
    return Wishes(tuple(forced), tuple(forbidden), tuple(alone))


def _values(units: Units, measures: Sequence[str]) -> tuple[NDArray[np.float64], list[Defect]]:
    columns = [units.measure(name) for name in measures]
    values = np.nan_to_num(np.column_stack([column for column, _ in columns]))
    return values, [defect for _, defects in columns for defect in defects]


def number_parents(units: Units) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Numbers of parents in order of first unit; each unit with no known parent is a parent of its own."""
    keys = [parent or f"\0{unit}" for parent, unit in zip(units.parents, units.ids, strict=True)]
    number = {key: index for index, key in enumerate(dict.fromkeys(keys))}
    label = dict(zip(reversed(keys), reversed(units.parent_labels), strict=True))
    names = tuple("" if key.startswith("\0") else label[key] for key in number)
    return np.array([number[key] for key in keys], dtype=np.int32), names


def _numbered(units: Units, wishes: Wishes) -> tuple[Pairs, Pairs, tuple[int, ...]]:
    number = {unit: index for index, unit in enumerate(units.ids)}
    named = {unit for pair in (*wishes.forced, *wishes.forbidden) for unit in pair} | set(wishes.alone)
    unknown = sorted(named - number.keys())
    if unknown:
        raise UnableToReadUnits(
            f"Đơn vị bắt buộc hoặc bị cấm không có trong bảng: {', '.join(unknown)}.",
            f"Forced or forbidden units that are not in the table: {', '.join(unknown)}.",
        )
    forced, forbidden = (
        tuple(dict.fromkeys((min(number[a], number[b]), max(number[a], number[b])) for a, b in pairs))
        for pairs in (wishes.forced, wishes.forbidden)
    )
    return forced, forbidden, tuple(number[unit] for unit in wishes.alone)


def _refuse_contradictions(
    units: Units, parents: IntArray, forced: Pairs, forbidden: Pairs, alone: Sequence[int]
) -> None:
    reasons = list(_contradictions(units, parents, forced, forbidden, frozenset(alone)))
    if reasons:
        raise UnableToHonourPairs(reasons)


def _contradictions(
    units: Units, parents: IntArray, forced: Pairs, forbidden: Pairs, alone: frozenset[int]
) -> Iterator[tuple[str, str]]:
    """Each contradiction in Vietnamese and English."""
    together = DisjointSet(range(len(units)))
    for a, b in forced:
        one, two = units.ids[a], units.ids[b]
        together.merge(a, b)
        if a == b:
            yield f"{one} bắt buộc nhập với chính nó", f"{one} is forced together with itself"
        if parents[a] != parents[b]:
            vi = f"{one} và {two} bắt buộc cùng nhóm nhưng khác đơn vị cấp trên"
            yield vi, f"{one} and {two} are forced together but have different parents"
        if a in alone or b in alone:
            vi = f"{one} và {two} bắt buộc cùng nhóm nhưng một đơn vị phải giữ nguyên"
            yield vi, f"{one} and {two} are forced together but one is to be left alone"
    for a, b in forbidden:
        if together.connected(a, b):
            one, two = units.ids[a], units.ids[b]
            vi = f"{one} và {two} vừa bị cấm vừa bắt buộc cùng nhóm"
            yield vi, f"{one} and {two} are forbidden but forced together"


def _lonely(problem: Problem) -> Iterator[Defect]:
    """Units with no neighbour in their parent, in parents of more than one unit."""
    neighbours = np.diff(problem.adjacency[0])
    sizes = np.bincount(problem.parents, minlength=len(problem.parent_names))
    for row in np.flatnonzero((neighbours == 0) & (sizes[problem.parents] > 1)):
        yield Defect(int(row) + 1, problem.ids[row], "no_neighbour")
