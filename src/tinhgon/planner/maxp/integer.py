"""A last try where branching has spent its effort: HiGHS' own integer search, over pools that are not too large."""

from __future__ import annotations

import highspy
import numpy as np
import numpy.typing as npt

from tinhgon.planner.maxp.cuts import EPSILON, Pool
from tinhgon.planner.maxp.packing import add_rows, add_sets, quiet_highs

MOST_COLUMNS = 6_000


def pack(pool: Pool, nodes_allowed: int) -> tuple[npt.NDArray[np.int64], float]:
    """The sets of a largest packing as HiGHS finds it, and its bound on any packing of the pool.

    The limit is on the nodes of its search, so that the answer does not depend on the clock.
    """
    count = len(pool.worths)
    if not 0 < count <= MOST_COLUMNS:
        return np.zeros(0, np.int64), np.inf
    model = quiet_highs()
    add_rows(model, pool.nodes)
    add_sets(model, pool.sets, pool.worths, 1.0)
    whole = np.full(count, highspy.HighsVarType.kInteger)
    model.changeColsIntegrality(count, np.arange(count, dtype=np.int32), whole)
    model.setOptionValue("mip_max_nodes", nodes_allowed)
    model.setOptionValue("mip_rel_gap", 0.0)
    model.setOptionValue("mip_abs_gap", 1.0 - EPSILON)
    model.run()
    values = np.array(model.getSolution().col_value)
    chosen = np.flatnonzero(values > 0.5) if len(values) == count else np.zeros(0, np.int64)
    bound = model.getInfo().mip_dual_bound
    return chosen, float(bound) if np.isfinite(bound) else np.inf
