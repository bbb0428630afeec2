"""The largest packing of a block: a short search, prices that bound it, and sweeps for what lies between.

A block too large for its effort is searched only; then the bound is the simplest one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.lawful import monotone
from tinhgon.planner.maxp.packing import SCALE, relax, simple_prices, trimmed
from tinhgon.planner.maxp.proof import Packing, as_sets, prove
from tinhgon.planner.maxp.search import search
from tinhgon.planner.nodes import Graph

Sets = tuple[npt.NDArray[np.int32], ...]

MOVES, MOVES_PER_NODE = 10_000, 10  # of the search, for each unit of effort
PROVABLE, LARGEST = (
    300,
    3_000,
)  # nodes of a block, for each unit of effort and at most, that prices are asked for
SHORT = 50  # the search makes so many times fewer moves where sweeps follow
STEPS = 10_000_000  # of sweeps, for each unit of effort
BRANCHES = 30  # of the second objective, for each unit of effort
ALL = 2**31 - 2  # more parts than there are


def pack(graph: Graph, *, seed: int, effort: int) -> Packing:
    """The largest packing found, and what is proven about it."""
    n = len(graph.kinds)
    moves = max(n, effort * (MOVES + MOVES_PER_NODE * n))
    if n > min(effort * PROVABLE, LARGEST):
        prices = simple_prices(graph)
        return Packing(found(graph, seed, moves), int(prices.sum()) // SCALE, prices, np.arange(n))
    plan = found(graph, seed, moves // SHORT)
    relaxation = relax(graph, as_sets([trimmed(graph, nodes) for nodes in plan]), len(plan))
    packing = Packing(plan, relaxation.bound, relaxation.prices, np.arange(n))
    return prove(graph, packing, effort * STEPS)


def found(graph: Graph, seed: int, moves: int) -> Sets:
    """The parts that the search finds; none where joining may hurt, which it cannot handle."""
    if not monotone(graph):
        return ()
    labels = search(graph, seed=seed, moves=moves, target=ALL)
    order = np.argsort(labels, kind="stable").astype(np.int32)
    return tuple(np.split(order, np.cumsum(np.bincount(labels))[:-1]))
