"""The solver-free check: it accepts what is proven, and nothing that was tampered with."""

from __future__ import annotations

import ast
import copy
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import numpy as np
import pytest
from cases import problem_of, problems
from hypothesis import given, settings

from tinhgon.planner import check as checker
from tinhgon.planner import check_sweeps, law, target
from tinhgon.planner.check import check
from tinhgon.planner.problem import Problem
from tinhgon.planner.solution import Solution

CHAIN = problem_of([[60.0], [150.0], [90.0], [250.0], [80.0]], [(0, 1), (1, 2), (2, 3), (3, 4)], [[200.0]])


@pytest.mark.parametrize("module", [checker, check_sweeps])
def test_the_checker_stands_alone(module: ModuleType) -> None:
    """At most 150 lines that import nothing but the standard library: whoever distrusts the planner can read it."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    assert len(text.splitlines()) <= 150


def groups_of(problem: Problem, answer: Solution) -> dict[str, int]:
    return dict(zip(problem.ids, answer.labels.tolist(), strict=True))


def leaves(tree: dict[str, Any]) -> list[dict[str, Any]]:
    halves = [tree[key] for key in ("together", "apart", "at_most", "at_least") if key in tree]
    return [leaf for half in halves for leaf in leaves(half)] if halves else [tree]


@given(problems())
@settings(max_examples=60)
def test_every_certified_plan_passes(problem: Problem) -> None:
    answer = law.solve(problem, certify=True)
    report = check(problem, groups_of(problem, answer), answer.certificate)
    assert (report.faults, report.open) == ([], [])
    assert [problem.ids[v.unit] for v in answer.violations] == sorted(report.violations)


@given(problems())
@settings(max_examples=30)
def test_a_worse_plan_does_not_pass_for_the_best(problem: Problem) -> None:
    answer = law.solve(problem, certify=True)
    apart = {name: number for number, name in enumerate(problem.ids)}
    report = check(problem, apart, answer.certificate)
    assert report.open or report.faults or apart == groups_of(problem, answer) or answer.parts == problem.n


def test_prices_cut_by_a_person_are_found_out() -> None:
    answer = law.solve(CHAIN, certify=True)
    forged = copy.deepcopy(answer.certificate)
    for leaf in leaves(forged["components"][0]["tree"]):
        leaf["prices"][0] -= 5.0
    assert check(CHAIN, groups_of(CHAIN, answer), forged).open


def test_weights_that_do_not_put_violations_first_are_found_out() -> None:
    answer = law.solve(CHAIN, certify=True)
    forged = copy.deepcopy(answer.certificate)
    forged["components"][0]["violation"] = 1.0
    assert check(CHAIN, groups_of(CHAIN, answer), forged).open


def test_a_component_left_out_is_named() -> None:
    answer = law.solve(CHAIN, certify=True)
    assert (
        "u0: in no component"
        in check(CHAIN, groups_of(CHAIN, answer), {"form": "law", "components": []}).open
    )


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda groups: {**groups, "u0": groups["u4"]}, "not connected"),
        (
            lambda groups: {name: k for name, k in groups.items() if name != "u0"},
            "not both planned and given",
        ),
        (lambda groups: dict.fromkeys(groups, 0), "forbidden to join"),
        (lambda groups: {name: number for number, name in enumerate(groups)}, "forced together"),
    ],
)
def test_a_plan_that_breaks_a_demand_says_which(
    change: Callable[[dict[str, int]], dict[str, int]], word: str
) -> None:
    problem = attrs.evolve(CHAIN, forced=((3, 4),), forbidden=((0, 2),))
    answer = law.solve(problem, certify=True)
    assert check(problem, groups_of(problem, answer), answer.certificate).faults == []
    assert any(
        word in fault
        for fault in check(problem, change(groups_of(problem, answer)), answer.certificate).faults
    )


def test_a_plan_across_two_parents_is_not_connected() -> None:
    problem = attrs.evolve(CHAIN, parents=np.array([0, 0, 0, 1, 1]), parent_names=("A", "B"))
    answer = law.solve(problem, certify=True)
    joined = {**groups_of(problem, answer), "u2": 99, "u3": 99}
    assert any("inside one parent" in fault for fault in check(problem, joined, answer.certificate).faults)


def test_the_max_p_proof_is_read_in_the_format_of_the_max_p_form() -> None:
    problem = problem_of([[6.0], [4.0], [6.0], [4.0]], [(0, 1), (1, 2), (2, 3)], [[10.0]])
    proof = {
        "form": "max-p",
        "scale": 10,
        "components": [{"units": ["u0", "u1", "u2", "u3"], "prices": [6, 4, 6, 4]}],
    }
    assert check(problem, {"u0": 0, "u1": 0, "u2": 1, "u3": 1}, proof).open == []
    assert check(problem, {"u0": 0, "u1": 0, "u2": 0, "u3": 0}, proof).open
    assert check(
        problem, {"u0": 0, "u1": 0, "u2": 1, "u3": 1}, {"form": "max-p", "scale": 10, "components": []}
    ).open


def test_the_target_proof_passes_only_for_its_own_number() -> None:
    answer = target.solve(CHAIN, 3)
    assert check(CHAIN, groups_of(CHAIN, answer), answer.certificate).open == []
    assert check(CHAIN, groups_of(CHAIN, answer), {**answer.certificate, "form": "target=2"}).open
