"""The target form against every plan with that number of groups."""

from __future__ import annotations

import attrs
import brute
import numpy as np
import pytest
from cases import problem_of, problems, tied
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tinhgon.planner import target
from tinhgon.planner.problem import Problem


@given(problems(6), st.integers(1, 6))
@settings(max_examples=150)
def test_it_is_as_good_as_the_best_plan_with_that_number(problem: Problem, number: int) -> None:
    held = attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool))
    costs = [brute.cost(held, groups) for groups in brute.plans(held) if len(groups) == number]
    if not costs:
        with pytest.raises(target.UnableToReachTarget):
            target.solve(problem, number)
        return
    answer = target.solve(problem, number)
    assert answer.status == "optimal"
    assert tuple(value for _, value in answer.objectives) == min(costs)


@given(tied(), st.integers(1, 6))
@settings(max_examples=100)
def test_among_plans_as_good_it_is_the_best_in_the_tie_break(
    asked: tuple[Problem, np.ndarray], number: int
) -> None:
    problem, away = asked
    held = attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool))
    plans = [groups for groups in brute.plans(held) if len(groups) == number]
    assume(plans)
    answer = target.solve(problem, number)
    best = min((*brute.cost(held, groups), brute.tie(held, groups, away)) for groups in plans)
    assert answer.status == "optimal"
    assert tuple(value for _, value in answer.objectives) == best


def test_a_number_that_borders_do_not_allow_says_which_they_do() -> None:
    problem = problem_of([[5.0], [5.0], [5.0]], [(0, 1)], [[1.0]])
    with pytest.raises(target.UnableToReachTarget, match="2 to 3"):
        target.solve(problem, 1)
