"""The max-p form against every possible plan, and on the cases where other tools hang or mislead."""

from __future__ import annotations

from typing import Any

import brute
import grids
import numpy as np
import pytest
from cases import problem_of, problems
from hypothesis import given, settings

from tinhgon.planner import maxp
from tinhgon.planner.assess import faults
from tinhgon.planner.check import GRAIN, check
from tinhgon.planner.problem import Problem
from tinhgon.planner.solution import OPTIMAL, Solution


def groups_of(labels: np.ndarray) -> list[list[int]]:
    return [np.flatnonzero(labels == k).tolist() for k in range(labels.max() + 1)]


def worth(problem: Problem, groups: list[list[int]]) -> tuple[int, int]:
    """(units in groups below the standard, groups that meet it, with a minus): both are to be small."""
    lawful = [problem.meets(group) for group in groups]
    below = sum(len(group) for group, fine in zip(groups, lawful, strict=True) if not fine)
    return below, -sum(lawful)


def plain(problem: Problem) -> bool:
    """Whether joining a neighbour never makes a lawful part unlawful."""
    return len(set(problem.classes.tolist())) == 1 and not problem.forbidden


@given(problems())
@settings(max_examples=300)
def test_what_it_calls_optimal_is_the_best_of_all_plans(problem: Problem) -> None:
    answer = maxp.solve(problem, effort=1)
    found = worth(problem, groups_of(answer.labels))
    best = min(worth(problem, groups) for groups in brute.plans(problem))
    assert faults(problem, answer.labels) == []
    assert dict(answer.objectives)["parts"] == -found[1]
    assert len(answer.violations) == found[0]
    assert answer.bound >= -found[1]
    assert found >= best
    if plain(problem):
        assert answer.status == OPTIMAL
    if answer.status == OPTIMAL:
        assert found == best


@pytest.mark.parametrize("seed", range(4))
def test_larger_grids_are_lawful_and_within_their_bound(seed: int) -> None:
    problem = grids.grid(12, 9, seed=seed, threshold=30.0)
    answer = maxp.solve(problem, seed=seed, effort=5)
    groups = groups_of(answer.labels)
    assert faults(problem, answer.labels) == []
    assert all(problem.meets(group) for group in groups)
    assert len(groups) <= answer.bound
    assert answer.status == OPTIMAL


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = grids.grid(10, 10, seed=5, threshold=40.0)
    first, again = (maxp.solve(problem, seed=7, effort=3) for _ in range(2))
    assert first.labels.tolist() == again.labels.tolist()
    assert first.certificate == again.certificate


def test_an_isolated_unit_below_the_standard_is_reported() -> None:
    """pygeoda never returns on such input, and spopt returns a region that does not hang together."""
    problem = problem_of([[9.0], [5.0], [6.0], [1.0]], [(0, 1), (1, 2)], [[8.0]])
    answer = maxp.solve(problem)
    assert groups_of(answer.labels) == [[0], [1, 2], [3]]
    assert [(v.unit, v.reason) for v in answer.violations] == [(3, "isolated")]
    assert dict(answer.objectives)["parts"] == 2
    assert answer.status == OPTIMAL


def test_a_component_that_cannot_reach_the_standard_is_left_as_it_is() -> None:
    problem = problem_of([[2.0], [3.0], [9.0]], [(0, 1)], [[8.0]])
    answer = maxp.solve(problem)
    assert groups_of(answer.labels) == [[0], [1], [2]]
    assert [(v.unit, v.reason) for v in answer.violations] == [(0, "parent_below"), (1, "parent_below")]


def test_units_without_residents_join_a_neighbour() -> None:
    problem = problem_of([[0.0], [10.0], [0.0], [0.0]], [(0, 1), (1, 2), (2, 3)], [[8.0]])
    assert groups_of(maxp.solve(problem).labels) == [[0, 1, 2, 3]]


def test_every_measure_counts() -> None:
    problem = problem_of([[9.0, 1.0], [9.0, 9.0], [1.0, 9.0]], [(0, 1), (1, 2)], [[8.0, 8.0]])
    assert len(groups_of(maxp.solve(problem).labels)) == 1


@given(problems())
@settings(max_examples=200)
def test_then_fewest_residents_are_renamed(problem: Problem) -> None:
    answer = maxp.solve(problem, effort=2, then_fewest_renamed=True)
    renamed = dict(answer.objectives)["renamed_residents"]
    found = (*worth(problem, groups_of(answer.labels)), renamed)
    best = min((*worth(problem, groups), brute.cost(problem, groups)[2]) for groups in brute.plans(problem))
    assert faults(problem, answer.labels) == []
    assert found >= best
    if answer.status == OPTIMAL:
        assert found == best


@pytest.mark.parametrize("seed", range(3))
def test_fewest_renamed_is_proven_on_grids_where_residents_are_what_the_standard_asks(seed: int) -> None:
    problem = grids.grid(6, 5, seed=seed, threshold=25.0)
    plain, answer = maxp.solve(problem, effort=5), maxp.solve(problem, effort=5, then_fewest_renamed=True)
    assert dict(answer.objectives)["parts"] == dict(plain.objectives)["parts"]
    assert dict(answer.objectives)["renamed_residents"] <= dict(plain.objectives)["renamed_residents"]
    assert answer.status == OPTIMAL


@pytest.mark.parametrize("seed", range(4))
def test_the_certificate_is_confirmed_without_a_solver(seed: int) -> None:
    problem = grids.grid(7, 5, seed=seed, threshold=25.0)
    answer = maxp.solve(problem, effort=5)
    report = checked(problem, answer, answer.certificate["components"])
    assert (report["faults"], report["open"]) == ([], [])
    assert report["lawful"] == answer.bound


def test_prices_that_were_lowered_are_refused() -> None:
    problem = grids.grid(7, 5, seed=0, threshold=25.0)
    answer = maxp.solve(problem, effort=5)
    first, *others = answer.certificate["components"]
    lowered = {**first, "prices": [price * 9 // 10 for price in first["prices"]]}
    assert checked(problem, answer, [lowered, *others])["open"] != []


def checked(problem: Problem, answer: Solution, proofs: list[dict[str, Any]]) -> dict[str, Any]:
    return check(problem, "max-p", dict(zip(problem.ids, answer.labels.tolist(), strict=True)), proofs)


def swept() -> tuple[Problem, Solution, int]:
    """A grid whose bound rests on sweeps, and the place of the proof that does."""
    for seed in range(30):
        problem = grids.grid(12, 8, seed=seed, threshold=35.0)
        answer = maxp.solve(problem, effort=20)
        for at, proof in enumerate(answer.certificate["components"]):
            if sum(proof["prices"]) >= (proof["bound"] + 1) * GRAIN:
                return problem, answer, at
    raise AssertionError("no grid needs sweeps: take larger ones")


def test_sweeps_are_confirmed_and_bent_ones_are_not() -> None:
    problem, answer, at = swept()
    proofs = answer.certificate["components"]
    assert checked(problem, answer, proofs)["open"] == []
    proof = proofs[at]
    lower = {"prices": [price * 9 // 10 for price in proof["prices"]]}
    less, more = {"bound": proof["bound"] - 1}, {"bound": proof["bound"] + 1}
    below_nothing = {"prices": [-1, *proof["prices"][1:]]}
    for bent in (lower, less, more, below_nothing):
        forged = [*proofs[:at], {**proof, **bent}, *proofs[at + 1 :]]
        assert checked(problem, answer, forged)["open"] != []


@given(problems())
@settings(max_examples=100)
def test_every_bound_of_a_small_problem_is_confirmed_without_a_solver(problem: Problem) -> None:
    answer = maxp.solve(problem, effort=2)
    report = checked(problem, answer, answer.certificate["components"])
    assert report["faults"] == []
    assert report["lawful"] <= answer.bound
    assert (report["open"] == []) == (report["lawful"] == answer.bound)
