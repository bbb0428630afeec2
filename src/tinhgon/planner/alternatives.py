"""The next best different plans, in order: Lawler (1972) divides what is left by pairs of neighbours.

Two plans differ where some pair of neighbours is together in one and apart in the other. The plans other than
a best one fall into classes: those that agree with it on the first i pairs and differ on the next. The best
of each class is a problem of the same kind with pairs forced and forbidden; the least of them is the next
best plan.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count, islice

import attrs
import numpy as np

from tinhgon.planner.forms import LAW
from tinhgon.planner.law import solve
from tinhgon.planner.nodes import UnableToReconcilePairs
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import IntArray, Problem
from tinhgon.planner.scores import OBJECTIVES, costs, left
from tinhgon.planner.solution import FEASIBLE, Solution, relabel
from tinhgon.refusal import Refusal

Cost = tuple[float, ...]
_OBJECTIVES = OBJECTIVES[LAW]


class UnableToListAlternatives(Refusal, ValueError):
    """Alternatives are listed in the law form, in one parent or in all; says which parents there are."""


@attrs.frozen(slots=True, eq=False)
class _Choice:
    """A plan for one parent and the class it is the best of: pairs up to `decided` are settled."""

    labels: IntArray
    forced: tuple[tuple[int, int], ...]
    forbidden: tuple[tuple[int, int], ...]
    decided: int


@attrs.define(slots=True, eq=False)
class _Ranking:
    """The plans for one parent from the best on, found as they are asked for."""

    units: IntArray
    _source: Iterator[tuple[Cost, IntArray]]
    _known: list[tuple[Cost, IntArray]] = attrs.field(factory=list)

    def get(self, rank: int) -> tuple[Cost, IntArray] | None:
        """Cost and labels of the plan of this rank (0: the best), None past the last one."""
        self._known += islice(self._source, max(0, rank + 1 - len(self._known)))
        return self._known[rank] if rank < len(self._known) else None

    def step(self, rank: int) -> Cost | None:
        """What the plan of this rank costs more than the one before."""
        here, before = self.get(rank), self.get(rank - 1)
        if here is None or before is None:
            return None
        return tuple(a - b for a, b in zip(here[0], before[0], strict=True))


def alternatives(plan: Plan, k: int, *, parent: str | None = None) -> list[Plan]:
    """The k next best plans that differ from this one, the best first; fewer where there are no more.

    Equally good plans count. With `parent` only that parent's part changes: each plan asks for about one
    solve per pair of neighbours concerned. Raises UnableToListAlternatives.
    """
    if plan.form != LAW:
        raise UnableToListAlternatives(
            f"Chỉ liệt kê phương án kế tiếp theo mục tiêu law; phương án này là {plan.form}.",
            f"Alternatives are listed in the law form only; this plan is {plan.form}.",
        )
    rankings = [_ranking(plan, number) for number in _chosen(plan, parent)]
    return [_with_ranks(plan, rankings, ranks) for ranks in islice(_in_order(rankings), k)]


def _chosen(plan: Plan, parent: str | None) -> list[int]:
    names = plan.posed.problem.parent_names
    if parent is not None and parent not in names:
        raise UnableToListAlternatives(
            f"Không có đơn vị cấp trên {parent!r}; có {', '.join(names[:20])}.",
            f"There is no parent {parent!r}; there are {', '.join(names[:20])}.",
        )
    return [number for number, name in enumerate(names) if parent in {None, name}]


def _ranking(plan: Plan, parent: int) -> _Ranking:
    problem = plan.posed.problem
    units = np.flatnonzero(problem.parents == parent)
    return _Ranking(units, _ranked(problem.part(units), relabel(plan.solution.labels[units])))


def _ranked(problem: Problem, best: IntArray) -> Iterator[tuple[Cost, IntArray]]:
    """The plans of one parent in order of cost, beginning with the one given."""
    turn = count()
    first = _Choice(best, problem.forced, problem.forbidden, 0)
    heap: list[tuple[Cost, int, _Choice]] = [(_cost(problem, best), next(turn), first)]
    while heap:
        cost, _, choice = heapq.heappop(heap)
        yield cost, choice.labels
        for other in _classes(problem, choice):
            heapq.heappush(heap, (_cost(problem, other.labels), next(turn), other))


def _cost(problem: Problem, labels: IntArray) -> Cost:
    found = costs(problem, labels, LAW)
    return tuple(found[name] for name in _OBJECTIVES)


def _classes(problem: Problem, choice: _Choice) -> Iterator[_Choice]:
    """The best plan of each class that differs from this choice first at some pair not settled yet."""
    pairs = [(int(a), int(b)) for a, b in problem.edges]
    forced, forbidden = list(choice.forced), list(choice.forbidden)
    for number in range(choice.decided, len(pairs)):
        pair = pairs[number]
        together = choice.labels[pair[0]] == choice.labels[pair[1]]
        flipped = ([*forced], [*forbidden, pair]) if together else ([*forced, pair], [*forbidden])
        labels = _best(problem, *flipped)
        if labels is not None:
            yield _Choice(labels, tuple(flipped[0]), tuple(flipped[1]), number + 1)
        (forced if together else forbidden).append(pair)


def _best(
    problem: Problem, forced: list[tuple[int, int]], forbidden: list[tuple[int, int]]
) -> IntArray | None:
    """The labels of a best plan with these pairs, None where they contradict one another."""
    asked = attrs.evolve(problem, forced=tuple(forced), forbidden=tuple(forbidden))
    try:
        return solve(asked).labels
    except UnableToReconcilePairs:
        return None


def _in_order(rankings: list[_Ranking]) -> Iterator[dict[int, int]]:
    """Ranks by parent (0 where absent) in order of total cost, without the best plan itself.

    A state is followed by those that raise its last parent once more, or a later one for the first time.
    """
    turn = count()
    heap: list[tuple[Cost, int, dict[int, int]]] = []

    def follow(cost: Cost, ranks: dict[int, int]) -> None:
        for number in range(max(ranks, default=0), len(rankings)):
            rank = ranks.get(number, 0) + 1
            step = rankings[number].step(rank)
            if step is not None:
                more = tuple(a + b for a, b in zip(cost, step, strict=True))
                heapq.heappush(heap, (more, next(turn), {**ranks, number: rank}))

    follow((0.0,) * len(_OBJECTIVES), {})
    while heap:
        cost, _, ranks = heapq.heappop(heap)
        yield ranks
        follow(cost, ranks)


def _with_ranks(plan: Plan, rankings: list[_Ranking], ranks: dict[int, int]) -> Plan:
    problem = plan.posed.problem
    labels = np.array(plan.solution.labels, dtype=np.int64)
    for number, rank in ranks.items():
        chosen = rankings[number].get(rank)
        if chosen is not None:
            labels[rankings[number].units] = problem.n * (number + 1) + chosen[1]
    return Plan(plan.posed, _solution(plan, relabel(labels)), (False,) * len(plan.proven))


def _solution(plan: Plan, labels: IntArray) -> Solution:
    found = costs(plan.posed.problem, labels, LAW)
    return attrs.evolve(
        plan.solution,
        labels=labels,
        objectives=tuple((name, found[name]) for name in _OBJECTIVES),
        status=FEASIBLE,
        certificate={},
        violations=left(plan.posed.problem, labels, LAW),
    )
