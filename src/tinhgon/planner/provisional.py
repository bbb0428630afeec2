"""A plan made at once for what an interrupted run did not solve: marked, lawful where it can be, never proven."""

from __future__ import annotations

import numpy as np

from tinhgon.planner.forms import LAW
from tinhgon.planner.greedy import smallest_first
from tinhgon.planner.problem import IntArray, Problem
from tinhgon.planner.scores import asked, costs, left, named
from tinhgon.planner.solution import FEASIBLE, Solution

LARGEST = (
    10_000  # units of a piece that are merged smallest first in a few seconds; more are left as they are
)


def provisional(problem: Problem, form: str, seed: int, effort: int, sofar: Solution | None) -> Solution:
    """The better of what a solver had so far and of merging the smallest first."""
    quick = smallest_first(asked(problem, form)) if problem.n <= LARGEST else np.arange(problem.n)
    if sofar is not None and _rank(problem, sofar.labels, form) <= _rank(problem, quick, form):
        return sofar
    found = costs(problem, quick, form)
    return Solution(
        form=form,
        labels=quick,
        objectives=tuple((name, found[name]) for name in named(problem, form)),
        status=FEASIBLE,
        bound=0.0 if form == LAW else _most_parts(problem),
        certificate={"components": []},
        seed=seed,
        effort=effort,
        violations=left(problem, quick, form),
    )


def _rank(problem: Problem, labels: IntArray, form: str) -> tuple[float, ...]:
    """The objectives in order of importance, all to be small."""
    found = costs(problem, labels, form)
    return tuple(-found[name] if name == "parts" else found[name] for name in named(problem, form))


def _most_parts(problem: Problem) -> float:
    """More lawful parts than this there cannot be: no unit counts for more than one, whatever the measure."""
    bounds = problem.standard.bounds
    asked_of_all = np.where(bounds > 0, bounds, 0.0).min(axis=0)
    if problem.standard.waive_at is not None or not asked_of_all.any():
        return float(problem.n)
    shares = problem.values[:, asked_of_all > 0] / asked_of_all[asked_of_all > 0]
    return float(np.floor(np.minimum(shares, 1.0).sum(axis=0).min() + 1e-9))
