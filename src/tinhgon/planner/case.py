"""A case of a proof: what is assumed of the plans in it, and prices that bound what they are worth."""

from __future__ import annotations

import attrs

from tinhgon.planner.master import Group
from tinhgon.planner.nodes import Contraction, contract
from tinhgon.planner.problem import FloatArray, Problem


@attrs.frozen(slots=True)
class Case:
    """What is assumed: pairs together, pairs apart, and how many groups there are."""

    low: int
    high: int
    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    def fits(self, group: Group) -> bool:
        """Whether a group may be in a plan of this case."""
        inside = set(group)
        torn = any((a in inside) != (b in inside) for a, b in self.together)
        return not torn and not any(a in inside and b in inside for a, b in self.apart)

    def wanted(self, part_price: float, gap: float) -> int:
        """How many groups a plan has that is within the gap of the bound; 0 if that is open."""
        end = self.high if part_price > 0 else self.low
        return end if self.low == self.high or abs(part_price) > gap else 0

    def nodes(self, problem: Problem) -> Contraction:
        """The problem's nodes under what is assumed."""
        forced, forbidden = problem.forced + self.together, problem.forbidden + self.apart
        return contract(attrs.evolve(problem, forced=forced, forbidden=forbidden))


@attrs.frozen(slots=True, eq=False)
class Priced:
    """Prices (n,) of units and the price of one more group, at which no group of a case is undervalued."""

    prices: FloatArray
    part_price: float

    def bound(self, case: Case) -> float:
        """What no plan of the case is worth more than."""
        return float(self.prices.sum()) + self.part_price * (case.high if self.part_price > 0 else case.low)
