"""The end of a case: all groups that a better plan may use, and sweeps that make one of them or rule it out.

Prices leave every group a slack: what it costs beyond its worth. The slacks of a plan's groups add up to what
the plan is worth less than the bound. So a better plan is made of groups whose slack is at most the gap between
the bound and the best plan known; where that is narrow they are few (Baldacci, Christofides, Mingozzi 2008).
"""

from __future__ import annotations

from itertools import pairwise

import attrs
import numpy as np

from tinhgon.planner.maxp.deck import orders
from tinhgon.planner.maxp.minimal import Sets
from tinhgon.planner.maxp.proof import Sweeper
from tinhgon.planner.nodes import Graph
from tinhgon.planner.pricing import Found, Limits, Worth, undervalued
from tinhgon.planner.problem import FloatArray, IntArray

MOST_VISITS = 200_000  # groups looked at before there are too many to list
STATES = (500, 2_000, 8_000, 32_000)  # of a sweep, tried in turn
MOST_STEPS = 16_000_000  # of all sweeps
STEPS_FOR_A_VISIT = 16  # a step is so much quicker than looking at a group
GRAINS = 2.0**14  # of slack in a step: sweeps count in whole numbers
NEVER = 2**60  # the slack of a node in no group


@attrs.frozen(slots=True, eq=False)
class Ending:
    """Groups of nodes (a plan within the gap) or None, whether there are none for certain, and what it took in
    groups looked at."""

    groups: list[IntArray] | None
    ruled_out: bool
    work: int


def ending(graph: Graph, prices: FloatArray, worth: Worth, gap: float, step: float, wanted: int) -> Ending:
    """A plan whose slack is at most `gap`, in residents, looked for where no group is undervalued.

    `step` is the smallest difference that counts, `wanted` the number of groups (0: as many as may be).
    """
    found = undervalued(graph, prices, worth, Limits(-gap, MOST_VISITS, MOST_VISITS, True))
    if not found.complete or not len(found.worths):
        return Ending(None, found.complete, found.visits)
    sets = Sets(found.starts.astype(np.int64), found.members.astype(np.int32))
    slacks = np.floor(_slacks(found, prices) / step * GRAINS).astype(np.int64)
    limit = int(np.ceil(gap / step * GRAINS))
    idle = np.full(len(prices), NEVER)
    sweeper = Sweeper(sets, slacks, idle, orders(graph)[0], missing=limit + 1, wanted=wanted)
    steps = 0
    for states in STATES:
        outcome = sweeper.run(limit, states, MOST_STEPS - steps)
        steps += outcome.steps
        if outcome.chosen is not None or outcome.ruled_out or steps > MOST_STEPS:
            break
    rows = [sets.units[a:b] for a, b in pairwise(sets.starts.tolist())]
    chosen = None if outcome.chosen is None else [rows[j] for j in outcome.chosen.tolist()]
    return Ending(chosen, outcome.ruled_out, found.visits + steps // STEPS_FOR_A_VISIT)


def _slacks(found: Found, prices: FloatArray) -> FloatArray:
    """(g,) what each group costs beyond its worth."""
    return np.asarray(np.add.reduceat(prices[found.members], found.starts[:-1]) - found.worths)
