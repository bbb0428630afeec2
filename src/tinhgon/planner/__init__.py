"""Which units to merge: the best lawful plan, how far that is proven, and every way to look at it.

>>> from tinhgon.planner import Request, make_plan, pose_file  # doctest: +SKIP
>>> posed = pose_file(Path("villages.geojson"), Request(standards=("households>=200",)))  # doctest: +SKIP
>>> make_plan(posed).write(Path("plan.xlsx"))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tinhgon.planner.fanout import Engine
    from tinhgon.planner.inputs.posing import Wishes
    from tinhgon.planner.inputs.request import Request, pose_file, pose_table
    from tinhgon.planner.plan import Plan
    from tinhgon.planner.pysal import MaxP
    from tinhgon.planner.solving import make_plan

__all__ = ["Engine", "MaxP", "Plan", "Request", "Wishes", "make_plan", "pose_file", "pose_table"]

# Looked up late: the solvers need neither pandas nor geopandas, and importing them costs a second.
_HOMES = {
    "Engine": "fanout",
    "MaxP": "pysal",
    "Plan": "plan",
    "Request": "inputs.request",
    "Wishes": "inputs.posing",
    "make_plan": "solving",
    "pose_file": "inputs.request",
    "pose_table": "inputs.request",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
