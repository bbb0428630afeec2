"""The deck of a sweep: nodes in an order that keeps neighbours close, sets as bit masks in that order."""

from __future__ import annotations

import numpy as np

from tinhgon.planner.maxp.minimal import CostArray, Sets
from tinhgon.planner.maxp.sweep import WORD, Deck
from tinhgon.planner.nodes import Graph, breadth_first
from tinhgon.planner.problem import IntArray

DENSE = 1_200  # nodes; for more the spectrum takes too long
DIGITS = 8  # of the spectrum: what follows is noise, and the order must be the same again


def along(graph: Graph) -> IntArray:
    """(n,) the nodes along the graph: in order of its Fiedler vector (Barnard, Pothen and Simon 1995), or of
    breadth-first search where it is large. Few nodes then lie between what is decided and what is not.
    """
    n = len(graph.kinds)
    if n > DENSE:
        return np.asarray(breadth_first(graph.indptr, graph.indices)[0])
    laplacian = np.diag(np.diff(graph.indptr).astype(np.float64))
    heads = np.repeat(np.arange(n), np.diff(graph.indptr))
    laplacian[heads, graph.indices] -= 1.0
    vector = np.round(np.linalg.eigh(laplacian)[1][:, min(1, n - 1)], DIGITS)
    sign = np.sign(vector[np.flatnonzero(vector)[:1]]).sum()
    return np.argsort(vector * (sign or 1.0), kind="stable")


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
