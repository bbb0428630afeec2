"""A plan as tables:

the units read with what becomes of each, and the units after the plan with their outlines.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from tinhgon.planner.plan import Plan
from tinhgon.refusal import Refusal

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
TABLES = frozenset({".geojson", ".json", ".gpkg", ".parquet", ".geoparquet", ".csv"})


class UnableToExport(Refusal, ValueError):
    """The plan cannot be written to this kind of file; says which can."""


def units_table(plan: Plan) -> Any:
    """The table that was read, row by row, with the plan's columns: `group` is the id of the seat.

    A GeoDataFrame where there is geometry. Columns of the same names that were read are replaced.
    """
    problem, groups = plan.posed.problem, plan.groups
    after = [groups[change.group] for change in plan.changes]
    columns = {
        "unit": problem.ids,
        "group": [problem.ids[group.seat] for group in after],
        "group_name": [group.name for group in after],
        "group_kind": [group.kind for group in after],
        "group_size": [len(group.members) for group in after],
        "must": [change.must for change in plan.changes],
        "abolished": [change.abolished for change in plan.changes],
        "ratio_before": [_finite(change.ratio_before) for change in plan.changes],
        "ratio_after": [_finite(change.ratio_after) for change in plan.changes],
        "violation": _reasons(plan),
    }
    return plan.posed.units.frame.assign(**columns)


def groups_table(plan: Plan) -> Any:
    """One row for each unit after the plan:

    id of its seat, name, members, sums; outlines joined where known.
    """
    problem = plan.posed.problem
    rows: dict[str, Any] = {
        "group": [problem.ids[group.seat] for group in plan.groups],
        "name": [group.name for group in plan.groups],
        "kind": [group.kind for group in plan.groups],
        "parent": [group.parent for group in plan.groups],
        "members": [";".join(problem.ids[unit] for unit in group.members) for group in plan.groups],
        "size": [len(group.members) for group in plan.groups],
        "residents": [group.residents for group in plan.groups],
        "ratio": [_finite(group.ratio) for group in plan.groups],
    }
    for k, measure in enumerate(problem.standard.measures):
        rows[measure] = [group.sums[k] for group in plan.groups]
    table = pd.DataFrame(rows)
    units = plan.posed.units
    if not units.has_geometry:
        return table
    geometry = units.frame.geometry.make_valid().groupby(np.asarray(plan.solution.labels))
    return gpd.GeoDataFrame(table, geometry=list(geometry.agg(_union)), crs=units.frame.crs)


def _union(shapes: Any) -> Any:
    return shapes.union_all()


def _finite(ratio: float) -> float | None:
    return float(ratio) if np.isfinite(ratio) else None


def _reasons(plan: Plan) -> list[str]:
    reasons = {violation.unit: violation.reason for violation in plan.violations}
    return [reasons.get(unit, "") for unit in range(plan.posed.problem.n)]


def write_table(plan: Plan, path: Path, *, dissolve: bool = False) -> None:
    """Write the units (or with `dissolve` the units after the plan) as GeoJSON, GPKG, GeoParquet or CSV.

    Raises UnableToExport where the format needs geometry and there is none.
    """
    table = groups_table(plan) if dissolve else units_table(plan)
    suffix = path.suffix.lower()
    if suffix in {".parquet", ".geoparquet"}:
        table.to_parquet(path)
        return
    if suffix == ".csv":
        _write_csv(table, path)
        return
    if not isinstance(table, gpd.GeoDataFrame):
        raise UnableToExport(
            f"{path.name} cần hình học mà các đơn vị không có: hãy ghi .csv, .xlsx hoặc .parquet.",
            f"{path.name} needs geometry, which the units have not: write .csv, .xlsx or .parquet.",
        )
    table = table.to_crs("EPSG:4326") if suffix in {".geojson", ".json"} and table.crs is not None else table
    table.to_file(path, driver="GPKG" if suffix == ".gpkg" else "GeoJSON")


def _write_csv(table: Any, path: Path) -> None:
    plain = table.drop(columns="geometry") if isinstance(table, gpd.GeoDataFrame) else table
    plain.rename(columns=_harmless).map(_harmless).to_csv(path, index=False, encoding="utf-8-sig")


def _harmless(value: Any) -> Any:
    """A mark before text that a spreadsheet would run as a formula; numbers stay numbers."""
    risky = isinstance(value, str) and value[:1] in set("=+-@\t\r") and not _NUMBER.fullmatch(value)
    return f"'{value}" if risky else value
