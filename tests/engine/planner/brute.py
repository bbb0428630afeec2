"""Every plan of a small problem, straight from the definitions: slow, and nothing shared with the solvers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tinhgon.planner.problem import Problem

Groups = list[list[int]]


def plans(problem: Problem) -> Iterator[Groups]:
    """All lawful ways to group the units, whatever they cost."""
    for groups in _partitions(list(range(problem.n))):
        if all(_allowed(problem, group) for group in groups) and _together(problem, groups):
            yield groups


def cost(problem: Problem, groups: Groups) -> tuple[int, int, float]:
    """(violations, abolished, renamed residents) of a plan."""
    violations = sum(
        sum(bool(problem.must[i]) for i in group) for group in groups if not problem.meets(group)
    )
    renamed = sum(sum(problem.residents[group]) - max(problem.residents[group]) for group in groups)
    return violations, problem.n - len(groups), float(renamed)


def tie(problem: Problem, groups: Groups, away: np.ndarray) -> float:
    """The tie-break of a plan: each unit's residents times how far they are from the seat, the largest unit."""
    total = 0.0
    for group in groups:
        seat = max(group, key=lambda i: (problem.residents[i], problem.values[i, 0], -i))
        total += sum(problem.residents[i] * away[i, seat] for i in group)
    return float(total)


def _partitions(units: list[int]) -> Iterator[Groups]:
    if not units:
        yield []
        return
    first, rest = units[0], units[1:]
    for groups in _partitions(rest):
        yield [[first], *groups]
        for k, group in enumerate(groups):
            yield [*groups[:k], [first, *group], *groups[k + 1 :]]


def _allowed(problem: Problem, group: list[int]) -> bool:
    inside = set(group)
    if len({int(problem.parents[i]) for i in group}) > 1 or (len(group) > 1 and inside & problem.alone):
        return False
    if any(a in inside and b in inside for a, b in problem.forbidden):
        return False
    reached, fresh = {group[0]}, [group[0]]
    while fresh:
        at = fresh.pop()
        for a, b in problem.edges.tolist():
            for here, there in ((a, b), (b, a)):
                if here == at and there in inside and there not in reached:
                    reached.add(there)
                    fresh.append(there)
    return reached == inside


def _together(problem: Problem, groups: Groups) -> bool:
    return all(any(a in group and b in group for group in groups) for a, b in problem.forced)
