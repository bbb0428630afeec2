"""Reading outlines of units from a GeoJSON file."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from tinhgon import dates
from tinhgon_web.apparatus.models import Geometry, UnitSpan

KINDS = ("Polygon", "MultiPolygon", "Point")
_BATCH = 500


class UnableToLoadGeometry(ValueError):
    """A feature is no outline of a known unit."""

    def __init__(self, path: Path, feature: int, why: str) -> None:
        super().__init__(f"{path}, feature {feature}: {why}")
        self.path, self.feature, self.why = path, feature, why


def load_geometry(*, path: Path) -> int:
    """Load outlines, all or nothing; a feature already there is replaced. Returns how many the file holds.

    Each feature has the property `unit`; `since` (YYYY-MM-DD) says from when, without it the day the unit opened.

    Raises:
        UnableToLoadGeometry: a feature has no outline, or names no unit of the register.
    """
    with path.open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    opened = dict(UnitSpan.objects.order_by("-start").values_list("unit", "opened_on"))
    rows = [_row(path, number, feature, opened) for number, feature in enumerate(features, 1)]
    with transaction.atomic():
        Geometry.objects.bulk_create(
            rows,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["unit", "since"],
            update_fields=["shape", "synthetic"],
        )
    return len(rows)


def _row(path: Path, number: int, feature: dict[str, Any], opened: dict[str, dt.date]) -> Geometry:
    about, shape = feature.get("properties") or {}, feature.get("geometry") or {}
    unit = about.get("unit")
    if shape.get("type") not in KINDS:
        raise UnableToLoadGeometry(path, number, f"its geometry is none of {', '.join(KINDS)}")
    if unit not in opened:
        raise UnableToLoadGeometry(path, number, f"no unit of the register has the id {unit!r}")
    since = dates.parse_date(about["since"]) if about.get("since") else opened[unit]
    return Geometry(unit=unit, since=since, shape=shape, synthetic=bool(about.get("synthetic")))
