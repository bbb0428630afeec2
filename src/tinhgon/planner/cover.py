"""Exact cover of a small part by lawful sets: dynamic programming over bit masks (64 nodes at most).

States are the sets covered so far; the smallest uncovered node is always covered next, so a state is final
when the search reaches it. Costs are lexicographic: a whole number (violations, then abolished units),
then residents renamed, then the tie-break. A tie in all keeps the plan found first.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tinhgon.planner.bits import NONE, ONE, MaskArray, lowest
from tinhgon.planner.compiled import compiled
from tinhgon.planner.problem import FloatArray, IntArray

UNCOVERABLE = -1
NO_ROOM = -2
DEAREST = np.iinfo(np.int64).max


class States(NamedTuple):
    """Columns over states: covered set, its three costs, the state before, the set chosen, the next in line.

    `table` finds a state by its set (linear probing), `line[i]` is the first state whose smallest uncovered
    node is i, `used[0]` how many states there are.
    """

    covered: MaskArray
    first: IntArray
    then: FloatArray
    last: FloatArray
    previous: IntArray
    choice: IntArray
    following: IntArray
    table: IntArray
    line: IntArray
    used: IntArray


@compiled
def cover(
    masks: MaskArray, first: IntArray, then: FloatArray, last: FloatArray, nodes: int, room: int
) -> IntArray:
    """Indices of the sets of a cheapest exact cover of nodes 0.. `nodes` - 1.

    `masks`, `first`, `then`, `last` (s,) are the sets and their costs. `room` is a power of two, twice the
    number of states there is place for. Gives [UNCOVERABLE] or [NO_ROOM] where there is no cover or no room.
    """
    lows = np.array([lowest(mask) for mask in masks])
    order = np.argsort(lows, kind="mergesort")
    ends = np.searchsorted(lows[order], np.arange(nodes + 1))
    states = _empty(nodes, room)
    for node in range(nodes):
        here = states.line[node]
        while here >= 0:
            for j in order[ends[node] : ends[node + 1]]:
                if masks[j] & states.covered[here]:
                    continue
                spot = _reach(states, states.covered[here] | masks[j])
                if spot < 0:
                    return np.array([NO_ROOM])
                _improve(states, spot, here, j, first[j], then[j], last[j])
            here = states.following[here]
    return _chosen(states, states.line[nodes])


@compiled
def _empty(nodes: int, room: int) -> States:
    """No state but the start, where nothing is covered."""
    half = room // 2
    states = States(
        np.zeros(half, dtype=np.uint64),
        np.full(half, DEAREST),
        np.zeros(half),
        np.zeros(half),
        np.full(half, -1),
        np.full(half, -1),
        np.full(half, -1),
        np.full(room, -1),
        np.full(nodes + 1, -1),
        np.ones(1, dtype=np.int64),
    )
    states.first[0] = states.line[0] = 0
    return states


@compiled
def _reach(states: States, mask: np.uint64) -> int:
    """The number of the state that covers `mask`, new or known; -1 if there is no room for a new one."""
    last = np.uint64(len(states.table) - 1)
    slot = ((mask * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & last
    while states.table[slot] >= 0:
        if states.covered[states.table[slot]] == mask:
            return int(states.table[slot])
        slot = (slot + ONE) & last
    new = states.used[0]
    if new == len(states.covered):
        return -1
    gap = len(states.line) - 1 if ~mask == NONE else min(lowest(~mask), len(states.line) - 1)
    states.table[slot], states.covered[new] = new, mask
    states.following[new], states.line[gap] = states.line[gap], new
    states.used[0] += 1
    return int(new)


@compiled
def _improve(states: States, spot: int, here: int, j: int, first: int, then: float, last: float) -> None:
    """Come to a state by set j from state `here`, if that is cheaper."""
    costs = states.first[here] + first, states.then[here] + then, states.last[here] + last
    if costs < (states.first[spot], states.then[spot], states.last[spot]):
        states.first[spot], states.then[spot], states.last[spot] = costs
        states.previous[spot], states.choice[spot] = here, j


@compiled
def _chosen(states: States, end: int) -> IntArray:
    """Sets along the way to the state that covers all, in order."""
    if end < 0:
        return np.array([UNCOVERABLE])
    way = [0 for _ in range(0)]
    while states.previous[end] >= 0:
        way.append(states.choice[end])
        end = states.previous[end]
    return np.array(way[::-1])
