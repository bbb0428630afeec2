"""The fourth objective, which a province may choose: of plans as good in all else, the one whose people are nearest to
their unit's seat.

Near is what the province says: kilometres as the crow flies (a compact unit: Hess et al. 1965), kilometres by
road, or the same community as the seat's. The seat of a group is its largest unit, so the objective adds up over
groups as the others do.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs
import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer[Any]]


class Seats(NamedTuple):
    """For the nodes of a part: `rank` (k,), of which the highest has the seat, and `costs` (k, k), what a node adds to
    the objective if another one has it. Both empty where no objective is chosen."""

    rank: IntArray
    costs: FloatArray


@attrs.frozen(slots=True, eq=False)
class TieBreak:
    """An objective by `name`, to be small: `costs` (n, n), a sparse array, is what the row's unit adds to it if the
    column's has the seat (pairs inside a parent); of a group's units the one of the highest `rank` (n,) has it."""

    name: str
    costs: Any
    rank: IntArray

    @classmethod
    def of(cls, name: str, away: Any, residents: FloatArray, values: FloatArray) -> TieBreak:
        """From how far `away` (n, n) a resident of the row's unit is from the column's.

        The seat goes to most residents, then to most of the first measure, then to the first in the table.
        """
        rank = np.empty(len(residents), dtype=np.int64)
        first = values[:, 0] if values.shape[1] else np.zeros(len(residents))
        rank[np.lexsort((-np.arange(len(residents)), first, residents))] = np.arange(len(residents))
        return cls(name, away.multiply(residents[:, None]).tocsr(), rank)

    def part(self, units: IntArray) -> TieBreak:
        """The same about some of the units."""
        return TieBreak(self.name, self.costs[units][:, units], self.rank[units])

    def seats(self, units: IntArray, node_of: IntArray) -> Seats:
        """The seats of nodes 0.. that these units make up."""
        here, count = self.part(units), int(node_of.max()) + 1
        seat = here._last(node_of)
        costs = np.zeros((count, count))
        np.add.at(costs, node_of, here.costs.toarray()[:, seat])
        return Seats(here.rank[seat], costs)

    def cost(self, labels: IntArray) -> float:
        """The objective of a plan."""
        return float(np.sum(self.costs[np.arange(len(labels)), self._last(labels)[labels]]))

    def of_group(self, group: list[int]) -> float:
        """What a group adds to the objective."""
        seat = group[int(np.argmax(self.rank[group]))]
        return float(self.costs[group][:, [seat]].sum())

    def _last(self, labels: IntArray) -> IntArray:
        """The unit of the highest rank of each label."""
        order = np.argsort(self.rank)
        seat = np.zeros(int(labels.max(initial=-1)) + 1, dtype=np.int64)
        seat[labels[order]] = order  # the last one stays
        return seat


def no_seats() -> Seats:
    """Where no objective is chosen."""
    return Seats(np.zeros(0, dtype=np.int64), np.zeros((0, 0)))
