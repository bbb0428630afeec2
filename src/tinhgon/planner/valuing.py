"""What a plan is worth: one number in which the objectives keep their order."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from tinhgon.planner.pricing import Worth
from tinhgon.planner.problem import IntArray, Problem


@attrs.frozen(slots=True, eq=False)
class Task:
    """A valued partition: the problem, what a group is worth, the smallest difference `step` between the
    values of two plans that counts, and the number of groups if it is given."""

    problem: Problem
    worth: Worth
    step: float
    count: int | None = None


def value_of(task: Task, labels: IntArray) -> float:
    """The worth of a plan: the sum over its groups."""
    return sum(worth_of(task, np.flatnonzero(labels == label).tolist()) for label in np.unique(labels))


def worth_of(task: Task, group: Sequence[int]) -> float:
    """The worth of a group of units."""
    rows = list(group)
    short = 0 if task.problem.meets(rows) else int(task.problem.must[rows].sum())
    return task.worth.part + float(task.problem.residents[rows].max()) - task.worth.violation * short
