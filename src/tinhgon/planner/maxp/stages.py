"""The largest packing of a block in stages, each with twice the effort of the one before, until it is proven.

A stage searches from a new seed, packs windows of the plan anew, and tries to prove the result or to better it by
cuts and branching. What is easy ends in the first stage; what is hard gets most of the effort at once.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.attach import attach
from tinhgon.planner.maxp.decompose import sub_graph
from tinhgon.planner.maxp.generator import below, started
from tinhgon.planner.maxp.lawful import monotone
from tinhgon.planner.maxp.packing import SCALE, relax, simple_prices, trimmed
from tinhgon.planner.maxp.proof import Packing, as_sets, prove
from tinhgon.planner.maxp.search import search
from tinhgon.planner.nodes import Graph

Sets = tuple[npt.NDArray[np.int32], ...]

MOVES, MOVES_PER_NODE = 10_000, 10  # of the search, for each unit of effort
PROVABLE = 50  # nodes of a block, for each unit of effort, from which on nothing is proven
SHORT = 50  # the first search makes so many times fewer moves than all
LONGEST = 16  # units of effort for one search: from there on several short ones find more
WINDOW = 120  # nodes packed anew together
WINDOW_EFFORT = 4
ALL = 2**31 - 2  # more parts than there are


def pack(graph: Graph, *, seed: int, effort: int) -> Packing:
    """The largest packing found, and what is proven about it; `effort` bounds all stages together."""
    moves = effort * (MOVES + MOVES_PER_NODE * len(graph.kinds))
    if len(graph.kinds) > effort * PROVABLE:
        prices = simple_prices(graph)
        return Packing(found(graph, seed, moves, ALL), int(prices.sum()) // SCALE, prices)
    plan = found(graph, seed, moves // SHORT, ALL)
    relaxation = relax(graph, as_sets([trimmed(graph, nodes) for nodes in plan]), len(plan))
    packing = Packing(plan, relaxation.bound, relaxation.prices)
    for stage, share in enumerate(shares(effort)):
        if packing.proven:
            break
        plan = searched(graph, packing, seed + 1000 * stage, share)
        plan = windowed(graph, plan, packing.bound, seed + stage, share)
        packing = prove(graph, plan, relaxation, share)
    return packing


def shares(effort: int) -> Iterator[int]:
    """The efforts of the stages.

    >>> list(shares(20))
    [1, 2, 4, 13]
    """
    share = 1
    while effort > 0:
        step = share if effort >= 3 * share else effort
        yield step
        effort -= step
        share *= 2


def searched(graph: Graph, packing: Packing, seed: int, share: int) -> Sets:
    """The best plan of a stage's searches, or the one there is."""
    best, moves = packing.sets, MOVES + MOVES_PER_NODE * len(graph.kinds)
    for start in range(-(-share // LONGEST)):
        if len(best) < packing.bound:
            plan = found(graph, seed + 1 + start, min(share, LONGEST) * moves, packing.bound)
            best = max(best, plan, key=len)
    return best


def found(graph: Graph, seed: int, moves: int, target: int) -> Sets:
    """The parts that the search finds; none where joining may hurt, which it cannot handle."""
    if not monotone(graph):
        return ()
    labels = search(graph, seed=seed, moves=moves, target=target)
    order = np.argsort(labels, kind="stable").astype(np.int32)
    return tuple(np.split(order, np.cumsum(np.bincount(labels))[:-1]))


def windowed(graph: Graph, plan: Sets, bound: int, seed: int, share: int) -> Sets:
    """The plan with windows of neighbouring parts packed anew, as many as the share pays for."""
    n = len(graph.kinds)
    if n < 2 * WINDOW or not plan or not monotone(graph):
        return plan
    state = started(seed)
    for _ in range(-(-share * n // (WINDOW * WINDOW_EFFORT))):
        if len(plan) >= bound:
            break
        labels = labels_of(graph, plan)
        chosen = around(graph, labels, below(state, n))
        nodes = np.flatnonzero(np.isin(labels, chosen))
        within = pack(sub_graph(graph, nodes), seed=below(state, 2**31), effort=WINDOW_EFFORT)
        if len(within.sets) > len(chosen):
            kept = [units for part, units in enumerate(plan) if part not in set(chosen)]
            plan = (*kept, *(nodes[units].astype(np.int32) for units in within.sets))
    return plan


def labels_of(graph: Graph, plan: Sets) -> npt.NDArray[np.int64]:
    """The part of each node, leftovers given to a part they border on."""
    labels = np.full(len(graph.kinds), -1, dtype=np.int64)
    for part, units in enumerate(plan):
        labels[units] = part
    attach(graph, labels, len(plan))
    return labels


def around(graph: Graph, labels: npt.NDArray[np.int64], middle: int) -> list[int]:
    """Parts around a node, the nearest first, until they make a window."""
    parts = {int(labels[middle]): None}
    sizes, reached, seen = np.bincount(labels), [middle], {middle}
    size = int(sizes[labels[middle]])
    for node in reached:
        for other in graph.indices[graph.indptr[node] : graph.indptr[node + 1]].tolist():
            if other in seen:
                continue
            seen.add(other)
            reached.append(other)
            part = int(labels[other])
            if part not in parts:
                if size + sizes[part] > WINDOW:
                    return list(parts)
                parts[part] = None
                size += int(sizes[part])
    return list(parts)
