"""The law form: fewest units left in violation, then fewest abolished, then fewest residents renamed, then the
tie-break that a province chooses (see `ties`), if it does.

A unit below half of the standard must merge (TT 14/2018/TT-BNV; NQ 653/2019, 35/2023, 112/2025/UBTVQH15 for
communes); others are touched only if needed. Parents are independent, and so are the connected parts
inside them. Small parts are solved by dynamic programming over the sets a best plan may use, large ones,
and all whose optimum is to be certified, by a proof by cases.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import attrs
import numpy as np

from tinhgon.planner.assess import in_violation, objectives
from tinhgon.planner.branching import Outcome, search
from tinhgon.planner.exact import LARGEST_PART, MOST_WORK, ROOMS, partition
from tinhgon.planner.greedy import smallest_first
from tinhgon.planner.nodes import Contraction, Graph, contract
from tinhgon.planner.pricing import Worth
from tinhgon.planner.problem import IntArray, Problem, validate
from tinhgon.planner.reasons import violations
from tinhgon.planner.solution import FEASIBLE, OPTIMAL, Solution, relabel
from tinhgon.planner.ties import Seats, no_seats
from tinhgon.planner.valuing import Task

Progress = Callable[[int, int], None]


@attrs.frozen(slots=True, eq=False)
class Answer:
    """A connected part solved: the group of each node, whether no plan is better, the fewest abolished that
    is proven possible, its entry in the certificate, and whether the user broke off."""

    groups: IntArray
    optimal: bool
    fewest: float
    proof: dict[str, Any] | None = None
    interrupted: bool = False


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    effort: int = 1000,
    progress: Progress | None = None,
    certify: bool = False,
) -> Solution:
    """A best plan under the law, with `bound` the fewest units that any plan as lawful abolishes.

    `effort` bounds the cases a proof may open in one part, and the groups it may look at. With `certify` every part
    gets such a proof in `certificate`; without, only those too large for dynamic programming, and not to its
    end. An interrupt (Ctrl-C) keeps what is solved, leaves other units as they are and marks the plan feasible.
    Raises `UnableToPoseProblem` and `UnableToReconcilePairs`.
    """
    validate(problem)
    nodes = contract(problem)
    groups = np.arange(len(nodes.whole.kinds))
    answers: list[Answer] = []
    with suppress(KeyboardInterrupt):  # the plan so far is worth having; its status says what it is
        for part in nodes.parts():
            answers.append(_solve_part(problem, nodes, part, effort, certify))
            groups[part] = part.start + answers[-1].groups
            if answers[-1].interrupted:
                break
            if progress is not None:
                progress(len(answers), len(nodes.starts) - 1)
    done = len(answers) == len(nodes.starts) - 1 and all(answer.optimal for answer in answers)
    labels = relabel(groups[nodes.node_of])
    return Solution(
        form="law",
        labels=labels,
        objectives=objectives(problem, labels),
        status=OPTIMAL if done else FEASIBLE,
        bound=float(sum(answer.fewest for answer in answers)),
        certificate={"components": [a.proof for a in answers if a.proof is not None]},
        seed=seed,
        effort=effort,
        violations=violations(problem, labels),
    )


def task_of(problem: Problem) -> Task:
    """The law's objectives as one number: a group more outweighs all residents, a violation all groups."""
    whole = bool((problem.residents == np.rint(problem.residents)).all())
    total = float(np.ceil(problem.residents.sum())) + 1.0
    return Task(problem, Worth(total, total * (problem.n + 1)), 1.0 if whole else 2.0**-20 * total)


def _solve_part(problem: Problem, nodes: Contraction, part: slice, effort: int, certify: bool) -> Answer:
    """One connected part, by the quickest method that proves what is asked."""
    graph = nodes.graph(part)
    k = len(graph.kinds)
    idle = k == 1 or not graph.needs.any()
    units = nodes.units(part)
    node_of = nodes.node_of[units] - part.start
    seats = no_seats() if idle or problem.tie_break is None else problem.tie_break.seats(units, node_of)
    groups = np.arange(k) if idle else _small(graph, seats)
    if len(groups) and not certify:
        return Answer(groups, True, float(graph.sizes.sum() - len(np.unique(groups))))
    piece = problem.part(units)
    start = groups[node_of] if len(groups) else smallest_first(piece)
    task = task_of(piece)
    return _answer(task, search(task, start, effort, by_prices=certify), node_of)


def _small(graph: Graph, seats: Seats) -> IntArray:
    """(k,) the groups of a best plan, or an empty array if the part is too large for dynamic programming."""
    if len(graph.kinds) > LARGEST_PART:
        return np.arange(0)
    return partition(graph, seats, MOST_WORK, ROOMS)


def _answer(task: Task, outcome: Outcome, node_of: IntArray) -> Answer:
    """What a proof by cases says about the nodes of a part."""
    groups = np.zeros(int(node_of.max()) + 1, dtype=np.int64)
    groups[node_of] = outcome.labels
    short = int(in_violation(task.problem, outcome.labels).sum())
    most = (outcome.bound + task.worth.violation * short) // task.worth.part
    fewest = max(0.0, task.problem.n - most)
    return Answer(groups, outcome.optimal(task.step), fewest, outcome.entry(task), outcome.interrupted)
