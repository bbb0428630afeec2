"""The search for undervalued groups against all connected groups, and its compiled form against Python."""

from __future__ import annotations

import itertools
import random

import brute
import numpy as np
from cases import problem_of, problems
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.planner import pricing
from tinhgon.planner.branching import search
from tinhgon.planner.greedy import smallest_first
from tinhgon.planner.law import task_of
from tinhgon.planner.nodes import contract
from tinhgon.planner.problem import Problem

WORTH = pricing.Worth(30.0, 100.0)


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_it_finds_an_undervalued_group_exactly_where_there_is_one(
    problem: Problem, chance: random.Random
) -> None:
    nodes = contract(problem)
    count = len(nodes.whole.kinds)
    prices = np.array([chance.uniform(-10.0, 40.0) for _ in range(count)])
    found = pricing.undervalued(nodes.whole, prices, WORTH, pricing.Limits(0.0, 10**6, 10**6))
    listed = [tuple(sorted(found.members[a:b].tolist())) for a, b in itertools.pairwise(found.starts)]
    every = [g for k in range(1, count + 1) for g in itertools.combinations(range(count), k)]
    cheap = [group for group in every if _undervalued(problem, nodes.node_of, prices, group)]
    assert found.complete
    assert set(listed) <= set(cheap)
    assert bool(listed) == bool(cheap)
    all_ = pricing.undervalued(nodes.whole, prices, WORTH, pricing.Limits(0.0, 10**6, 10**6, True))
    rows = [tuple(sorted(all_.members[a:b].tolist())) for a, b in itertools.pairwise(all_.starts)]
    assert sorted(rows) == sorted(cheap)


def _undervalued(problem: Problem, node_of: np.ndarray, prices: np.ndarray, group: tuple[int, ...]) -> bool:
    units = np.flatnonzero(np.isin(node_of, group)).tolist()
    short = 0 if problem.meets(units) else problem.must[units].sum()
    worth = WORTH.part + problem.residents[units].max() - WORTH.violation * short
    return brute._allowed(problem, units) and worth > prices[list(group)].sum()


@given(problems(), st.booleans())
@settings(max_examples=100)
def test_a_proof_by_cases_from_the_naive_plan_is_as_good_as_the_best_of_all(
    problem: Problem, by_prices: bool
) -> None:
    task = task_of(problem)
    outcome = search(task, smallest_first(problem), 1000, by_prices)
    groups = [np.flatnonzero(outcome.labels == k).tolist() for k in range(outcome.labels.max() + 1)]
    assert outcome.optimal(task.step)
    assert brute.cost(problem, groups) == min(brute.cost(problem, plan) for plan in brute.plans(problem))


def test_the_naive_plan_leaves_a_unit_without_neighbours_as_it_is() -> None:
    problem = problem_of([[50.0], [60.0], [300.0]], [(1, 2)], [[200.0]])
    assert smallest_first(problem).tolist() == [0, 1, 1]
