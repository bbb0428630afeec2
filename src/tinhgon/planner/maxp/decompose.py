"""Blocks: the pieces that the packing of a connected area falls into.

A node that meets the standard alone is a minimal set by itself, and in no other one. So no minimal set reaches
past such nodes: without them the area falls into blocks that can be packed, and bounded, one by one.
"""

from __future__ import annotations

import attrs
import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.lawful import alone, monotone, together
from tinhgon.planner.nodes import Graph
from tinhgon.planner.problem import IntArray, connected_parts


@attrs.frozen(slots=True, eq=False)
class Block:
    """A connected piece of an area in which no node meets the standard alone; `nodes` are its numbers there."""

    graph: Graph
    nodes: npt.NDArray[np.int64]


def blocks(area: Graph) -> list[Block]:
    """The blocks of an area, in order of first node, without those that cannot hold a lawful part."""
    single = alone(area)
    edges = arcs(area)
    edges = edges[~single[edges].any(axis=1)]
    labels = connected_parts(len(single), edges)
    labels[single] = -1
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    found = [Block(sub_graph(area, nodes), nodes) for nodes in groups if labels[nodes[0]] >= 0]
    return [block for block in found if hopeful(block.graph)]


def hopeful(graph: Graph) -> bool:
    """Whether a lawful part may lie in the graph; exact where joining never hurts."""
    return together(graph) if monotone(graph) else len(graph.kinds) > 1


def arcs(graph: Graph) -> IntArray:
    """(e, 2) all borders, both ways."""
    heads = np.repeat(np.arange(len(graph.kinds)), np.diff(graph.indptr))
    return np.column_stack([heads, graph.indices])


def sub_graph(graph: Graph, nodes: npt.NDArray[np.int64]) -> Graph:
    """The graph of some nodes (ascending), renumbered 0.. in that order."""
    place = np.full(len(graph.kinds), -1, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    indptr, indices = _rows_within(graph.indptr, graph.indices, nodes, place)
    clash_ptr, clashes = _rows_within(graph.clash_ptr, graph.clashes, nodes, place)
    return graph._replace(
        sums=graph.sums[nodes],
        kinds=graph.kinds[nodes],
        sizes=graph.sizes[nodes],
        needs=graph.needs[nodes],
        heads=graph.heads[nodes],
        residents=graph.residents[nodes],
        indptr=indptr,
        indices=indices,
        clash_ptr=clash_ptr,
        clashes=clashes,
    )


def _rows_within(
    starts: IntArray, ends: IntArray, nodes: IntArray, place: IntArray
) -> tuple[IntArray, IntArray]:
    lengths = starts[nodes + 1] - starts[nodes]
    at = np.repeat(starts[nodes] - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths)
    targets = place[ends[at + np.arange(lengths.sum())]]
    inside = targets >= 0
    owner = np.repeat(np.arange(len(nodes)), lengths)[inside]
    indptr = np.zeros(len(nodes) + 1, dtype=np.int64)
    np.cumsum(np.bincount(owner, minlength=len(nodes)), out=indptr[1:])
    return indptr, targets[inside].astype(np.int64)
