"""Plans an officer makes by hand:

the same checks as a computed plan, and the distance from the proven best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from tinhgon.planner import assess
from tinhgon.planner.comparing import Comparison, compare
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import IntArray
from tinhgon.planner.scores import costs, left
from tinhgon.planner.solution import FEASIBLE, Solution, relabel
from tinhgon.refusal import Refusal


class UnableToReadGroups(Refusal, ValueError):
    """Groups by hand that name a unit twice or one that is not there."""

    def __init__(self, unknown: Sequence[str], twice: Sequence[str]) -> None:
        self.unknown, self.twice = tuple(unknown), tuple(twice)
        absent, doubled = ", ".join(unknown), ", ".join(twice)
        vi = [f"không có trong bảng: {absent}"] * bool(unknown) + [f"ở hai nhóm: {doubled}"] * bool(twice)
        en = [f"not in the table: {absent}"] * bool(unknown) + [f"in two groups: {doubled}"] * bool(twice)
        super().__init__(
            f"Không đọc được các nhóm; đơn vị {'; '.join(vi)}.",
            f"The groups cannot be read; units {'; '.join(en)}.",
        )


@attrs.frozen(slots=True, eq=False)
class HandMade:
    """A plan by hand: demands it breaks (`faults`), and how the computed plan it was held against differs.

    `lawful` means no demand on groups is broken; units left below the standard are in `plan.violations`.
    """

    plan: Plan
    faults: tuple[assess.Fault, ...]
    distance: Comparison

    @property
    def lawful(self) -> bool:
        """Whether every group hangs together, stays in one parent and respects the pairs."""
        return not self.faults


def from_groups(best: Plan, groups: Iterable[Iterable[str]]) -> HandMade:
    """A plan that joins these groups of unit ids and leaves all other units as they are.

    Raises UnableToReadGroups.
    """
    number = {unit: index for index, unit in enumerate(best.posed.problem.ids)}
    listed = [list(group) for group in groups]
    units = Counter(unit for group in listed for unit in group)
    unknown = sorted(units.keys() - number.keys())
    twice = sorted(unit for unit, times in units.items() if times > 1)
    if unknown or twice:
        raise UnableToReadGroups(unknown, twice)
    labels = np.arange(len(number))
    for group in listed:
        labels[[number[unit] for unit in group]] = number[group[0]] if group else 0
    return _held_against(best, labels)


def with_moves(best: Plan, moves: Mapping[str, str]) -> HandMade:
    """The plan with units moved by hand: each unit id to the group of another unit, or "" to stand alone.

    Raises UnableToReadGroups.
    """
    number = {unit: index for index, unit in enumerate(best.posed.problem.ids)}
    named = {unit for pair in moves.items() for unit in pair if unit}
    unknown = sorted(named - number.keys())
    if unknown:
        raise UnableToReadGroups(unknown, ())
    labels = np.array(best.solution.labels, dtype=np.int64)
    for unit, beside in moves.items():
        labels[number[unit]] = best.solution.labels[number[beside]] if beside else len(number) + number[unit]
    return _held_against(best, labels)


def _held_against(best: Plan, groups: IntArray) -> HandMade:
    problem, labels = best.posed.problem, relabel(groups)
    found = costs(problem, labels, best.form)
    solution = Solution(
        form=best.form,
        labels=labels,
        objectives=tuple((name, found[name]) for name, _ in best.solution.objectives),
        status=FEASIBLE,
        bound=best.bound,
        certificate=best.certificate,  # of the best plan: it bounds this one as well
        seed=best.seed,
        effort=0,
        violations=left(problem, labels, best.form),
    )
    plan = Plan(best.posed, solution, (False,) * len(best.proven))
    return HandMade(plan, tuple(assess.faults(problem, labels)), compare(best, plan))
