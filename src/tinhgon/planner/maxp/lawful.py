"""What it takes for nodes to make a lawful part, from their sums alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.nodes import Graph

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@compiled
def meets(graph: Graph, sums: FloatArray, kind: int, size: int) -> bool:
    """Whether nodes with these sums, largest class and number of units together meet the standard."""
    if size >= graph.waive_at:
        return True
    return bool(np.all(sums >= graph.bounds[kind]))


@compiled
def surplus(graph: Graph, sums: FloatArray, kind: int) -> float:
    """How far the sums are above the standard in the measure where it is least; a share of it, at least 0."""
    least = np.inf
    for k in range(sums.shape[0]):
        if graph.bounds[kind, k] > 0:
            least = min(least, sums[k] / graph.bounds[kind, k] - 1.0)
    return 0.0 if least == np.inf else max(least, 0.0)


@compiled
def alone(graph: Graph) -> BoolArray:
    """(k,) nodes that meet the standard by themselves."""
    found = np.zeros(len(graph.kinds), np.bool_)
    for node in range(len(found)):
        found[node] = meets(graph, graph.sums[node], graph.kinds[node], graph.sizes[node])
    return found


def monotone(graph: Graph) -> bool:
    """Whether a lawful part stays lawful when a neighbour joins it: one class of bounds, and no clashes."""
    used = graph.bounds[np.unique(graph.kinds)]
    return graph.clashes.size == 0 and bool((used == used[0]).all())


def together(graph: Graph) -> bool:
    """Whether all nodes together meet the standard."""
    return bool(meets(graph, graph.sums.sum(axis=0), int(graph.kinds.max()), int(graph.sizes.sum())))
