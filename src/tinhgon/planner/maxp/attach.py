"""Leftovers: nodes outside the packed sets join a part they border on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.lawful import FloatArray, meets
from tinhgon.planner.nodes import Graph

IntArray = npt.NDArray[np.int64]
NONE = -1


@compiled
def attach(graph: Graph, labels: IntArray, count: int) -> int:
    """Let each unlabelled node (-1) join a bordering part that stays lawful with it, nearest first, in place.

    Returns how many nodes are left over; none in a connected graph where joining never hurts.
    """
    sums, kinds, sizes = part_sums(graph, labels, count)
    queue = np.empty(len(graph.indices) + len(labels), np.int64)
    filled = 0
    for node in range(len(labels)):
        if labels[node] != NONE:
            queue[filled] = node
            filled += 1
    done = 0
    while done < filled:
        part = labels[queue[done]]
        for arc in range(graph.indptr[queue[done]], graph.indptr[queue[done] + 1]):
            node = graph.indices[arc]
            if labels[node] == NONE and may_join(
                graph, labels, sums[part], kinds[part], sizes[part], node, part
            ):
                labels[node] = part
                sums[part] += graph.sums[node]
                kinds[part] = max(kinds[part], graph.kinds[node])
                sizes[part] += graph.sizes[node]
                queue[filled] = node
                filled += 1
        done += 1
    return int((labels == NONE).sum())


@compiled
def part_sums(graph: Graph, labels: IntArray, count: int) -> tuple[FloatArray, IntArray, IntArray]:
    """Sums (count, m), largest class and number of units of each part."""
    sums = np.zeros((count, graph.sums.shape[1]))
    kinds = np.zeros(count, np.int64)
    sizes = np.zeros(count, np.int64)
    for node in range(len(labels)):
        part = labels[node]
        if part != NONE:
            sums[part] += graph.sums[node]
            kinds[part] = max(kinds[part], graph.kinds[node])
            sizes[part] += graph.sizes[node]
    return sums, kinds, sizes


@compiled
def may_join(
    graph: Graph, labels: IntArray, sums: FloatArray, kind: int, size: int, node: int, part: int
) -> bool:
    """Whether the part stays lawful with the node, and holds none that must not share a part with it."""
    for arc in range(graph.clash_ptr[node], graph.clash_ptr[node + 1]):
        if labels[graph.clashes[arc]] == part:
            return False
    return meets(graph, sums + graph.sums[node], max(kind, graph.kinds[node]), size + graph.sizes[node])
