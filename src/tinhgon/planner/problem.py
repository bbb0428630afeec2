"""What is asked of a planner: units, neighbours, the standard, and what must or must not be joined.

A `Problem` is plain arrays. Every planner takes one and gives a `tinhgon.planner.solution.Solution`. Parents
are independent, and inside a parent so are its connected parts: `Problem.split` gives one small problem each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from tinhgon.planner.ties import TieBreak
from tinhgon.refusal import Refusal

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer[Any]]
BoolArray = npt.NDArray[np.bool_]
Pairs = Sequence[tuple[int, int]]

ENOUGH = 1.0 - 1e-9  # share of a bound that meets it: sums of decimals (areas) differ by the order of adding


class UnableToPoseProblem(Refusal, ValueError):
    """The arrays do not describe units, neighbours and a standard; lists every defect found (a programmer's words)."""

    def __init__(self, defects: Sequence[str]) -> None:
        told = "; ".join(defects)
        super().__init__(
            f"Dữ liệu không đủ để lập phương án, hãy sửa các mục sau: {told}",
            f"the planning problem cannot be posed: {told}",
        )
        self.defects = tuple(defects)


@attrs.frozen(slots=True, eq=False)
class Standard:
    """Lower bounds that a group must meet, by class of unit.

    `bounds[c, k]` is the bound of class c on measure k (0: none). A group takes the largest class among its
    units: a ward (1) joined with a commune (0) becomes a ward. From `waive_at` units on, no bound is
    examined (NQ 76/2025/UBTVQH15: "three or more units"); None: never waived.
    """

    measures: tuple[str, ...]
    bounds: FloatArray
    waive_at: int | None = None

    def ratio(self, sums: FloatArray, kind: int, size: int) -> float:
        """The smallest share of a bound that measures `sums` (m,) reach, infinite where nothing is asked."""
        if self.waive_at is not None and size >= self.waive_at:
            return float("inf")
        bounds = self.bounds[kind]
        asked = bounds > 0
        return float(np.min(sums[asked] / bounds[asked], initial=np.inf))


@attrs.frozen(slots=True, eq=False)
class Problem:
    """Units to be grouped. Arrays are read, never written.

    `values` (n, m) are the measures the standard bounds, >= 0; `edges` (e, 2) pairs of neighbours a < b,
    unique; `classes` (n,) the row of `standard.bounds`; `parents` (n,) indices into `parent_names`, the
    border no group may cross; `residents` (n,) the weight of "renamed residents". A unit below
    `must_below` of its standard must merge, unless `obliged` (n,) says outright which units must (NQ
    653/2019 obliges only communes below half on population *and* area). `forced` pairs share a group,
    `forbidden` pairs do not, units in `alone` are not merged. `tie_break` is a last objective, if one is chosen.
    """

    ids: tuple[str, ...]
    values: FloatArray
    edges: IntArray
    standard: Standard
    classes: IntArray
    parents: IntArray
    parent_names: tuple[str, ...]
    residents: FloatArray
    names: tuple[str, ...]
    must_below: float = 0.5
    forced: tuple[tuple[int, int], ...] = ()
    forbidden: tuple[tuple[int, int], ...] = ()
    alone: frozenset[int] = frozenset()
    obliged: BoolArray | None = None
    tie_break: TieBreak | None = None

    @property
    def n(self) -> int:
        """How many units there are."""
        return len(self.ids)

    @cached_property
    def adjacency(self) -> tuple[IntArray, IntArray]:
        """Neighbours as compressed rows: those of unit i are `indices[indptr[i]:indptr[i + 1]]`, ascending.

        Edges between two parents are left out: no group crosses that border.
        """
        inside = self.edges[self.parents[self.edges[:, 0]] == self.parents[self.edges[:, 1]]]
        heads = np.concatenate([inside[:, 0], inside[:, 1]])
        tails = np.concatenate([inside[:, 1], inside[:, 0]])
        order = np.lexsort((tails, heads))
        indptr = np.zeros(self.n + 1, dtype=np.int64)
        np.cumsum(np.bincount(heads, minlength=self.n), out=indptr[1:])
        return indptr, tails[order].astype(np.int64)

    @cached_property
    def ratios(self) -> FloatArray:
        """(n,) each unit's smallest share of a bound of its own class."""
        bounds = self.standard.bounds[self.classes]
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = np.where(bounds > 0, self.values / bounds, np.inf)
        if self.standard.waive_at is not None and self.standard.waive_at <= 1:
            return np.full(self.n, np.inf)
        return np.asarray(shares.min(axis=1, initial=np.inf), dtype=np.float64)

    @cached_property
    def must(self) -> BoolArray:
        """(n,) units that have to merge. Exactly the limit is not below it ("dưới 50 %")."""
        return self.ratios < self.must_below if self.obliged is None else self.obliged

    def ratio(self, units: Iterable[int]) -> float:
        """The smallest share of a bound that these units reach together."""
        rows = np.fromiter(units, dtype=np.int64)
        return self.standard.ratio(self.values[rows].sum(axis=0), int(self.classes[rows].max()), len(rows))

    def meets(self, units: Iterable[int]) -> bool:
        """Whether these units together meet the standard."""
        return self.ratio(units) >= ENOUGH

    def part(self, units: IntArray) -> Problem:
        """The same questions about some of the units (ascending indices), renumbered 0.. in that order."""
        place = np.full(self.n, -1, dtype=np.int64)
        place[units] = np.arange(len(units))
        inside = place >= 0
        edges = self.edges[inside[self.edges].all(axis=1)]
        forced, forbidden = (
            [(a, b) for a, b in pairs if inside[a] and inside[b]] for pairs in (self.forced, self.forbidden)
        )
        return self._cut(units, place, edges, forced, forbidden, [i for i in sorted(self.alone) if inside[i]])

    def split(self) -> list[Piece]:
        """One piece for each connected part of each parent, in order of first unit; forced pairs connect."""
        inside = self.edges[self.parents[self.edges[:, 0]] == self.parents[self.edges[:, 1]]]
        links = np.concatenate([inside, np.array(self.forced, dtype=np.int64).reshape(-1, 2)])
        labels = connected_parts(self.n, links)
        members = _rows_of(labels, int(labels.max(initial=-1)) + 1)
        borders = _rows_of(labels[inside[:, 0]], len(members))
        forced, forbidden = (_pairs_of(pairs, labels) for pairs in (self.forced, self.forbidden))
        alone: dict[int, list[int]] = {}
        for unit in sorted(self.alone):
            alone.setdefault(int(labels[unit]), []).append(unit)
        place = np.zeros(self.n, dtype=np.int64)
        for units in members:
            place[units] = np.arange(len(units))
        pieces = []
        for k, (units, rows) in enumerate(zip(members, borders, strict=True)):
            special = forced.get(k, []), forbidden.get(k, []), alone.get(k, [])
            pieces.append(Piece(self._cut(units, place, inside[rows], *special), units))
        return pieces

    def _cut(
        self,
        units: IntArray,
        place: IntArray,
        edges: IntArray,
        forced: Pairs,
        forbidden: Pairs,
        alone: Sequence[int],
    ) -> Problem:
        """Some of the units with what lies inside them, renumbered by `place`."""
        return Problem(
            ids=tuple(self.ids[i] for i in units),
            values=self.values[units],
            edges=place[edges],
            standard=self.standard,
            classes=self.classes[units],
            parents=self.parents[units],
            parent_names=self.parent_names,
            residents=self.residents[units],
            names=tuple(self.names[i] for i in units),
            must_below=self.must_below,
            forced=tuple((int(place[a]), int(place[b])) for a, b in forced),
            forbidden=tuple((int(place[a]), int(place[b])) for a, b in forbidden),
            alone=frozenset(int(place[i]) for i in alone),
            obliged=None if self.obliged is None else self.obliged[units],
            tie_break=None if self.tie_break is None else self.tie_break.part(units),
        )


@attrs.frozen(slots=True, eq=False)
class Piece:
    """A connected part of one parent as a problem of its own; `units` maps its numbers to the whole's."""

    problem: Problem
    units: IntArray


def validate(problem: Problem) -> None:
    """Raise `UnableToPoseProblem` with every defect of the arrays, naming the units concerned."""
    defects = [*_shape_defects(problem)] or [*_value_defects(problem), *_pair_defects(problem)]
    if defects:
        raise UnableToPoseProblem(defects)


def _shape_defects(problem: Problem) -> Iterable[str]:
    n, m = problem.n, len(problem.standard.measures)
    expected = {"values": (n, m), "classes": (n,), "parents": (n,), "residents": (n,)}
    for field, shape in expected.items():
        if getattr(problem, field).shape != shape:
            yield f"{field} has shape {getattr(problem, field).shape} where {shape} is expected"
    if problem.edges.ndim != 2 or problem.edges.shape[1] != 2:
        yield f"edges has shape {problem.edges.shape} where (e, 2) is expected"
    if problem.standard.bounds.ndim != 2 or problem.standard.bounds.shape[1] != m:
        yield f"bounds has shape {problem.standard.bounds.shape} where (classes, {m}) is expected"
    if len(problem.names) != n or len(set(problem.ids)) != n:
        yield "names and unique ids are needed, one of each per unit"


def _value_defects(problem: Problem) -> Iterable[str]:
    weights = np.column_stack([problem.values, problem.residents])
    for label, bad in (("missing", ~np.isfinite(weights)), ("negative", weights < 0)):
        rows = np.flatnonzero(bad.any(axis=1))
        if len(rows):
            yield f"{label} measures in {_named(problem, rows)}"
    for label, codes, limit in (
        ("class", problem.classes, len(problem.standard.bounds)),
        ("parent", problem.parents, len(problem.parent_names)),
    ):
        rows = np.flatnonzero((codes < 0) | (codes >= limit))
        if len(rows):
            yield f"no known {label} for {_named(problem, rows)}"


def _pair_defects(problem: Problem) -> Iterable[str]:
    given = {"edges": problem.edges, "forced": problem.forced, "forbidden": problem.forbidden}
    for label, pairs in given.items():
        ends = np.asarray(pairs)
        if len(ends) and ((ends < 0) | (ends >= problem.n)).any():
            yield f"{label} names a unit that is not there"
        elif len(ends) and (ends[:, 0] == ends[:, 1]).any():
            yield f"{label} joins a unit with itself"


def _named(problem: Problem, rows: IntArray, most: int = 5) -> str:
    shown = ", ".join(f"{problem.names[i]} ({problem.ids[i]})" for i in rows[:most])
    return shown + (f" and {len(rows) - most} more" if len(rows) > most else "")


def connected_parts(n: int, edges: IntArray) -> IntArray:
    """(n,) the connected part that each of n things belongs to by (e, 2) edges, numbered by first member."""
    graph = coo_array((np.ones(len(edges), dtype=np.int8), (edges[:, 0], edges[:, 1])), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def _rows_of(labels: IntArray, count: int) -> list[IntArray]:
    """Rows of each label 0..count-1 in ascending order, also for labels without rows."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.cumsum(np.bincount(labels, minlength=count))[:-1]) if count else []


def _pairs_of(pairs: Pairs, labels: IntArray) -> dict[int, list[tuple[int, int]]]:
    """The pairs inside each label; a pair across two labels can never share a group."""
    found: dict[int, list[tuple[int, int]]] = {}
    for a, b in pairs:
        if labels[a] == labels[b]:
            found.setdefault(int(labels[a]), []).append((a, b))
    return found
