"""The next best different plans, in order: Lawler (1972) divides what is left by pairs of neighbours.

Two plans differ where some pair of neighbours is together in one and apart in the other. The plans other than
a best one fall into classes: those that agree with it on the first i pairs and differ on the next. The best
of each class is a problem of the same kind with pairs forced and forbidden; the least of them is the next
best plan. A class cannot be better than the plan it was divided from, so it is solved only when its turn comes: where
many plans are as good as the best, as in the max-p form, about one is solved for each that is listed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count, islice

import attrs
import numpy as np

from tinhgon.planner.forms import LAW, MAX_P, MAX_P_RENAMED, solver, target_of
from tinhgon.planner.nodes import UnableToReconcilePairs
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import IntArray, Problem
from tinhgon.planner.scores import costs, left
from tinhgon.planner.solution import FEASIBLE, Solution, relabel
from tinhgon.planner.target import UnableToReachTarget
from tinhgon.planner.target import solve as solve_for
from tinhgon.refusal import Refusal

Cost = tuple[float, ...]

# What counts in a form, in its order; the max-p form says nothing about names.
_COUNTS = {
    LAW: ("violations", "abolished", "renamed_residents"),
    MAX_P: ("violations", "parts"),
    MAX_P_RENAMED: ("violations", "parts", "renamed_residents"),
}
_IN_TARGET = ("violations", "renamed_residents")


class UnableToListAlternatives(Refusal, ValueError):
    """Alternatives are listed in one parent or in all; says which parents there are."""


@attrs.frozen(slots=True, eq=False)
class _Question:
    """One parent of a plan, or all where the form ties them together, and how it is answered."""

    problem: Problem
    form: str
    seed: int
    effort: int

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Neighbours that may share a group."""
        parents = self.problem.parents
        return [(int(a), int(b)) for a, b in self.problem.edges if parents[a] == parents[b]]

    def cost(self, labels: IntArray) -> Cost:
        """The objectives that count, all to be small."""
        found = costs(self.problem, labels, self.form)
        return tuple(-found[name] if name == "parts" else found[name] for name in self.counted)

    @property
    def counted(self) -> tuple[str, ...]:
        """The objectives that count."""
        chosen = self.problem.tie_break
        return _COUNTS.get(self.form, _IN_TARGET) + (() if chosen is None else (chosen.name,))

    def best(self, choice: _Choice) -> IntArray | None:
        """The labels of a best plan of a class, None where its pairs contradict one another."""
        asked = attrs.evolve(self.problem, forced=choice.forced, forbidden=choice.forbidden)
        number = target_of(self.form)
        try:
            if number is not None:
                return solve_for(asked, number, seed=self.seed, effort=self.effort).labels
            return solver(self.form)(asked, seed=self.seed, effort=self.effort).labels
        except (UnableToReconcilePairs, UnableToReachTarget):
            return None


@attrs.frozen(slots=True, eq=False)
class _Choice:
    """A class of plans, and the best of it once it is solved: pairs up to `decided` are settled."""

    labels: IntArray | None
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

    Equally good plans count: in the max-p form the next ones mostly have as many parts. With `parent` only that
    parent's part changes. Where a solver leaves a class open, its best found stands for it. Raises
    UnableToListAlternatives.
    """
    rankings = [_ranking(plan, number) for number in _chosen(plan, parent)]
    zero = (0.0,) * len(_Question(plan.posed.problem, plan.form, plan.seed, plan.solution.effort).counted)
    return [_with_ranks(plan, rankings, ranks) for ranks in islice(_in_order(rankings, zero), k)]


def _chosen(plan: Plan, parent: str | None) -> list[int]:
    """The parents to be ranked; -1 stands for all together."""
    names = plan.posed.problem.parent_names
    if target_of(plan.form) is not None and parent is None:
        return [-1]
    if parent is not None and parent not in names:
        raise UnableToListAlternatives(
            f"Không có đơn vị cấp trên {parent!r}; có {', '.join(names[:20])}.",
            f"There is no parent {parent!r}; there are {', '.join(names[:20])}.",
        )
    return [number for number, name in enumerate(names) if parent in {None, name}]


def _ranking(plan: Plan, parent: int) -> _Ranking:
    problem, solution = plan.posed.problem, plan.solution
    units = np.flatnonzero((problem.parents == parent) | (parent < 0))
    best = relabel(solution.labels[units])
    form = plan.form if target_of(plan.form) is None else f"target={int(best.max()) + 1}"
    question = _Question(problem.part(units), form, solution.seed, solution.effort)
    return _Ranking(units, _ranked(question, best))


def _ranked(question: _Question, best: IntArray) -> Iterator[tuple[Cost, IntArray]]:
    """The plans of a question in order of cost, beginning with the one given."""
    turn = count()
    first = _Choice(best, question.problem.forced, question.problem.forbidden, 0)
    heap: list[tuple[Cost, bool, int, _Choice]] = [(question.cost(best), False, next(turn), first)]
    while heap:
        cost, _, _, choice = heapq.heappop(heap)
        if choice.labels is not None:
            yield cost, choice.labels
            for other in _classes(question, choice, choice.labels):
                heapq.heappush(heap, (cost, True, next(turn), other))
        elif (labels := question.best(choice)) is not None:
            solved = attrs.evolve(choice, labels=labels)
            heapq.heappush(heap, (max(cost, question.cost(labels)), False, next(turn), solved))


def _classes(question: _Question, choice: _Choice, labels: IntArray) -> Iterator[_Choice]:
    """Each class that differs from this choice first at some pair not settled yet."""
    pairs = question.pairs
    forced, forbidden = list(choice.forced), list(choice.forbidden)
    for number in range(choice.decided, len(pairs)):
        pair = pairs[number]
        together = labels[pair[0]] == labels[pair[1]]
        flipped = ([*forced], [*forbidden, pair]) if together else ([*forced, pair], [*forbidden])
        yield _Choice(None, tuple(flipped[0]), tuple(flipped[1]), number + 1)
        (forced if together else forbidden).append(pair)


def _in_order(rankings: list[_Ranking], zero: Cost) -> Iterator[dict[int, int]]:
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

    follow(zero, {})
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
    found = costs(plan.posed.problem, labels, plan.form)
    return attrs.evolve(
        plan.solution,
        labels=labels,
        objectives=tuple((name, found[name]) for name, _ in plan.solution.objectives),
        status=FEASIBLE,
        certificate={},
        violations=left(plan.posed.problem, labels, plan.form),
    )
