"""Good plans by tree-cut local search: join a few parts, draw a random spanning tree, cut it again.

Cutting a tree bottom-up wherever the standard is first met gives the most parts that the tree allows (Perl and
Schach 1981), so each move is a best re-division of a random neighbourhood. A move is kept if it makes more parts, or as
many with the surplus concentrated in fewer of them, from where a later move can split one off; it is annealed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.generator import State, below, fraction, started
from tinhgon.planner.maxp.lawful import meets, surplus
from tinhgon.planner.nodes import Graph

MOST_JOINED = 5  # parts joined in one move
HOTTEST, COLDEST = 0.1, 0.01  # temperatures, in squared shares of the standard
NONE = -1


FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int32]


class Plan(NamedTuple):
    """A division into parts: the part of each unit, and the units of each part as a linked list."""

    labels: IntArray  # (n,)
    first: IntArray  # (n,) first unit of each part
    following: IntArray  # (n,) next unit of the same part
    score: FloatArray  # (n,) squared surplus of each part
    parts: IntArray  # (1,) their number


class Desk(NamedTuple):
    """Working space for one move at a time; `tick` tells marks of this move from older ones."""

    tick: IntArray  # (1,)
    unit_mark: IntArray  # (n,) tick of the move that joined the unit
    tree_mark: IntArray  # (n,) tick of the move that reached the unit
    part_mark: IntArray  # (n,)
    chosen: IntArray  # (MOST_JOINED,) parts joined
    order: IntArray  # (n,) units in the order the tree reached them
    above: IntArray  # (n,) the unit above in the tree
    piece: IntArray  # (n,) new piece of each unit
    waiting: IntArray  # (arcs + 1, 2) unit to reach, unit above it
    totals: FloatArray  # (n, m) of the branch below each unit
    kinds: IntArray  # (n,) largest class in that branch
    sizes: IntArray  # (n,)
    piece_score: FloatArray  # (n,)


def desk_for(graph: Graph) -> Desk:
    """Empty working space for an area; its memory is linear in units and borders."""
    n, m = graph.sums.shape

    def whole(length: int) -> IntArray:
        return np.zeros(length, np.int32)

    return Desk(
        whole(1), whole(n), whole(n), whole(n), whole(MOST_JOINED), whole(n), whole(n), whole(n),
        np.zeros((len(graph.indices) + 1, 2), np.int32), np.zeros((n, m)), whole(n), whole(n), np.zeros(n),
    )  # fmt: skip


def undivided(graph: Graph) -> Plan:
    """The area as one part."""
    n = len(graph.sums)
    following = np.arange(1, n + 1, dtype=np.int32)
    following[-1] = NONE
    return Plan(np.zeros(n, np.int32), np.zeros(n, np.int32), following, np.zeros(n), np.ones(1, np.int32))


@compiled
def choose(graph: Graph, plan: Plan, desk: Desk, state: State) -> int:
    """Mark two to five parts that hang together, around a random unit; returns how many were found."""
    tick = desk.tick[0]
    wanted = min(2 + below(state, MOST_JOINED - 1), plan.parts[0])
    desk.chosen[0] = plan.labels[below(state, len(plan.labels))]
    desk.part_mark[desk.chosen[0]] = tick
    found = 1
    for _ in range(8 * wanted):
        if found == wanted:
            break
        unit = plan.first[desk.chosen[below(state, found)]]
        while plan.following[unit] != NONE and below(state, 3) > 0:
            unit = plan.following[unit]
        degree = graph.indptr[unit + 1] - graph.indptr[unit]
        if degree == 0:
            continue
        part = plan.labels[graph.indices[graph.indptr[unit] + below(state, degree)]]
        if desk.part_mark[part] != tick:
            desk.part_mark[part] = tick
            desk.chosen[found] = part
            found += 1
    return found


@compiled
def join(plan: Plan, desk: Desk, joined: int, state: State) -> int:
    """Mark the units of the chosen parts; returns one of them at random."""
    root, seen = NONE, 0
    for c in range(joined):
        unit = plan.first[desk.chosen[c]]
        while unit != NONE:
            desk.unit_mark[unit] = desk.tick[0]
            seen += 1
            if below(state, seen) == 0:
                root = unit
            unit = plan.following[unit]
    return root


@compiled
def grow_tree(graph: Graph, desk: Desk, root: int, state: State) -> int:
    """A random spanning tree of the marked units, grown border by border from the root; returns its size."""
    tick = desk.tick[0]
    desk.waiting[0, 0], desk.waiting[0, 1] = root, NONE
    waiting, reached = 1, 0
    while waiting > 0:
        pick = below(state, waiting)
        unit, above = desk.waiting[pick, 0], desk.waiting[pick, 1]
        waiting -= 1
        desk.waiting[pick, 0], desk.waiting[pick, 1] = desk.waiting[waiting, 0], desk.waiting[waiting, 1]
        if desk.tree_mark[unit] == tick:
            continue
        desk.tree_mark[unit] = tick
        desk.above[unit] = above
        desk.order[reached] = unit
        reached += 1
        for arc in range(graph.indptr[unit], graph.indptr[unit + 1]):
            other = graph.indices[arc]
            if desk.unit_mark[other] == tick and desk.tree_mark[other] != tick:
                desk.waiting[waiting, 0], desk.waiting[waiting, 1] = other, unit
                waiting += 1
    return reached


@compiled
def cut_tree(graph: Graph, desk: Desk, reached: int) -> int:
    """Cut bottom-up wherever the branch meets the standard; returns the pieces, the rest above is left uncut."""
    for i in range(reached):
        unit = desk.order[i]
        desk.totals[unit] = graph.sums[unit]
        desk.kinds[unit] = graph.kinds[unit]
        desk.sizes[unit] = graph.sizes[unit]
        desk.piece[unit] = NONE
    pieces = 0
    for i in range(reached - 1, -1, -1):
        unit, above = desk.order[i], desk.above[desk.order[i]]
        if meets(graph, desk.totals[unit], desk.kinds[unit], desk.sizes[unit]):
            desk.piece[unit] = pieces
            pieces += 1
        elif above != NONE:
            desk.totals[above] += desk.totals[unit]
            desk.kinds[above] = max(desk.kinds[above], desk.kinds[unit])
            desk.sizes[above] += desk.sizes[unit]
    return pieces


@compiled
def attach_rest(desk: Desk, reached: int, state: State) -> None:
    """Give the uncut top of the tree to one of the pieces below it, and every other unit to its piece."""
    taker, seen = NONE, 0
    for i in range(1, reached):
        unit = desk.order[i]
        if desk.piece[unit] == NONE:
            desk.piece[unit] = desk.piece[desk.above[unit]]
        elif desk.piece[desk.above[unit]] == NONE:
            seen += 1
            if below(state, seen) == 0:
                taker = desk.piece[unit]
    for i in range(reached):
        if desk.piece[desk.order[i]] == NONE:
            desk.piece[desk.order[i]] = taker


@compiled
def weigh(graph: Graph, desk: Desk, reached: int, pieces: int) -> float:
    """The sum of squared surpluses of the new pieces; infinitely bad if one of them is unlawful."""
    for p in range(pieces):
        desk.totals[p] = 0.0
        desk.kinds[p] = 0
        desk.sizes[p] = 0
    for i in range(reached):
        unit = desk.order[i]
        piece = desk.piece[unit]
        desk.totals[piece] += graph.sums[unit]
        desk.kinds[piece] = max(desk.kinds[piece], graph.kinds[unit])
        desk.sizes[piece] += graph.sizes[unit]
        for arc in range(graph.clash_ptr[unit], graph.clash_ptr[unit + 1]):
            rival = graph.clashes[arc]
            if desk.unit_mark[rival] == desk.tick[0] and desk.piece[rival] == piece:
                return -np.inf
    score = 0.0
    for p in range(pieces):
        if not meets(graph, desk.totals[p], desk.kinds[p], desk.sizes[p]):
            return -np.inf
        desk.piece_score[p] = surplus(graph, desk.totals[p], desk.kinds[p]) ** 2
        score += desk.piece_score[p]
    return score


@compiled
def commit(plan: Plan, desk: Desk, joined: int, reached: int, pieces: int) -> None:
    """Write the new pieces over the joined parts; pieces above their number are new parts."""
    for p in range(pieces):
        part = desk.chosen[p] if p < joined else plan.parts[0] + p - joined
        plan.first[part] = NONE
        plan.score[part] = desk.piece_score[p]
    for i in range(reached):
        unit, p = desk.order[i], desk.piece[desk.order[i]]
        part = desk.chosen[p] if p < joined else plan.parts[0] + p - joined
        plan.labels[unit] = part
        plan.following[unit] = plan.first[part]
        plan.first[part] = unit
    plan.parts[0] += pieces - joined


@compiled
def redivide(graph: Graph, plan: Plan, desk: Desk, joined: int, heat: float, state: State) -> bool:
    """Join the chosen parts, cut them anew and keep the result if it is better, or not too much worse."""
    reached = grow_tree(graph, desk, join(plan, desk, joined, state), state)
    pieces = cut_tree(graph, desk, reached)
    if pieces < joined or pieces == 0:
        return False
    attach_rest(desk, reached, state)
    score = weigh(graph, desk, reached, pieces)
    before = 0.0
    for c in range(joined):
        before += plan.score[desk.chosen[c]]
    if score == -np.inf:
        return False
    if pieces == joined and score < before and fraction(state) >= np.exp((score - before) / heat):
        return False
    commit(plan, desk, joined, reached, pieces)
    return True


@compiled
def anneal(graph: Graph, plan: Plan, desk: Desk, moves: int, target: int, state: State) -> int:
    """Up to so many moves from hot to cold, stopping at the target number of parts; returns the moves made."""
    for move in range(moves):
        if plan.parts[0] >= target:
            return move
        heat = HOTTEST * (COLDEST / HOTTEST) ** (move / moves)
        desk.tick[0] += 1
        joined = choose(graph, plan, desk, state)
        redivide(graph, plan, desk, joined, heat, state)
    return moves


@compiled
def divide(graph: Graph, plan: Plan, desk: Desk, state: State) -> bool:
    """Cut the undivided area once along a random tree; false if even the whole is not lawful."""
    desk.tick[0] += 1
    desk.chosen[0] = 0
    return redivide(graph, plan, desk, 1, 1.0, state)


def search(graph: Graph, *, seed: int, moves: int, target: int) -> IntArray:
    """The part of each node after so many moves, or at the target number of parts; empty if there is none."""
    state, plan, desk = started(seed), undivided(graph), desk_for(graph)
    if not divide(graph, plan, desk, state):
        return np.zeros(0, np.int32)
    anneal(graph, plan, desk, moves, target, state)
    return plan.labels
