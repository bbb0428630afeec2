"""The real communes of 2009: imported whole, with their defects told row by row and their bands under the law."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tinhgon.figures.standards import commune_findings
from tinhgon.registry import kinds
from tinhgon.registry.fold import fold
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook
from tinhgon.sources import vn2009
from tinhgon.sources.vn2009 import CENSUS, Census

pytestmark = pytest.mark.shared
IN_FORCE = dt.date(2017, 1, 1)  # the standard of 2016 (1211/2016/UBTVQH13)


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "data/vn2009"


@pytest.fixture(scope="module")
def census(folder: Path) -> Census:
    return vn2009.read_census(folder)


@pytest.fixture(scope="module")
def register(census: Census) -> Register:
    return fold(list(enumerate(vn2009.events_of(census, Rulebook.load()), 1)))


def test_every_row_becomes_a_commune(census: Census, register: Register) -> None:
    communes = list(register.units_on(CENSUS, kinds.COMMUNE_KINDS))
    assert len(communes) == len(census.communes) == 11_163
    assert sum(1 for _ in register.units_on(CENSUS, kinds.PROVINCE_KINDS)) == 63
    people = [unit.measure("population", CENSUS) for unit in communes]
    assert sum(value or 0 for value in people) == sum(row.population for row in census.communes)


def test_the_defects_are_those_of_the_file(folder: Path, census: Census) -> None:
    """Counted here a second time, from the file: 78 without people and area, 2 without a name, 25 alone …"""
    found = Counter(
        (defect.code, defect.detail if defect.code == "zero_measure" else "")
        for defect in vn2009.defects(census)
    )
    table = pq.read_table(folder / "communes.parquet").select(
        ["commune", "kind", "area_km2", "geom_km2", "population"]
    )
    rows = table.to_pylist()
    with (folder / "edges.csv").open(encoding="utf-8") as lines:
        joined = {
            end
            for pair in csv.DictReader(lines)
            if pair["same_province"] == "1"
            for end in (pair["a"], pair["b"])
        }
    ratios = [Fraction(row["area_km2"]) / Fraction(row["geom_km2"]) for row in rows if row["area_km2"]]
    assert found == {
        ("zero_measure", "population"): 78,
        ("zero_measure", "area_km2"): 78,
        ("missing_name", ""): sum(not row["commune"] for row in rows),
        ("missing_kind", ""): sum(not row["kind"] for row in rows),
        ("no_neighbour", ""): len(rows) - len(joined),
        ("area_apart", ""): sum(ratio > 10 or ratio < Fraction(1, 10) for ratio in ratios),
    }
    assert (found["missing_name", ""], found["no_neighbour", ""]) == (2, 25)


def test_a_defect_leads_to_its_row(folder: Path, census: Census) -> None:
    ids = pq.read_table(folder / "communes.parquet", columns=["commune_id"]).column(0).to_pylist()
    for defect in vn2009.defects(census):
        assert str(ids[defect.row - 1]) == defect.unit
        for lang in ("vi", "en"):
            assert defect.unit in defect.text(lang)
    rows = [defect.row for defect in vn2009.defects(census)]
    assert rows == sorted(rows)


def test_what_is_not_known_has_no_band_and_the_rest_has_the_laws(census: Census, register: Register) -> None:
    """The bands of the engine against a second, plain computation from the file and the table of 2016."""
    found = {one.unit.id: one.finding for one in commune_findings(register, Rulebook.load(), IN_FORCE)}
    assert len(found) == len(census.communes)
    wards = {"Quận": 15_000, "Thành": 7_000, "Thị": 5_000}
    for row in census.communes:
        finding = found[f"commune-{row.id}"]
        mountain = register.units[f"province-{row.province}"].fact("mountain", IN_FORCE) == "yes"
        if row.kind == "phường":
            people, area = wards[row.district_name.split()[0]], Fraction("5.5")
        elif row.kind == "thị trấn":
            people, area = 8_000, Fraction(14)
        else:
            people, area = (5_000, Fraction(50)) if mountain else (8_000, Fraction(30))
        bands = [band(row.population, people), band(Fraction(str(row.area_km2)), area)]
        assert [part.band for part in finding.parts] == bands, row
        assert (finding.band is None) == (None in bands)


def band(value: int | Fraction, standard: int | Fraction) -> str | None:
    """Full, half or below; nothing for a commune that was not counted."""
    if not value:
        return None
    return "meets" if value >= standard else "may" if 2 * value >= standard else "must"
