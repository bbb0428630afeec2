"""Files of units and of pairs of units, read without losing leading zeros or guessing at numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from tinhgon.planner.inputs.defects import UnableToReadUnits

GEO_SUFFIXES = frozenset({".geojson", ".json", ".gpkg", ".shp", ".fgb"})


def read_table(path: Path) -> Any:
    """A DataFrame, or a GeoDataFrame where the file has geometry.

    GeoJSON, GPKG, Shapefile, FlatGeobuf, (Geo)Parquet and CSV are read. All CSV columns stay text, so that a
    code "01234" keeps its zero; measures are turned into numbers when they are asked for.
    """
    if not path.is_file():
        raise no_file(path)
    suffix = path.suffix.lower()
    try:
        if suffix in GEO_SUFFIXES:
            return _read_geo(path)
        if suffix in {".parquet", ".geoparquet"}:
            return _read_parquet(path)
        if suffix in {".csv", ".txt", ".tsv"}:
            return read_csv(path)
    except (ValueError, OSError, RuntimeError) as error:
        raise UnableToReadUnits(
            f"Không đọc được {path.name}: {error}", f"{path.name} cannot be read: {error}"
        ) from error
    raise UnableToReadUnits(
        f"{path.name}: bảng đơn vị phải là GeoJSON, GPKG, GeoParquet hoặc CSV.",
        f"{path.name}: a table of units is GeoJSON, GPKG, GeoParquet or CSV; this suffix is none of them.",
    )


def no_file(path: Path) -> UnableToReadUnits:
    """The refusal of a file that is not there."""
    return UnableToReadUnits(f"Không có tệp {path}.", f"There is no file {path}.")


def read_csv(path: Path) -> Any:
    """A CSV file as text columns; the separator (comma, semicolon, tab) is found from the first lines."""

    return pd.read_csv(path, dtype=str, sep=None, engine="python", encoding="utf-8-sig")


def _read_geo(path: Path) -> Any:
    return gpd.read_file(path)


def _read_parquet(path: Path) -> Any:
    import pyarrow.parquet as pq  # large, and needed for this form of file alone

    metadata = pq.read_schema(path).metadata or {}
    return gpd.read_parquet(path) if b"geo" in metadata else pd.read_parquet(path)


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Pairs of unit ids: the first two columns of a CSV file with a header, or a JSON list of pairs."""
    if not path.is_file():
        raise no_file(path)
    if path.suffix.lower() == ".json":
        return [(str(a), str(b)) for a, b in json.loads(path.read_text(encoding="utf-8"))]
    frame = read_csv(path)
    if len(frame.columns) < 2:
        raise UnableToReadUnits(
            f"{path.name}: danh sách cặp cần hai cột mã đơn vị, dưới một dòng tiêu đề.",
            f"{path.name}: pairs need two columns of unit ids, under a header line.",
        )
    return [(str(a).strip(), str(b).strip()) for a, b in zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True)]
