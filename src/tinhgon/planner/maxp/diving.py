"""Diving for a good packing: the sets that the relaxation uses most are taken for good, again and again.

A dive ends as soon as its relaxation cannot reach the goal any more, so most are short.
"""

from __future__ import annotations

import numpy as np

from tinhgon.planner.compiled import compiled
from tinhgon.planner.maxp.minimal import Sets
from tinhgon.planner.maxp.program import Choice, Pool, Program

SURE = 0.95  # sets used so much are taken together
WHOLE = 1e-5
NOTHING = np.zeros(0, np.int64)


@compiled
def compatible(sets: Sets, left: Choice, taken: Choice, nodes: int) -> Choice:
    """The sets left that are taken, or touch none that is."""
    owner = np.full(nodes, -1, np.int64)
    for s in taken:
        for unit in sets.units[sets.starts[s] : sets.starts[s + 1]]:
            owner[unit] = s
    kept = np.ones(len(left), np.bool_)
    for i in range(len(left)):
        for unit in sets.units[sets.starts[left[i]] : sets.starts[left[i] + 1]]:
            if owner[unit] >= 0 and owner[unit] != left[i]:
                kept[i] = False
    return left[kept]


def dive(program: Program, pool: Pool, left: Choice, goal: int) -> tuple[Choice, int]:
    """Sets worth the goal, or none, from a program that was just solved over the sets left; and programs solved."""
    covered, solved = program.covered, 0
    while True:
        chosen, amounts = program.support()
        if np.all(amounts > 1 - WHOLE):
            return np.sort(chosen), solved
        taken = amounts > SURE
        taken[np.argmax(np.where(taken, 0.0, amounts))] = True
        left = compatible(pool.sets, left, chosen[taken], pool.nodes)
        program.narrow(left, covered)
        priced = program.solve()
        solved += 1
        if priced.total < goal:
            return NOTHING, solved
        left = left[priced.slack <= priced.total - goal]
