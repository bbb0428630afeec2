"""The next best plans, held against every plan there is."""

from __future__ import annotations

from typing import Any

import brute
import numpy as np
import pytest
from cases import problems
from desk import plan_of, villages
from hypothesis import given, settings

from tinhgon.planner.alternatives import UnableToListAlternatives
from tinhgon.planner.inputs.posing import Posed
from tinhgon.planner.law import solve
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import Problem


def plan_for(problem: Problem) -> Plan:
    """A plan over a bare problem: alternatives need nothing of the table."""
    nothing: Any = None
    posed = Posed(problem, nothing, nothing, nothing, ())
    return Plan(posed, solve(problem), (True,) * len(problem.parent_names))


def cost(plan: Plan) -> tuple[float, ...]:
    return tuple(value for _, value in plan.solution.objectives)


@settings(max_examples=60, deadline=None)
@given(problems(most=5))
def test_plans_come_in_order_each_once_and_none_is_missing(problem: Problem) -> None:
    best = plan_for(problem)
    everything = sorted(brute.cost(problem, groups) for groups in brute.plans(problem))
    listed = best.alternatives(12)
    assert [cost(plan) for plan in listed] == everything[1:13]
    labels = {tuple(plan.solution.labels.tolist()) for plan in [best, *listed]}
    assert len(labels) == len(listed) + 1


def test_alternatives_are_lawful_plans_that_differ() -> None:
    best = plan_of(villages())
    listed = best.alternatives(4)
    costs = [cost(plan) for plan in [best, *listed]]
    assert costs == sorted(costs)
    assert not any(best.compare(plan).same for plan in listed)
    assert all(plan.status == "feasible" for plan in listed)


def test_one_parent_may_be_asked_alone() -> None:
    best = plan_of(villages())
    for plan in best.alternatives(3, parent="Đức Minh"):
        moved = best.compare(plan).moved
        assert set(moved) <= {"v5", "v6"}
    with pytest.raises(UnableToListAlternatives, match="Đắk Lao, Đức Minh"):
        best.alternatives(1, parent="Đắk Sắk")


def test_other_forms_say_that_they_list_none() -> None:
    with pytest.raises(UnableToListAlternatives, match="max-p"):
        plan_of(villages(), form="max-p").alternatives(1)


def test_when_there_are_no_more_plans_the_list_is_short() -> None:
    frame = villages(
        commune=["A", "A", "B", "C", "D", "E"], households=np.array([300, 90, 300, 300, 300, 300])
    )
    assert len(plan_of(frame).alternatives(10)) == 1
