"""The law form on one small part, exactly: enumerate the sets a best plan may use, then cover the part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tinhgon.planner.bits import ONE, MaskArray, bit, lowest
from tinhgon.planner.compiled import compiled
from tinhgon.planner.cover import NO_ROOM, cover
from tinhgon.planner.nodes import Graph
from tinhgon.planner.problem import FloatArray, IntArray
from tinhgon.planner.sets import indecomposable, meets
from tinhgon.planner.ties import Seats

LARGEST_PART = 64  # nodes: the bits of a mask
MOST_WORK = 400_000  # sets looked at before a part counts as large
ROOMS = (1 << 11, 1 << 17)  # states of the cover, tried in turn


class Choices(NamedTuple):
    """Sets a best plan may use with their costs: (violations, abolished) as one number, renamed, tie-break."""

    masks: MaskArray
    first: IntArray
    then: FloatArray
    last: FloatArray


@compiled
def price(graph: Graph, mask: np.uint64) -> tuple[int, float]:
    """Two costs of a group: violations and abolished units in one number, and residents renamed."""
    needs = size = 0
    head = residents = 0.0
    left = mask
    while left:
        i = lowest(left)
        left &= left - ONE
        needs, size = needs + graph.needs[i], size + graph.sizes[i]
        head, residents = max(head, graph.heads[i]), residents + graph.residents[i]
    violations = 0 if needs == 0 or meets(graph, mask) else needs
    return violations * (graph.sizes.sum() + 1) + size - 1, residents - head


@compiled
def tie_price(seats: Seats, mask: np.uint64) -> float:
    """What a group adds to the tie-break."""
    seat = lowest(mask)
    left = mask
    while left:
        i = lowest(left)
        left &= left - ONE
        seat = i if seats.rank[i] > seats.rank[seat] else seat
    total = 0.0
    while mask:
        total += seats.costs[lowest(mask), seat]
        mask &= mask - ONE
    return total


@compiled
def choices(graph: Graph, seats: Seats, most_work: int) -> tuple[Choices, bool]:
    """All sets a best plan may use, single nodes last, and whether the search for them was complete."""
    joined, complete = indecomposable(graph, most_work)
    masks = np.empty(len(joined) + len(graph.kinds), dtype=np.uint64)
    masks[: len(joined)] = joined
    for i in range(len(graph.kinds)):
        masks[len(joined) + i] = bit(i)
    first, then = np.empty(len(masks), dtype=np.int64), np.empty(len(masks))
    last = np.zeros(len(masks))
    for j in range(len(masks)):
        first[j], then[j] = price(graph, masks[j])
        if len(seats.rank):
            last[j] = tie_price(seats, masks[j])
    return Choices(masks, first, then, last), complete


@compiled
def partition(graph: Graph, seats: Seats, most_work: int, rooms: tuple[int, int]) -> IntArray:
    """(k,) the group of each node in a best plan; an empty array if the part is too large for this method."""
    k = len(graph.kinds)
    sets, complete = choices(graph, seats, most_work)
    labels = np.zeros(k, dtype=np.int64)
    if not complete:
        return labels[:0]
    picked = np.array([NO_ROOM])
    for room in rooms:
        if picked[0] == NO_ROOM:
            picked = cover(sets.masks, sets.first, sets.then, sets.last, k, room)
    if picked[0] < 0:
        return labels[:0]
    for label, j in enumerate(picked):
        left = sets.masks[j]
        while left:
            labels[lowest(left)] = label
            left &= left - ONE
    return labels
