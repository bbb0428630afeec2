"""The solver-free check: it accepts what is proven, and nothing that was tampered with."""

from __future__ import annotations

import ast
import copy
import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import brute
import grids
import numpy as np
import pytest
from cases import problem_of, problems
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.planner import check as checker
from tinhgon.planner import law, maxp, target
from tinhgon.planner.check import GRAIN, check
from tinhgon.planner.problem import Problem
from tinhgon.planner.solution import Solution

CHAIN = problem_of([[60.0], [150.0], [90.0], [250.0], [80.0]], [(0, 1), (1, 2), (2, 3), (3, 4)], [[200.0]])


def test_the_checker_stands_alone() -> None:
    """At most 150 lines that import nothing but the standard library: whoever distrusts the planner can read it."""
    text = Path(checker.__file__).read_text(encoding="utf-8")
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


def checked(problem: Problem, answer: Solution, proofs: Any = None) -> dict[str, Any]:
    """The answer's own plan, checked by its own proofs or by others."""
    proofs = answer.certificate["components"] if proofs is None else proofs
    return check(problem, answer.form, groups_of(problem, answer), proofs)


@given(problems())
@settings(max_examples=60)
def test_every_certified_plan_passes(problem: Problem) -> None:
    answer = law.solve(problem, certify=True)
    report = checked(problem, answer)
    assert (report["faults"], report["open"]) == ([], [])
    assert [problem.ids[v.unit] for v in answer.violations] == sorted(report["violations"])


@given(problems())
@settings(max_examples=30)
def test_a_worse_plan_does_not_pass_for_the_best(problem: Problem) -> None:
    answer = law.solve(problem, certify=True)
    apart = {name: number for number, name in enumerate(problem.ids)}
    report = check(problem, "law", apart, answer.certificate["components"])
    assert (
        report["open"] or report["faults"] or apart == groups_of(problem, answer) or answer.parts == problem.n
    )


def test_prices_cut_by_a_person_are_found_out() -> None:
    answer = law.solve(CHAIN, certify=True)
    forged = copy.deepcopy(answer.certificate["components"])
    for leaf in leaves(forged[0]):
        leaf["prices"][0] -= 5 * GRAIN
    assert checked(CHAIN, answer, forged)["open"]


def test_a_proof_left_out_is_named() -> None:
    answer = law.solve(CHAIN, certify=True)
    assert any("u0, ... (5 units)" in line for line in checked(CHAIN, answer, [])["open"])


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
    proofs = answer.certificate["components"]
    assert checked(problem, answer)["faults"] == []
    faults = check(problem, "law", change(groups_of(problem, answer)), proofs)["faults"]
    assert any(word in fault for fault in faults)


def test_a_plan_across_two_parents_is_not_connected() -> None:
    problem = attrs.evolve(CHAIN, parents=np.array([0, 0, 0, 1, 1]), parent_names=("A", "B"))
    answer = law.solve(problem, certify=True)
    joined = {**groups_of(problem, answer), "u2": 99, "u3": 99}
    report = check(problem, "law", joined, answer.certificate["components"])
    assert any("inside one parent" in fault for fault in report["faults"])


def max_p_proof(*prices: float, bound: int = 2) -> dict[str, Any]:
    """A proof about u0, u1, ... by prices in shares of a part."""
    whole = [int(price * GRAIN) for price in prices]
    return {"units": [f"u{k}" for k in range(len(prices))], "prices": whole, "part_price": 0, "bound": bound}


PAIRED = problem_of([[6.0], [4.0], [6.0], [4.0]], [(0, 1), (1, 2), (2, 3)], [[10.0]])
TWO_PARTS = {"u0": 0, "u1": 0, "u2": 1, "u3": 1}


def test_prices_alone_prove_the_most_parts() -> None:
    proof = max_p_proof(0.625, 0.375, 0.625, 0.375)
    assert check(PAIRED, "max-p", TWO_PARTS, [proof])["open"] == []
    assert check(PAIRED, "max-p", dict.fromkeys(TWO_PARTS, 0), [proof])["open"]
    assert check(PAIRED, "max-p", TWO_PARTS, [])["open"]


def test_what_prices_leave_over_is_swept_up() -> None:
    """A triangle of units that suffice by twos: prices of one half each allow a part and a half."""
    problem = problem_of([[5.0], [5.0], [5.0]], [(0, 1), (1, 2), (0, 2)], [[10.0]])
    together = {"u0": 0, "u1": 0, "u2": 0}
    assert check(problem, "max-p", together, [max_p_proof(1.0, 0.5, 0.0, bound=1)])["open"]
    assert check(problem, "max-p", together, [max_p_proof(0.5, 0.5, 0.5, bound=1)])["open"] == []
    assert check(problem, "max-p", together, [max_p_proof(0.75, 0.75, 0.75, bound=1)])["open"] == []


def test_where_classes_mix_a_piece_may_hold_a_lawful_group_though_all_of_it_is_none() -> None:
    problem = problem_of(
        [[5.0], [5.0], [0.0]], [(0, 1), (1, 2)], [[10.0], [100.0]], classes=np.array([0, 0, 1], dtype=np.int8)
    )
    apart = {"u0": 0, "u1": 1, "u2": 2}
    assert check(problem, "max-p", apart, [])["open"]


def test_the_target_proof_passes_only_for_its_own_number() -> None:
    answer = target.solve(CHAIN, 3)
    assert checked(CHAIN, answer)["open"] == []
    groups, proofs = groups_of(CHAIN, answer), answer.certificate["components"]
    assert check(CHAIN, "target=2", groups, proofs)["open"]


@given(problems(), st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_prices_are_given_no_false_bound_passes(problem: Problem, data: st.DataObject) -> None:
    """One proof for each set of units that may be a piece, with prices and a bound made up: never too few parts."""
    price = st.integers(0, 6).map(lambda sixths: sixths * GRAIN // 6)
    pieces = {frozenset(problem.ids[u] for u in units) for units in subsets(problem)}
    proofs = [
        {
            "units": sorted(piece),
            "prices": data.draw(st.lists(price, min_size=len(piece), max_size=len(piece))),
            "part_price": 0,
            "bound": data.draw(st.integers(0, 2)),
        }
        for piece in sorted(pieces, key=sorted)
    ]
    plans = list(brute.plans(problem))
    lawful = [sum(map(problem.meets, plan)) for plan in plans]
    worst = plans[lawful.index(min(lawful))]
    groups = {problem.ids[u]: k for k, group in enumerate(worst) for u in group}
    if check(problem, "max-p", groups, proofs)["open"] == []:
        assert min(lawful) == max(lawful)


def subsets(problem: Problem) -> list[tuple[int, ...]]:
    """Every set of units: which of them are pieces is for the check to say."""
    return [c for size in range(1, problem.n + 1) for c in itertools.combinations(range(problem.n), size)]


def test_residents_that_are_no_whole_numbers_are_proven_to_a_millionth() -> None:
    problem = attrs.evolve(CHAIN, residents=np.array([0.1, 0.7, 0.2, 0.3, 0.7]))
    answer = law.solve(problem, certify=True)
    assert checked(problem, answer)["open"] == []
    worse = dict.fromkeys(problem.ids, 0)
    assert check(problem, "law", worse, answer.certificate["components"])["open"]


Path_ = tuple[Any, ...]


def numbers_in(part: Any, path: Path_ = ()) -> list[Path_]:
    """Where in a proof there are numbers."""
    if isinstance(part, dict | list):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        return [found for key, value in inside for found in numbers_in(value, (*path, key))]
    return [path] if isinstance(part, int) else []


def changed(proofs: Any, path: Path_, change: Callable[[Any], Any]) -> Any:
    """A copy of the proofs with one thing in it changed."""
    copied = copy.deepcopy(proofs)
    holder = copied
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = change(holder[path[-1]])
    return copied


def refused(problem: Problem, form: str, groups: dict[str, int], proofs: Any) -> bool:
    """Whether a plan is not called the best, or its proof cannot be read."""
    try:
        return bool(check(problem, form, groups, proofs)["open"])
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return True


CHANGES: list[Callable[[Any], Any]] = [
    lambda _: float("nan"),
    lambda _: -float("inf"),
    lambda _: "0",
    lambda _: None,
    lambda _: [],
    lambda number: number - 10 * GRAIN,
    lambda number: number + 10 * GRAIN,
    lambda number: -number,
    lambda number: number // 2,
    lambda number: number + 0.5,
    lambda number: number + 1,
    lambda number: number - 1,
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("solve", [law.solve, maxp.solve, lambda p, **_: target.solve(p, 3)])
def test_no_number_bent_makes_a_worse_plan_the_best(
    solve: Callable[..., Solution], change: Callable[[Any], Any]
) -> None:
    """Whatever number of a proof is bent, plans that are not the best are not called so."""
    problem = problem_of(
        [[60.0], [150.0], [90.0], [250.0], [80.0], [40.0]],
        [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5), (2, 5)],
        [[200.0]],
    )
    answer = solve(problem, certify=True) if solve is law.solve else solve(problem)
    proofs = answer.certificate["components"]
    assert not refused(problem, answer.form, groups_of(problem, answer), proofs)
    worse = dict.fromkeys(problem.ids, 0)
    if answer.form == "target=3":
        worse |= {"u4": 4, "u5": 5}
    assert refused(problem, answer.form, worse, proofs)
    for path in numbers_in(proofs):
        assert refused(problem, answer.form, worse, changed(proofs, path, change)), path


@pytest.mark.parametrize("solve", [law.solve, maxp.solve])
def test_no_piece_of_a_proof_can_be_left_out_doubled_or_exchanged(solve: Callable[..., Solution]) -> None:
    problem = grids.grid(4, 3, seed=3, threshold=25.0)
    answer = law.solve(problem, certify=True) if solve is law.solve else maxp.solve(problem)
    whole = answer.certificate["components"]
    groups = dict.fromkeys(problem.ids, 0)  # a plan, not the best
    bent = [[proof for proof in whole if proof is not left] for left in whole]
    for at, proof in enumerate(whole):
        units, prices = proof["units"], proof.get("prices", [])
        doubled = {**proof, "units": [units[0], *units], "prices": [-(10**6) * GRAIN, *prices]}
        exchanged = {**proof, "units": [units[-1], *units[1:-1], units[0]]}
        shorter = {**proof, "prices": prices[:-1]}
        strange = {**proof, "units": ["x", *units[1:]]}
        less = {**proof, "bound": proof.get("bound", 1) - 1}
        bent += [[*whole[:at], one, *whole[at + 1 :]] for one in (doubled, exchanged, shorter, strange, less)]
    assert all(refused(problem, answer.form, groups, proofs) for proofs in bent)
