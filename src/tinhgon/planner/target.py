"""The target form: a given number of units in all, as lawful as can be, renaming the fewest residents.

A province told to cut its communes by 60-70 % (NQ 76/2025/UBTVQH15) asks this. Every group is held to the
standard of the result, so every unit counts as one that must merge. The number ties all parents together:
they are solved as one.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np

from tinhgon.planner.assess import in_violation, objectives
from tinhgon.planner.branching import search
from tinhgon.planner.greedy import smallest_first
from tinhgon.planner.nodes import contract
from tinhgon.planner.pricing import Worth
from tinhgon.planner.problem import IntArray, Problem, validate
from tinhgon.planner.reasons import violations
from tinhgon.planner.solution import FEASIBLE, OPTIMAL, Solution, relabel
from tinhgon.planner.valuing import Task
from tinhgon.refusal import Refusal

Progress = Callable[[int, int], None]


class UnableToReachTarget(Refusal, ValueError):
    """The units cannot be grouped into that number; says which numbers they can."""

    def __init__(self, target: int, fewest: int, most: int) -> None:
        super().__init__(
            f"Không thể còn {target} đơn vị: cấp trên, ranh giới và các cặp đã định chỉ cho từ {fewest} đến {most}; "
            "hãy chọn số trong khoảng đó, hoặc bỏ bớt ranh giới bị cấm",
            f"{target} units cannot be reached: parents, borders and fixed pairs allow {fewest} to {most}; "
            "choose a number between them, or lift a border",
        )
        self.target, self.fewest, self.most = target, fewest, most


def solve(
    problem: Problem,
    target: int,
    *,
    seed: int = 0,
    effort: int = 1000,
    progress: Progress | None = None,
) -> Solution:
    """A best plan with exactly `target` groups: fewest violations, then fewest residents renamed.

    Raises `UnableToReachTarget`, `UnableToPoseProblem` and `UnableToReconcilePairs`.
    """
    validate(problem)
    held = attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool))
    nodes = contract(held)
    fewest, most = len(nodes.starts) - 1, len(nodes.whole.kinds)
    if not fewest <= target <= most:
        raise UnableToReachTarget(target, fewest, most)
    task = task_of(held, target)
    outcome = search(task, smallest_first(held, target), effort)
    labels = relabel(outcome.labels)
    if int(labels.max()) + 1 != target:
        raise UnableToReachTarget(target, fewest, most)
    if progress is not None:
        progress(1, 1)
    return Solution(
        form=f"target={target}",
        labels=labels,
        objectives=objectives(held, labels),
        status=OPTIMAL if outcome.optimal(task.step) else FEASIBLE,
        bound=_bound(task, labels, outcome.bound),
        certificate={"components": [outcome.entry(task)]},
        seed=seed,
        effort=effort,
        violations=violations(held, labels),
    )


def task_of(problem: Problem, target: int) -> Task:
    """The target's objectives as one number: a violation outweighs all residents."""
    whole = bool((problem.residents == np.rint(problem.residents)).all())
    total = float(np.ceil(problem.residents.sum())) + 1.0
    return Task(problem, Worth(0.0, total), 1.0 if whole else 2.0**-20 * total, target)


def _bound(task: Task, labels: IntArray, bound: float) -> float:
    """The fewest residents renamed that is proven, at these violations."""
    short = int(in_violation(task.problem, labels).sum())
    return float(task.problem.residents.sum()) - (bound + task.worth.violation * short)
