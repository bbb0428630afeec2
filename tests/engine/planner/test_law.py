"""The law form against every possible plan, and on the cases an office meets."""

from __future__ import annotations

import attrs
import brute
import numpy as np
import pytest
from cases import problem_of, problems, tied
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.planner import law
from tinhgon.planner.assess import faults
from tinhgon.planner.nodes import UnableToReconcilePairs
from tinhgon.planner.problem import Problem, UnableToPoseProblem


def groups_of(labels: np.ndarray) -> list[list[int]]:
    return [np.flatnonzero(labels == k).tolist() for k in range(labels.max() + 1)]


@given(problems())
@settings(max_examples=300)
def test_it_is_as_good_as_the_best_of_all_plans_on_every_objective(problem: Problem) -> None:
    answer = law.solve(problem)
    best = min(brute.cost(problem, groups) for groups in brute.plans(problem))
    assert tuple(value for _, value in answer.objectives) == best
    assert brute.cost(problem, groups_of(answer.labels)) == best
    assert faults(problem, answer.labels) == []
    assert len(answer.violations) == best[0]


@given(tied(), st.booleans())
@settings(max_examples=300)
def test_among_plans_as_good_it_is_the_best_in_the_tie_break(
    asked: tuple[Problem, np.ndarray], certify: bool
) -> None:
    problem, away = asked
    answer = law.solve(problem, certify=certify)
    best = min((*brute.cost(problem, plan), brute.tie(problem, plan, away)) for plan in brute.plans(problem))
    assert answer.status == "optimal"
    assert tuple(value for _, value in answer.objectives) == best


def test_a_village_at_exactly_half_need_not_merge() -> None:
    problem = problem_of([[100.0], [250.0]], [(0, 1)], [[200.0]])
    assert law.solve(problem).parts == 2


def test_a_village_under_half_joins_the_neighbour_that_renames_fewest() -> None:
    homes, people = [[90.0], [250.0], [120.0]], np.array([400.0, 900.0, 300.0])
    problem = problem_of(homes, [(0, 1), (0, 2)], [[200.0]], residents=people)
    assert groups_of(law.solve(problem).labels) == [[0, 2], [1]]


def test_three_units_waive_the_standard() -> None:
    problem = problem_of([[10.0], [10.0], [10.0]], [(0, 1), (1, 2)], [[1000.0]], waive_at=3)
    answer = law.solve(problem)
    assert answer.parts == 1
    assert answer.violations == ()


def test_a_commune_joined_with_a_ward_is_held_to_the_standard_of_a_ward() -> None:
    problem = problem_of(
        [[4.0], [5.0], [5.0]], [(0, 1), (1, 2)], [[8.0], [20.0]], classes=np.array([0, 0, 1]), must_below=0.6
    )
    answer = law.solve(problem)
    assert groups_of(answer.labels) == [[0, 1], [2]]
    assert [(v.unit, v.reason) for v in answer.violations] == [(2, "no_union")]


@pytest.mark.parametrize(
    ("more", "edges", "reason"),
    [
        ({}, [], "isolated"),
        ({}, [(0, 1)], "parent_below"),
        ({"alone": frozenset({0})}, [(0, 1), (1, 2)], "alone"),
        ({"forbidden": ((0, 1),)}, [(0, 1), (1, 2)], "forbidden_borders"),
    ],
)
def test_a_unit_that_cannot_be_made_lawful_says_why(
    more: dict[str, object], edges: list[tuple[int, int]], reason: str
) -> None:
    problem = problem_of([[10.0], [60.0], [300.0]], edges, [[200.0]], **more)
    first = law.solve(problem).violations[0]
    assert (first.unit, first.reason) == (0, reason)
    assert first.text_vi
    assert first.text_en


def test_a_standard_no_union_meets_leaves_every_unit_as_it_is_with_a_reason() -> None:
    problem = problem_of([[10.0], [60.0], [300.0]], [(0, 1), (1, 2)], [[1e9]])
    answer = law.solve(problem)
    assert answer.parts == 3
    assert {v.reason for v in answer.violations} == {"parent_below"}


def test_obligations_may_be_given_outright() -> None:
    problem = problem_of(
        [[10.0, 90.0], [300.0, 90.0]], [(0, 1)], [[200.0, 60.0]], obliged=np.array([False, False])
    )
    assert law.solve(problem).parts == 2


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"forced": ((0, 1),), "forbidden": ((0, 1),)}, "forbidden"),
        ({"forced": ((0, 2),)}, "without touching"),
        ({"forced": ((0, 1),), "alone": frozenset({1})}, "alone"),
        ({"forced": ((0, 1),), "parents": np.array([0, 1, 1]), "parent_names": ("A", "B")}, "two parents"),
    ],
)
def test_contradictory_demands_name_the_units_and_the_way_out(more: dict[str, object], word: str) -> None:
    problem = problem_of([[10.0], [60.0], [300.0]], [(0, 1), (1, 2)], [[200.0]], **more)
    with pytest.raises(UnableToReconcilePairs, match=f"thôn 1.*{word}"):
        law.solve(problem)


def test_every_defect_of_the_figures_is_named_at_once() -> None:
    problem = problem_of([[-1.0], [60.0]], [(0, 1)], [[200.0]])
    problem = attrs.evolve(problem, residents=np.array([1.0, np.nan]), parents=np.array([0, 7]))
    with pytest.raises(UnableToPoseProblem) as caught:
        law.solve(problem)
    assert len(caught.value.defects) == 3


def test_an_interrupt_keeps_what_is_solved_and_says_feasible() -> None:
    problem = problem_of([[90.0], [250.0], [90.0], [250.0]], [(0, 1), (2, 3)], [[200.0]])

    def press_ctrl_c(done: int, of: int) -> None:
        raise KeyboardInterrupt

    answer = law.solve(problem, progress=press_ctrl_c)
    assert answer.status == "feasible"
    assert groups_of(answer.labels) == [[0, 1], [2], [3]]
