"""A table of units with its roles told: which column is the id, the name, the kind, the parent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tinhgon.planner.inputs.defects import Defect, UnableToReadUnits
from tinhgon.text import clean

FloatArray = NDArray[np.float64]

# Column names tried in turn where the caller names none.
ID_COLUMNS = ("id", "unit_id", "code", "ma", "ma_dvhc")
NAME_COLUMNS = ("name", "ten", "unit", "village", "commune")
KIND_COLUMNS = ("kind", "loai")
PARTIAL_COLUMN = "in_part"  # "yes" where the law would allow to transfer a part of the unit
RESIDENT_COLUMNS = ("residents", "population", "dan_so", "households", "so_ho")


@attrs.frozen(slots=True, eq=False)
class Units:
    """Units in the order of their table.

    `frame` is the (Geo)DataFrame read; the tuples have its length. `parents` is "" where the parent is not
    known; with no parent column, all units share the parent "*". `parent_labels` are what people call them: the
    column "X_name" beside a parent column "X", where there is one. Without an `id_column` rows are numbered.
    """

    frame: Any
    ids: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    parents: tuple[str, ...]
    parent_labels: tuple[str, ...]
    id_column: str | None
    parent_column: str | None
    defects: tuple[Defect, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def has_geometry(self) -> bool:
        """Whether borders can be found from the units' shapes."""
        return (
            hasattr(self.frame, "geometry") and getattr(self.frame, "_geometry_column_name", None) is not None
        )

    def measure(self, column: str) -> tuple[FloatArray, tuple[Defect, ...]]:
        """(n,) values of a column, NaN where missing or unreadable, and what is wrong with them by row."""

        if column not in self.frame.columns:
            have = ", ".join(str(name) for name in self.frame.columns)
            raise UnableToReadUnits(
                f"Không có cột số liệu {column!r}; bảng có: {have}.",
                f"There is no column {column!r} to measure by; the table has: {have}.",
            )
        raw = self.frame[column]
        values = np.array(pd.to_numeric(raw, errors="coerce"), dtype=np.float64)
        values[~np.isfinite(values)] = np.nan
        return values, tuple(self._measure_defects(column, raw, values))

    def _measure_defects(self, column: str, raw: Any, values: FloatArray) -> Iterator[Defect]:
        empty = np.array(raw.isna() | (raw.astype(str).str.strip() == ""))
        for row in np.flatnonzero(~(values > 0)):
            value = values[row]
            if np.isnan(value):
                code = "missing_measure" if empty[row] else "unreadable_measure"
            else:
                code = "negative_measure" if value < 0 else "zero_measure"
            detail = f"{column} = {raw.iloc[row]}" if code == "unreadable_measure" else column
            yield Defect(int(row) + 1, self.ids[row], code, detail)

    @property
    def synthetic(self) -> bool:
        """Whether any row says in a column `synthetic` that it is made up: every paper then says so."""
        return any(_said_yes(self.frame, "synthetic"))

    def residents(self) -> FloatArray:
        """(n,) residents (or else households) per unit, 0 where unknown: the weight of a changed name."""
        column = next((name for name in RESIDENT_COLUMNS if name in self.frame.columns), None)
        if column is None:
            return np.zeros(len(self))
        return np.maximum(np.nan_to_num(self.measure(column)[0]), 0.0)


def tell_roles(
    frame: Any, *, within: str | None = None, id_column: str | None = None, name_column: str | None = None
) -> Units:
    """Units from a table. Columns not named are looked for under their usual names.

    Raises UnableToReadUnits when a named column is not there or the table is empty; duplicate and missing ids
    and missing parents are in the result's `defects`.
    """
    if not len(frame):
        raise UnableToReadUnits("Bảng không có dòng nào.", "The table has no rows.")
    key = _column(frame, id_column, ID_COLUMNS) or _first_unique(frame)
    ids = _as_text(frame, key)
    name = _column(frame, name_column, NAME_COLUMNS)
    kind = _column(frame, None, KIND_COLUMNS)
    parents = _as_text(frame, _column(frame, within, ())) if within else ["*"] * len(frame)
    return Units(
        frame=frame,
        ids=tuple(ids),
        names=tuple(text or unit for text, unit in zip(_as_text(frame, name), ids, strict=True))
        if name
        else tuple(ids),
        kinds=tuple(_as_text(frame, kind)) if kind else ("",) * len(frame),
        parents=tuple(parents),
        parent_labels=tuple(_labels(frame, within, parents)),
        id_column=key,
        parent_column=within,
        defects=(*_id_defects(ids), *_parent_defects(ids, parents), *_partial_defects(frame, ids)),
    )


def _labels(frame: Any, within: str | None, parents: list[str]) -> list[str]:
    column = f"{within}_name"
    named = _as_text(frame, column) if column in frame.columns else parents
    return [label or parent for label, parent in zip(named, parents, strict=True)]


def _column(frame: Any, named: str | None, usual: tuple[str, ...]) -> str | None:
    if named is not None and named not in frame.columns:
        have = ", ".join(str(column) for column in frame.columns)
        raise UnableToReadUnits(
            f"Không có cột {named!r}; bảng có: {have}.",
            f"There is no column {named!r}; the table has: {have}.",
        )
    return named or next((column for column in usual if column in frame.columns), None)


def _first_unique(frame: Any) -> str | None:
    """The first column that could be a key: no gaps, no repeats, neither geometry nor fractions."""
    for column in frame.columns:
        values = frame[column]
        if str(values.dtype) not in {"geometry", "float64"} and values.notna().all() and values.is_unique:
            return str(column)
    return None


def _as_text(frame: Any, column: str | None) -> list[str]:
    if column is None:
        return [str(row) for row in range(1, len(frame) + 1)]
    values = frame[column]
    return [
        "" if gap else _text(value)
        for value, gap in zip(values.tolist(), values.isna().tolist(), strict=True)
    ]


def _text(value: Any) -> str:
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else clean(str(value))


def _id_defects(ids: list[str]) -> Iterator[Defect]:
    first: dict[str, int] = {}
    for row, unit in enumerate(ids, start=1):
        if not unit:
            yield Defect(row, "", "missing_id")
        elif unit in first:
            yield Defect(row, unit, "duplicate_id", str(first[unit]))
        first.setdefault(unit, row)


def _parent_defects(ids: list[str], parents: list[str]) -> Iterator[Defect]:
    for row, (unit, parent) in enumerate(zip(ids, parents, strict=True), start=1):
        if not parent:
            yield Defect(row, unit, "missing_parent")


def _partial_defects(frame: Any, ids: list[str]) -> Iterator[Defect]:
    """Units that could also be divided: said, because a plan weighs whole units only."""
    for row, (unit, yes) in enumerate(zip(ids, _said_yes(frame, PARTIAL_COLUMN), strict=False), start=1):
        if yes:
            yield Defect(row, unit, "in_part")


def _said_yes(frame: Any, column: str) -> list[bool]:
    """For each row whether it says yes in a column; empty where there is no such column."""
    said = frame[column] if column in frame.columns else ()
    return [str(value).strip().lower() in {"yes", "true", "1", "x", "có"} for value in said]
