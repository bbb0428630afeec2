"""The max-p form in the shape PySAL users know: `MaxP(gdf, w, threshold_name, threshold).solve()`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tinhgon.planner.fanout import Engine
from tinhgon.planner.forms import MAX_P
from tinhgon.planner.inputs.adjacency import from_libpysal
from tinhgon.planner.inputs.request import Request, pose_table
from tinhgon.planner.plan import Plan
from tinhgon.planner.problem import ENOUGH
from tinhgon.planner.solving import make_plan

UNPLACED = -1
_ROW = "tinhgon_row"  # the column that numbers rows, whatever their index


class MaxP:
    """The most regions such that each reaches a threshold, after spopt's `MaxPHeuristic`, with a proof.

    `gdf` is a GeoDataFrame (or DataFrame), `w` a libpysal W or Graph over its rows, `threshold_name` the
    column summed, `threshold` what a region must reach. `seed` and `effort` make a run repeatable to the last
    label; `workers` only makes it quicker. After `solve()`:

    - `labels_` (n,) int: the region of each row, 0 .. p-1; -1 for rows that no lawful region can hold (an
      island below the threshold), which `plan.violations` gives the reason for;
    - `p`: the number of regions, all at or above the threshold and connected;
    - `bound`: no division whatever has more; `status`: "optimal" when p equals it, else "feasible";
    - `plan`: the whole `tinhgon.planner.plan.Plan`, with explanations, certificate and exports.
    """

    labels_: NDArray[np.int64]
    p: int
    bound: int
    status: str
    plan: Plan

    def __init__(
        self,
        gdf: Any,
        w: Any,
        threshold_name: str,
        threshold: float,
        *,
        seed: int = 0,
        effort: int | None = None,
        workers: int = 1,
    ) -> None:
        self.gdf, self.w = gdf, w
        self.threshold_name, self.threshold = threshold_name, threshold
        self.seed, self.effort, self.workers = seed, effort, workers

    def solve(self) -> MaxP:
        """Find the regions and the bound; gives itself back, so that calls can be chained.

        Raises UnableToReadUnits for rows to be repaired (negative values, ids twice).
        """
        rows = np.arange(len(self.gdf)).astype(str)
        frame = self.gdf.reset_index(drop=True).assign(**{_ROW: rows})
        standard = f"{self.threshold_name}>={self.threshold!r}"
        near = from_libpysal(tuple(rows), self.w, by_order=True)
        posed = pose_table(
            frame, Request(standards=(standard,), edges=near, id_column=_ROW, name_column=_ROW)
        )
        self.plan = make_plan(posed, MAX_P, seed=self.seed, effort=self.effort, engine=Engine(self.workers))
        self.p, self.bound, self.status = self.plan.parts, int(self.plan.bound), self.plan.status
        self.labels_ = _labels(self.plan)
        return self


def _labels(plan: Plan) -> NDArray[np.int64]:
    """Regions renumbered without those below the threshold."""
    numbers = iter(range(len(plan.groups)))
    region = [next(numbers) if group.ratio >= ENOUGH else UNPLACED for group in plan.groups]
    return np.array([region[change.group] for change in plan.changes], dtype=np.int64)
