"""The deck of a sweep: nodes in an order that keeps neighbours close, sets as bit masks in that order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.minimal import CostArray, Sets
from tinhgon.planner.maxp.sweep import WORD, Deck
from tinhgon.planner.nodes import Graph, breadth_first
from tinhgon.planner.problem import IntArray

FloatArray = npt.NDArray[np.float64]

DENSE = 1_200  # nodes; for more the spectrum takes too long
DIRECTIONS = 3  # in which a graph is swept
DIGITS = 8  # of the spectrum: what follows is noise, and the order must be the same again


def orders(graph: Graph) -> list[IntArray]:
    """Orders of the nodes across the graph, in different directions, the narrowest first: few nodes then lie between
    what is decided and what is not. From two eigenvectors of its Laplacian (Barnard, Pothen and Simon 1995), or one
    order of breadth-first search where it is large.
    """
    n = len(graph.kinds)
    if n > DENSE:
        return [np.asarray(breadth_first(graph.indptr, graph.indices)[0])]
    laplacian = np.diag(np.diff(graph.indptr).astype(np.float64))
    heads = np.repeat(np.arange(n), np.diff(graph.indptr))
    laplacian[heads, graph.indices] -= 1.0
    across, up = (
        _upright(vector) for vector in np.linalg.eigh(laplacian)[1].T[[min(1, n - 1), min(2, n - 1)]]
    )
    turned = (
        np.cos(angle) * across + np.sin(angle) * up for angle in np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    )
    found = [np.argsort(np.round(vector, DIGITS), kind="stable") for vector in turned]
    return sorted(found, key=lambda order: _width(graph, order))


def _upright(vector: FloatArray) -> FloatArray:
    """An eigenvector with the sign at which its first entry, but for noise, is positive."""
    entries = np.round(vector, DIGITS)
    return vector if entries[np.flatnonzero(entries)[:1]].sum() >= 0 else -vector


def _width(graph: Graph, order: IntArray) -> int:
    """How long nodes are undecided beside a decided one, all together."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    first = place.copy()
    np.minimum.at(first, np.repeat(np.arange(len(order)), np.diff(graph.indptr)), place[graph.indices])
    return int((place - first).sum())


def deck_of(
    sets: Sets, slack: CostArray, prices: CostArray, order: IntArray, wanted: int = 0
) -> tuple[Deck, CostArray]:
    """The sets, each with its slack, for a sweep in that order; and which set each one of the deck is."""
    n, count = len(order), len(slack)
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    at = place[sets.units]
    first, last = (ends.reduceat(at, sets.starts[:-1]) for ends in (np.minimum, np.maximum))
    owner = np.repeat(np.arange(count), np.diff(sets.starts))
    bits = at - first[owner]
    masks = np.zeros((count, int(bits.max(initial=0)) // WORD + 1), np.uint64)
    np.bitwise_or.at(masks, (owner, bits // WORD), np.uint64(1) << (bits % WORD).astype(np.uint64))
    turn = np.lexsort((slack, first))
    starts = np.searchsorted(first[turn], np.arange(n + 1))
    ends = np.arange(1, n + 1)
    np.maximum.at(ends, first, last + 1)
    deck = Deck(starts, masks[turn], slack[turn], prices[order], np.maximum.accumulate(ends), wanted)
    return deck, turn
