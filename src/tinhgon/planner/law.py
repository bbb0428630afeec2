"""The law form: fewest units left in violation, then fewest abolished, then fewest residents renamed.

A unit below half of the standard must merge (TT 14/2018/TT-BNV; NQ 653/2019, 35/2023, 112/2025/UBTVQH15 for
communes); others are touched only if needed. Parents are independent, and so are the connected parts
inside them; each is solved exactly, small ones by dynamic programming over the sets a best plan may use.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tinhgon.planner.assess import objectives
from tinhgon.planner.exact import LARGEST_PART, MOST_VISITS, ROOMS, partition
from tinhgon.planner.nodes import Graph, contract
from tinhgon.planner.problem import IntArray, Problem, validate
from tinhgon.planner.reasons import violations
from tinhgon.planner.solution import FEASIBLE, OPTIMAL, Solution, relabel

Progress = Callable[[int, int], None]


def solve(
    problem: Problem, *, seed: int = 0, effort: int = 100, progress: Progress | None = None
) -> Solution:
    """A best plan under the law. `effort` is the number of branchings a large part may take.

    An interrupt (Ctrl-C) keeps what is solved, leaves the other units as they are and marks the plan
    feasible. Raises `UnableToPoseProblem` and `UnableToReconcilePairs`.
    """
    validate(problem)
    contraction = contract(problem)
    parts = contraction.parts()
    groups = np.arange(len(contraction.whole.kinds))
    proven = 0
    try:
        for number, part in enumerate(parts):
            graph = contraction.graph(part)
            groups[part] = part.start + _solve_part(graph)
            proven += 1
            if progress is not None:
                progress(number + 1, len(parts))
    except KeyboardInterrupt:
        pass
    labels = relabel(groups[contraction.node_of])
    costs = objectives(problem, labels)
    return Solution(
        form="law",
        labels=labels,
        objectives=costs,
        status=OPTIMAL if proven == len(parts) else FEASIBLE,
        bound=costs[1][1],
        certificate={"form": "law", "components": []},
        seed=seed,
        effort=effort,
        violations=violations(problem, labels),
    )


def _solve_part(graph: Graph) -> IntArray:
    """(k,) the group of each node, numbered below k."""
    k = len(graph.kinds)
    if k == 1 or not graph.needs.any():
        return np.arange(k)
    if k <= LARGEST_PART:
        labels = partition(graph, MOST_VISITS, ROOMS)
        if len(labels):
            return labels
    raise NotImplementedError
