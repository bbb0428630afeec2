"""The end of a case: all groups that a better plan may use, and sweeps that make one of them or rule it out.

Prices leave every group a slack: what it costs beyond its worth. The slacks of a plan's groups add up to what
the plan is worth less than the bound. So a better plan is made of groups whose slack is at most the gap between
the bound and the best plan known; where that is narrow they are few (Baldacci, Christofides, Mingozzi 2008).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import attrs
import numpy as np

from tinhgon.planner.maxp.deck import orders
from tinhgon.planner.maxp.minimal import CostArray, Sets
from tinhgon.planner.maxp.proof import Sweeper
from tinhgon.planner.nodes import Graph, breadth_first
from tinhgon.planner.pricing import Found, Limits, Worth, undervalued
from tinhgon.planner.problem import FloatArray, IntArray

MOST_VISITS = 200_000  # groups looked at before there are too many to list
STATES = (500, 2_000, 8_000, 32_000)  # of a sweep, tried in turn
MOST_STEPS = 16_000_000  # of all sweeps
STEPS_FOR_A_VISIT = 16  # a step is so much quicker than looking at a group
GRAINS = 2.0**20  # of slack in a step: sweeps count in whole numbers
TINY = 1e-9
NEVER = 2**60  # the slack of a node in no group
DIGITS = 58  # binary ones that slack and tie-break share
FEWEST_DIGITS = 16  # for the tie-break


@attrs.frozen(slots=True, eq=False)
class Asked:
    """A plan whose slack is at most `gap`, in residents; `step` is the smallest difference that counts, `wanted` the
    number of groups (0: as many as may be).

    With `tie`, the tie-break of a group of nodes, it is to be less than `most` besides.
    """

    gap: float
    step: float
    wanted: int
    tie: Callable[[IntArray], float] | None = None
    most: float = 0.0


@attrs.frozen(slots=True, eq=False)
class Ending:
    """The groups of such a plan or None, whether there is none for certain, and what it took in groups looked at."""

    groups: list[IntArray] | None
    ruled_out: bool
    work: int


def ending(graph: Graph, prices: FloatArray, worth: Worth, asked: Asked) -> Ending:
    """Look for a plan at prices of nodes at which no group is undervalued."""
    found = undervalued(graph, prices, worth, Limits(-asked.gap - TINY, MOST_VISITS, MOST_VISITS, True))
    if not found.complete or not len(found.worths):
        return Ending(None, found.complete, found.visits)
    sets = Sets(found.starts.astype(np.int64), found.members.astype(np.int32))
    rows = [sets.units[a:b] for a, b in pairwise(sets.starts.tolist())]
    counted = _counted(_slacks(found, prices), rows, asked)
    if counted is None:
        return Ending(None, False, found.visits)
    chosen, ruled_out, steps = _swept(graph, sets, *counted, asked.wanted)
    groups = None if chosen is None else [rows[j] for j in chosen.tolist()]
    return Ending(groups, ruled_out, found.visits + steps // STEPS_FOR_A_VISIT)


def _counted(slacks: FloatArray, rows: Sequence[IntArray], asked: Asked) -> tuple[CostArray, int] | None:
    """What each group takes of a limit, and the limit, in whole numbers: grains of slack, then of the tie-break.

    None where the tie-break would blur: slacks are no whole grains, or leave it too few digits.
    """
    grains = np.floor(slacks / asked.step * GRAINS).astype(np.int64)
    limit = int(np.ceil(asked.gap / asked.step * GRAINS))
    if asked.tie is None:
        return grains, limit
    digits = DIGITS - limit.bit_length()
    if digits < FEWEST_DIGITS or (grains != slacks / asked.step * GRAINS).any():
        return None
    ties = np.array([asked.tie(row) for row in rows]) / max(asked.most, TINY)
    fine = np.floor(np.minimum(ties, 1.0) * 2.0**digits).astype(np.int64)
    return grains * 2**digits + fine, (limit + 1) * 2**digits - 1


def _swept(
    graph: Graph, sets: Sets, costs: CostArray, limit: int, wanted: int
) -> tuple[CostArray | None, bool, int]:
    """The sets of a plan within the limit, or None; whether there is none; and the steps of the sweeps."""
    idle = np.full(len(graph.kinds), NEVER)
    sweeper = Sweeper(sets, costs, idle, _order(graph), missing=limit + 1, wanted=wanted)
    steps = 0
    for states in STATES:
        outcome = sweeper.run(limit, states, MOST_STEPS - steps)
        steps += outcome.steps
        if outcome.chosen is not None or outcome.ruled_out or steps > MOST_STEPS:
            break
    return outcome.chosen, outcome.ruled_out, steps


def _order(graph: Graph) -> IntArray:
    """The order of the sweep; in a case of pairs kept apart a node may stand alone, and then any will do."""
    connected = np.diff(graph.indptr).all()
    return orders(graph)[0] if connected else breadth_first(graph.indptr, graph.indices)[0]


def _slacks(found: Found, prices: FloatArray) -> FloatArray:
    """(g,) what each group costs beyond its worth."""
    return np.asarray(np.add.reduceat(prices[found.members], found.starts[:-1]) - found.worths)
