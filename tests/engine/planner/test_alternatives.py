"""The next best plans, held against every plan there is."""

from __future__ import annotations

from typing import Any

import attrs
import brute
import numpy as np
import pytest
from cases import problems
from desk import plan_of, villages
from hypothesis import given, settings

from tinhgon.planner import target
from tinhgon.planner.alternatives import UnableToListAlternatives
from tinhgon.planner.forms import solver
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


@settings(max_examples=60)
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


def in_form(problem: Problem, form: str) -> Plan:
    """A plan over a bare problem in another form."""
    nothing: Any = None
    posed = Posed(problem, nothing, nothing, nothing, ())
    if form.startswith("target="):
        solution = target.solve(problem, int(form.removeprefix("target=")))
    else:
        solution = solver(form)(problem, effort=1)
    return Plan(posed, solution, (True,) * len(problem.parent_names))


def plain(problem: Problem) -> bool:
    """Whether the max-p form proves every answer: one class, no forbidden pairs."""
    return len(set(problem.classes.tolist())) == 1 and not problem.forbidden


@settings(max_examples=25)
@given(problems(most=5).filter(plain))
def test_max_p_plans_come_by_their_parts(problem: Problem) -> None:
    """By the units left below the standard, then by parts; one step is checked, where all is proven."""
    best = in_form(problem, "max-p")
    listed = best.alternatives(4)
    parts = [dict(plan.solution.objectives)["parts"] for plan in [best, *listed]]
    assert len(listed) == min(4, sum(1 for _ in brute.plans(problem)) - 1)
    assert len({tuple(plan.solution.labels.tolist()) for plan in [best, *listed]}) == len(listed) + 1
    assert max(parts) == parts[0]


@settings(max_examples=25)
@given(problems(most=5))
def test_target_plans_keep_their_number_and_come_in_order(problem: Problem) -> None:
    best = in_form(problem, f"target={solve(problem).parts}")
    listed = best.alternatives(6)
    held = attrs.evolve(problem, obliged=np.ones(problem.n, dtype=bool))
    plans = [groups for groups in brute.plans(problem) if len(groups) == best.solution.parts]
    everything = sorted(brute.cost(held, groups) for groups in plans)
    assert [cost(plan) for plan in listed] == everything[1:7]


def test_when_there_are_no_more_plans_the_list_is_short() -> None:
    frame = villages(
        commune=["A", "A", "B", "C", "D", "E"], households=np.array([300, 90, 300, 300, 300, 300])
    )
    assert len(plan_of(frame).alternatives(10)) == 1
