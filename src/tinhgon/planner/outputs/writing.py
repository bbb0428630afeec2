"""Writing a plan to a file, by the file's suffix."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tinhgon.planner.outputs.tables import TABLES, UnableToExport, write_table
from tinhgon.planner.plan import Plan


def write_plan(plan: Plan, path: Path, *, language: str = "vi", dissolve: bool = False) -> None:
    """Write GeoJSON, GPKG, GeoParquet, CSV, Excel or a self-contained HTML map. Raises UnableToExport."""
    suffix = path.suffix.lower()
    if not path.resolve().parent.is_dir():
        raise UnableToExport(
            f"Không có thư mục {path.parent} để ghi {path.name}.",
            f"There is no folder {path.parent} to write {path.name} to.",
        )
    if suffix in TABLES:
        write_table(plan, path, dissolve=dissolve)
    elif suffix == ".xlsx":
        import_module("tinhgon.planner.outputs.xlsx").write_xlsx(plan, path, language)
    elif suffix == ".html":
        import_module("tinhgon.planner.outputs.html").write_html(plan, path, language)
    else:
        raise UnableToExport(
            f"{path.name}: phương án ghi được dạng .geojson, .gpkg, .parquet, .csv, .xlsx hoặc .html.",
            f"{path.name}: a plan is written as .geojson, .gpkg, .parquet, .csv, .xlsx or .html.",
        )
