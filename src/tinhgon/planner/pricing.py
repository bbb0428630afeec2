"""Connected groups that a set of prices undervalues: the question that drives, and closes, a proof.

A plan's value is a sum over its groups (see `Worth`). Prices y, one per node, bound it: if no group is worth
more than its nodes' prices together, no plan is worth more than all prices together (linear programming
duality). Groups are enumerated from their head, the largest node, so that their worth is known from the
start, and a branch ends when even the cheapest way to go on costs more than the group can be worth.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tinhgon.planner.compiled import compiled
from tinhgon.planner.nodes import Graph
from tinhgon.planner.problem import BoolArray, FloatArray, IntArray

ENOUGH_VISITS = 30_000  # groups looked at before a search that found some is broken off


class Worth(NamedTuple):
    """Worth of a group: `part`, plus residents of its head (they keep their unit's name), less `violation`
    for each unit that must merge if the group stays below the standard. All are residents."""

    part: float
    violation: float


class Limits(NamedTuple):
    """What is looked for: groups worth more than their prices plus `margin` (in residents; may be negative).

    With `every`, all of them; else one that is found is not grown any further, and a search that found some ends early.
    It stops at `per_head` groups for each head, and at `visits` groups looked at.
    """

    margin: float
    per_head: int
    visits: int
    every: bool = False


class Found(NamedTuple):
    """Groups found, as compressed rows of nodes, what each is worth, how many groups were looked at, and whether
    the search was complete."""

    starts: IntArray
    members: IntArray
    worths: FloatArray
    visits: int
    complete: bool


class _Path(NamedTuple):
    """The search from one head: row d of a column tells of the first d nodes of the group, row 0 is zero."""

    inside: BoolArray  # (k,) is the node in the group?
    seen: BoolArray  # (k,) is it in the group, waiting, or left out for good?
    waiting: IntArray  # (k,) neighbours that may join, in order of discovery
    nodes: IntArray
    turn: IntArray  # the place in `waiting` to look at next
    ends: IntArray  # how many are waiting
    prices: FloatArray
    gifts: FloatArray  # sum of the negative prices still to be had
    sums: FloatArray
    kinds: IntArray
    sizes: IntArray
    needs: IntArray


@compiled
def undervalued(graph: Graph, prices: FloatArray, worth: Worth, limits: Limits) -> Found:
    """Groups worth more than their prices plus the margin, in a fixed order; see `Limits`."""
    k = len(prices)
    rank = np.empty(k, dtype=np.int64)
    rank[np.argsort(graph.heads, kind="mergesort")] = np.arange(k)
    path = _path(k, graph.sums.shape[1])
    starts, members = [0], [0 for _ in range(0)]
    worths = [0.0 for _ in range(0)]
    visits, complete = 0, True
    for head in range(k):
        goal, found = worth.part + graph.heads[head], 0
        _begin(path, graph, prices, rank, head)
        depth, fresh = 1, True
        while depth > 0:
            undervalues = False
            if fresh:
                visits += 1
                value = goal - _shortfall(path, graph, depth) * worth.violation
                undervalues = value - path.prices[depth] > limits.margin
                if undervalues:
                    members.extend(list(path.nodes[:depth]))
                    starts.append(len(members))
                    worths.append(value)
                    found += 1
            hopeless = goal - path.prices[depth] - path.gifts[depth] <= limits.margin
            most = ENOUGH_VISITS if worths and not limits.every else limits.visits
            full = found >= limits.per_head or visits > most
            complete = complete and (hopeless or not full)
            if (undervalues and not limits.every) or hopeless or full or path.turn[depth] == path.ends[depth]:
                depth, fresh = _retreat(path, depth), False
            else:
                grown = _advance(path, graph, prices, rank, head, depth)
                depth, fresh = grown, grown > depth
    return Found(np.array(starts), np.array(members), np.array(worths), visits, complete)


@compiled
def _path(k: int, measures: int) -> _Path:
    """Room for groups of up to k nodes."""
    numbers = np.zeros((7, k + 2), dtype=np.int64)
    flags = np.zeros((2, k), dtype=np.bool_)
    return _Path(
        flags[0],
        flags[1],
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        np.zeros(k + 2),
        np.zeros(k + 2),
        np.zeros((k + 2, measures)),
        numbers[4],
        numbers[5],
        numbers[6],
    )


@compiled
def _begin(path: _Path, graph: Graph, prices: FloatArray, rank: IntArray, head: int) -> None:
    """The group of the head alone; only nodes of lower rank may join it."""
    path.gifts[0] = _gifts(path, graph, prices, rank, head)
    path.seen[head] = True
    _join(path, graph, prices, rank, head, head, 0)


@compiled
def _gifts(path: _Path, graph: Graph, prices: FloatArray, rank: IntArray, head: int) -> float:
    """The sum of the negative prices that a group of this head can reach."""
    path.waiting[0], path.seen[head], done, filled, total = head, True, 0, 1, 0.0
    while done < filled:
        node = path.waiting[done]
        done += 1
        for at in range(graph.indptr[node], graph.indptr[node + 1]):
            other = graph.indices[at]
            if rank[other] < rank[head] and not path.seen[other]:
                path.waiting[filled], path.seen[other] = other, True
                filled += 1
                total += min(0.0, prices[other])
    path.seen[:] = False
    return total


@compiled
def _join(
    path: _Path, graph: Graph, prices: FloatArray, rank: IntArray, head: int, node: int, depth: int
) -> None:
    """Add a node to the group of `depth` nodes; its lower neighbours wait to join."""
    new, end = depth + 1, path.ends[depth]
    path.nodes[depth], path.inside[node] = node, True
    path.prices[new] = path.prices[depth] + prices[node]
    path.gifts[new] = path.gifts[depth]
    path.sums[new] = graph.sums[node] + path.sums[depth]
    path.kinds[new] = max(path.kinds[depth], graph.kinds[node])
    path.sizes[new] = path.sizes[depth] + graph.sizes[node]
    path.needs[new] = path.needs[depth] + graph.needs[node]
    for at in range(graph.indptr[node], graph.indptr[node + 1]):
        other = graph.indices[at]
        if rank[other] < rank[head] and not path.seen[other]:
            path.waiting[end], path.seen[other] = other, True
            end += 1
    path.ends[new], path.turn[new] = end, path.turn[depth]


@compiled
def _advance(path: _Path, graph: Graph, prices: FloatArray, rank: IntArray, head: int, depth: int) -> int:
    """Take the next waiting node in, or pass it over if it may not share a group; the new depth."""
    node = path.waiting[path.turn[depth]]
    path.turn[depth] += 1
    path.gifts[depth] -= min(0.0, prices[node])
    for at in range(graph.clash_ptr[node], graph.clash_ptr[node + 1]):
        if path.inside[graph.clashes[at]]:
            return depth
    _join(path, graph, prices, rank, head, node, depth)
    return depth + 1


@compiled
def _retreat(path: _Path, depth: int) -> int:
    """Drop the last node, and the neighbours it had brought; it stays left out at the depth below."""
    for at in range(path.ends[depth - 1], path.ends[depth]):
        path.seen[path.waiting[at]] = False
    path.inside[path.nodes[depth - 1]] = False
    if depth == 1:
        path.seen[path.nodes[0]] = False
    return depth - 1


@compiled
def _shortfall(path: _Path, graph: Graph, depth: int) -> int:
    """Units in violation if the group is left as it is."""
    if path.needs[depth] == 0 or path.sizes[depth] >= graph.waive_at:
        return 0
    bounds = graph.bounds[path.kinds[depth]]
    for measure in range(len(bounds)):
        if path.sums[depth, measure] < bounds[measure]:
            return int(path.needs[depth])
    return 0
