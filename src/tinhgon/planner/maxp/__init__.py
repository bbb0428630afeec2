"""The max-p form: the most parts such that each meets the standard (Duque, Anselin and Rey 2012), with proof.

The area falls into blocks (`decompose`); in each a tree-cut search finds a plan (`search`), minimal sets are
enumerated (`minimal`), their packing is bounded by prices (`packing`), and what gap remains is closed by sweeps across
the map over the sets that could still improve (`proof`, `sweep`). Leftovers join a neighbour (`attach`). On demand the
plan is one that renames the fewest residents (`renamed`).
"""

from __future__ import annotations

from tinhgon.planner.maxp.answer import solve

__all__ = ["solve"]
