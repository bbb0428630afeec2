"""Sums from the villages upwards: at every level exactly the sum of the leaves under it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tinhgon.consultation.results import judge
from tinhgon.consultation.tally import Tally
from tinhgon.consultation.terms import Terms
from tinhgon.refusal import Refusal


class UnableToSum(Refusal, ValueError):
    """A unit stands above itself, so that its answers would be counted for ever."""

    def __init__(self, unit: str) -> None:
        super().__init__(f"Đơn vị '{unit}' nằm trên chính nó", f"unit '{unit}' stands above itself")
        self.unit = unit


@attrs.frozen(slots=True)
class Sum:
    """A unit with all that was asked under it: the tally, and how many places passed, failed or are silent.

    `units` counts places with a tally at or under this one; `missing` those where nobody has answered.
    """

    unit: str
    tally: Tally
    units: int
    passed: int
    missing: int

    @property
    def failed(self) -> int:
        """How many places did not reach the share the law asks."""
        return self.units - self.passed


def roll_up(leaves: Mapping[str, Tally], parents: Mapping[str, str], terms: Terms) -> dict[str, Sum]:
    """Sum the leaves' tallies for every unit above them, the leaves included, in order of first need.

    `parents` gives for a unit the one above it; a unit it does not name, or names with "", is a top.

    Raises:
        UnableToSum: the parents go in a circle.
    """
    sums: dict[str, Sum] = {}
    for leaf, tally in leaves.items():
        one = Sum(leaf, tally, 1, int(judge(tally, terms).passed), int(not tally.taking_part))
        for unit in _upwards(leaf, parents):
            held = sums.get(unit)
            sums[unit] = attrs.evolve(one, unit=unit) if held is None else _added(held, one)
    return sums


def _upwards(leaf: str, parents: Mapping[str, str]) -> list[str]:
    path = [leaf]
    while above := parents.get(path[-1], ""):
        if above in path:
            raise UnableToSum(above)
        path.append(above)
    return path


def _added(held: Sum, one: Sum) -> Sum:
    return Sum(
        held.unit,
        held.tally + one.tally,
        held.units + one.units,
        held.passed + one.passed,
        held.missing + one.missing,
    )
