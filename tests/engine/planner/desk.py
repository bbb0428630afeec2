"""A small synthetic commune for tests of what surrounds the solvers."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
from shapely.geometry import box

from tinhgon.planner.fanout import Engine
from tinhgon.planner.inputs.request import Request, pose_table
from tinhgon.planner.plan import Plan
from tinhgon.planner.solving import make_plan

NAMES = ["Thôn 1", "Thôn 2", "Bon Ja Ráh", "=HYPERLINK(1)", "Buôn Kô", "Thôn 2"]
HOUSEHOLDS = [90, 150, 80, 70, 60, 210]


def villages(**columns: Any) -> gpd.GeoDataFrame:
    """Six villages, 2 x 3 squares of 1 km, in two communes: the left four in Đắk Lao, the right two in Đức Minh."""
    shapes = [box(500_000 + 1_000 * x, 1_300_000 + 1_000 * y, 501_000 + 1_000 * x, 1_301_000 + 1_000 * y)
              for x in range(3) for y in range(2)]  # fmt: skip
    table = {
        "id": [f"v{number}" for number in range(1, 7)],
        "name": NAMES,
        "kind": ["thôn", "thôn", "bon", "thôn", "buôn", "thôn"],
        "commune": ["Đắk Lao"] * 4 + ["Đức Minh"] * 2,
        "households": HOUSEHOLDS,
        **columns,
    }
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:32648")


def plan_of(frame: gpd.GeoDataFrame, *standards: str, form: str = "law", **asked: Any) -> Plan:
    """The plan for a table under 'households>=200' or the standards given."""
    request = Request(standards=standards or ("households>=200",), within="commune", **asked)
    return make_plan(pose_table(frame, request), form, engine=Engine(1))
