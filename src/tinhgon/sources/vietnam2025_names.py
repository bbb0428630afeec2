"""Further names of the places of before July 2025, from the data files of the package `vietnamadminunits` (MIT)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path


def former_names(folder: Path) -> dict[str, tuple[str, ...]]:
    """Id of a place of before the reform -> other names the package knows it by (earlier mergers, abbreviations).

    The package gives them folded and without spaces, and does not say when they held.
    """
    with closing(sqlite3.connect(f"{(folder / 'dataset.db').as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT provinceCode, provinceAlias, districtCode, districtAlias, wardCode, wardAlias"
            " FROM admin_units_legacy"
        ).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for province, of_province, district, of_district, ward, of_ward in rows:
        for prefix, code, names in (
            ("province", province, of_province),
            ("district", district, of_district),
            ("commune", ward, of_ward),
        ):
            if code and names:
                found[f"{prefix}-{code}"] = tuple(json.loads(names))
    return found
