"""The problem in the shape the searches read: nodes (units that are forced together), by connected part.

Forced pairs are contracted to one node, forbidden borders and those of units left alone are deleted, and
nodes are numbered so that each connected part is one slice of every array.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import attrs
import numpy as np

from tinhgon.planner.compiled import compiled
from tinhgon.planner.problem import ENOUGH, FloatArray, IntArray, Problem, connected_parts
from tinhgon.refusal import Refusal

NEVER = 1 << 40  # stands for "no number of units waives the standard"


_WHY = {
    "two_parents": ("bắt buộc nhập nhưng khác đơn vị cấp trên", "forced together across two parents"),
    "forbidden": ("vừa bắt buộc vừa bị cấm nhập; bỏ một yêu cầu", "forced together and forbidden; drop one"),
    "alone": (
        "bắt buộc nhập nhưng có đơn vị phải giữ nguyên; bỏ một yêu cầu",
        "forced together, but one is left alone; drop one",
    ),
    "apart": (
        "bắt buộc nhập mà không liền kề nhau; bắt buộc cả các đơn vị ở giữa",
        "forced together without touching; force those between them as well",
    ),
}


class UnableToReconcilePairs(Refusal, ValueError):
    """Demands on pairs contradict each other; names the units and the way out."""

    def __init__(self, problem: Problem, units: IntArray, why: str) -> None:
        named = ", ".join(f"{problem.names[i]} ({problem.ids[i]})" for i in units)
        vi, en = _WHY[why]
        super().__init__(f"{named}: {vi}", f"{named}: {en}")
        self.units = tuple(int(i) for i in units)
        self.why = why


class Graph(NamedTuple):
    """A connected part as arrays for compiled code; k nodes, m measures, neighbours as compressed rows.

    `sums` (k, m) measures, `kinds` (k,) class, `sizes` (k,) units, `needs` (k,) units that must merge,
    `heads` (k,) residents of the largest unit, `residents` (k,), `indptr`/`indices` neighbours,
    `clash_ptr`/`clashes` nodes that may not share a group, `bounds` (less a rounding error) and `waive_at`
    as in the standard.
    """

    sums: FloatArray
    kinds: IntArray
    sizes: IntArray
    needs: IntArray
    heads: FloatArray
    residents: FloatArray
    indptr: IntArray
    indices: IntArray
    clash_ptr: IntArray
    clashes: IntArray
    bounds: FloatArray
    waive_at: int


@attrs.frozen(slots=True, eq=False)
class Contraction:
    """All nodes: `node_of` (n,) the node of each unit, `starts` where each connected part begins."""

    node_of: IntArray
    starts: IntArray
    whole: Graph

    def parts(self) -> list[slice]:
        """The slice of nodes of each connected part."""
        return [slice(a, b) for a, b in pairwise(self.starts.tolist())]

    def units(self, part: slice) -> IntArray:
        """The units of one part, ascending."""
        order, counts = self._order
        return np.sort(order[counts[part.start] : counts[part.stop]])

    @cached_property
    def _order(self) -> tuple[IntArray, IntArray]:
        """All units by node, and how many come before each node's."""
        return np.argsort(self.node_of, kind="stable"), np.append(0, np.cumsum(np.bincount(self.node_of)))

    def graph(self, part: slice) -> Graph:
        """The arrays of one part, its nodes numbered from 0; no edge or clash leaves a part."""
        whole, a, b = self.whole, part.start, part.stop
        near, far = whole.indptr[a : b + 1], whole.clash_ptr[a : b + 1]
        return whole._replace(
            sums=whole.sums[a:b],
            kinds=whole.kinds[a:b],
            sizes=whole.sizes[a:b],
            needs=whole.needs[a:b],
            heads=whole.heads[a:b],
            residents=whole.residents[a:b],
            indptr=near - near[0],
            indices=whole.indices[near[0] : near[-1]] - a,
            clash_ptr=far - far[0],
            clashes=whole.clashes[far[0] : far[-1]] - a,
        )


def contract(problem: Problem) -> Contraction:
    """Nodes and connected parts of a problem; raises `UnableToReconcilePairs` where demands contradict."""
    blob_of, count = _blobs(problem)
    if count < problem.n or problem.forbidden:
        _reconcile(problem, blob_of)
    edges = _open_borders(problem, blob_of)
    order, starts = breadth_first(*_rows(count, edges))
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    node_of = rank[blob_of]
    part_of = np.searchsorted(starts, node_of, side="right")
    clashes = [(node_of[a], node_of[b]) for a, b in problem.forbidden if part_of[a] == part_of[b]]
    pairs = np.array(clashes, dtype=np.int64).reshape(-1, 2)
    return Contraction(node_of, starts, _graph(problem, node_of, count, rank[edges], pairs))


@compiled
def breadth_first(indptr: IntArray, indices: IntArray) -> tuple[IntArray, IntArray]:
    """All nodes, near ones close together, and where each connected part begins (and the last ends)."""
    count = len(indptr) - 1
    order, starts = np.empty(count, dtype=np.int64), [0]
    seen = np.zeros(count, dtype=np.bool_)
    done = filled = 0
    for first in range(count):
        if seen[first]:
            continue
        order[filled], seen[first] = first, True
        filled += 1
        while done < filled:
            for at in range(indptr[order[done]], indptr[order[done] + 1]):
                if not seen[indices[at]]:
                    order[filled], seen[indices[at]] = indices[at], True
                    filled += 1
            done += 1
        starts.append(filled)
    return order, np.array(starts)


def _blobs(problem: Problem) -> tuple[IntArray, int]:
    """The blob of each unit (units forced together), numbered by first unit, and how many there are."""
    if not problem.forced:
        return np.arange(problem.n), problem.n
    labels = connected_parts(problem.n, np.array(problem.forced, dtype=np.int64))
    return labels, int(labels.max()) + 1


def _reconcile(problem: Problem, blob_of: IntArray) -> None:
    """Refuse forced pairs that cannot be one group."""
    for a, b in problem.forced:
        if problem.parents[a] != problem.parents[b]:
            raise UnableToReconcilePairs(problem, np.array([a, b]), "two_parents")
    for a, b in problem.forbidden:
        if blob_of[a] == blob_of[b]:
            raise UnableToReconcilePairs(problem, np.array([a, b]), "forbidden")
    borders = problem.edges[blob_of[problem.edges[:, 0]] == blob_of[problem.edges[:, 1]]]
    joined = connected_parts(problem.n, borders)
    for a, b in problem.forced:
        blob = np.flatnonzero(blob_of == blob_of[a])
        if problem.alone.intersection(blob.tolist()):
            raise UnableToReconcilePairs(problem, blob, "alone")
        if joined[a] != joined[b]:
            raise UnableToReconcilePairs(problem, blob, "apart")


def _open_borders(problem: Problem, blob_of: IntArray) -> IntArray:
    """(e, 2) pairs of neighbouring blobs a < b, each once, less forbidden borders and those of units alone."""
    inside = problem.edges[problem.parents[problem.edges[:, 0]] == problem.parents[problem.edges[:, 1]]]
    shut = np.zeros(problem.n, dtype=bool)
    shut[sorted(problem.alone)] = True
    inside = inside[~shut[inside].any(axis=1)]
    closed = np.array(problem.forbidden, dtype=np.int64).reshape(-1, 2)
    inside = inside[~np.isin(_keys(inside, problem.n), _keys(closed, problem.n))]
    keys = np.unique(_keys(blob_of[inside], problem.n))
    pairs = np.column_stack([keys // problem.n, keys % problem.n])
    return np.asarray(pairs[pairs[:, 0] < pairs[:, 1]])


def _keys(pairs: IntArray, n: int) -> IntArray:
    """One number for each pair, whichever comes first."""
    return np.asarray(pairs.min(axis=1, initial=n) * n + pairs.max(axis=1, initial=0))


def _graph(problem: Problem, node_of: IntArray, k: int, edges: IntArray, clashes: IntArray) -> Graph:
    """The arrays of all nodes."""
    kinds = np.zeros(k, dtype=np.int64)
    np.maximum.at(kinds, node_of, problem.classes)
    heads = np.zeros(k)
    np.maximum.at(heads, node_of, problem.residents)
    columns = [*problem.values.T, problem.residents]
    sums = np.array([np.bincount(node_of, column, k) for column in columns], dtype=np.float64)
    indptr, indices = _rows(k, edges)
    clash_ptr, clash_rows = _rows(k, clashes)
    return Graph(
        sums=np.ascontiguousarray(sums[:-1].T),
        kinds=kinds,
        sizes=np.bincount(node_of, minlength=k),
        needs=np.bincount(node_of[problem.must], minlength=k),
        heads=heads,
        residents=sums[-1],
        indptr=indptr,
        indices=indices,
        clash_ptr=clash_ptr,
        clashes=clash_rows,
        bounds=np.ascontiguousarray(problem.standard.bounds * ENOUGH, dtype=np.float64),
        waive_at=NEVER if problem.standard.waive_at is None else problem.standard.waive_at,
    )


def _rows(k: int, pairs: IntArray) -> tuple[IntArray, IntArray]:
    """Symmetric pairs as compressed rows, ascending."""
    heads = np.concatenate([pairs[:, 0], pairs[:, 1]])
    tails = np.concatenate([pairs[:, 1], pairs[:, 0]])
    order = np.lexsort((tails, heads))
    indptr = np.zeros(k + 1, dtype=np.int64)
    np.cumsum(np.bincount(heads, minlength=k), out=indptr[1:])
    return indptr, tails[order].astype(np.int64)
