"""The law form beyond bit masks: what is proven, what an effort that is too small leaves, and that it ends."""

from __future__ import annotations

import pytest
from cases import problem_of
from grids import grid

from tinhgon.planner import law
from tinhgon.planner.branching import search
from tinhgon.planner.check import check
from tinhgon.planner.completing import completed, mended
from tinhgon.planner.greedy import smallest_first
from tinhgon.planner.nodes import contract
from tinhgon.planner.valuing import worth_of


@pytest.mark.parametrize(("width", "height", "threshold"), [(9, 10, 18.0), (9, 3, 36.0)])
def test_many_that_must_merge_are_proven_and_the_proof_stands(
    width: int, height: int, threshold: float
) -> None:
    problem = grid(width, height, seed=1, threshold=threshold)
    answer = law.solve(problem, certify=True)
    groups = dict(zip(problem.ids, answer.labels.tolist(), strict=True))
    report = check(problem, "law", groups, answer.certificate["components"])
    assert problem.must.sum() > 0.35 * problem.n
    assert answer.status == "optimal"
    assert (report["faults"], report["open"]) == ([], [])
    assert answer.bound == dict(answer.objectives)["abolished"]


def test_listing_the_groups_of_a_better_plan_ends_where_prices_do() -> None:
    problem = grid(9, 10, seed=2, threshold=22.0)
    listed, priced = (law.solve(problem, certify=certify) for certify in (False, True))
    assert (listed.status, priced.status) == ("optimal", "optimal")
    assert listed.objectives == priced.objectives


def test_little_effort_leaves_a_true_bound_that_more_effort_only_raises() -> None:
    problem = grid(9, 10, seed=4, threshold=22.0)
    some, more = (law.solve(problem, effort=effort) for effort in (1, 1000))
    assert some.status == "feasible"
    assert 0 < some.bound <= more.bound <= dict(more.objectives)["abolished"]
    assert more.objectives <= some.objectives


def test_without_any_effort_the_bound_is_what_units_on_their_own_are_worth() -> None:
    problem = grid(9, 10, seed=4, threshold=22.0)
    task = law.task_of(problem)
    outcome = search(task, smallest_first(problem), 0)
    assert outcome.bound == problem.n * task.worth.part + problem.residents.sum()
    assert not outcome.optimal(task.step)


def test_a_unit_left_over_beside_one_too_small_to_take_it_in_brings_both_to_a_third() -> None:
    problem = problem_of([[50.0], [120.0], [300.0]], [(0, 1), (1, 2)], [[200.0]])
    task, nodes = law.task_of(problem), contract(problem)
    whole = completed(nodes, [(1,), (2,)], lambda group: worth_of(task, group))
    assert whole == [(0, 1), (2,)]
    assert mended(nodes, whole, lambda group: worth_of(task, group)) == [(0, 1, 2)]


def test_a_unit_that_no_neighbour_helps_stays_in_violation() -> None:
    problem = problem_of([[10.0], [20.0], [300.0]], [(0, 1), (1, 2)], [[200.0]], forbidden=((1, 2),))
    task, nodes = law.task_of(problem), contract(problem)
    plan = [(0, 1), (2,)]
    assert problem.must.tolist() == [True, True, False]
    assert mended(nodes, plan, lambda group: worth_of(task, group)) == plan
