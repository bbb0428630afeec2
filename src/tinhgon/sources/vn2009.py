"""The communes of the census of 2009 (`../shared/data/vn2009`) as a register, with every odd row reported.

Nothing is repaired: a population or area of 0 is taken as not known, a row without a name keeps its number. Needs
pyarrow (extra `geo`); the polygons are not read.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import pyarrow.parquet as pq

from tinhgon.citations import Citation
from tinhgon.planner.inputs.defects import Defect
from tinhgon.registry import events
from tinhgon.registry.documents import Document
from tinhgon.rules import Rulebook, region_of

CENSUS = dt.date(2009, 4, 1)
_CITED = Citation("census-2009")
_KINDS = {"xã": "commune", "phường": "ward", "thị trấn": "township"}
_DISTRICT_KINDS = {"Huyện": "district", "Quận": "urban_district", "Thị": "town", "Thành": "city"}
_COLUMNS = [
    *("commune_id", "district_id", "province_id", "commune", "district", "province", "kind"),
    *("area_km2", "geom_km2", "population"),
]
_CENTRAL_CITIES = frozenset({"Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"})
_MOUNTAIN_REGIONS = frozenset({"north_mountain", "tay_nguyen"})
_MOST_APART = 10


@attrs.frozen(slots=True)
class Commune:
    """A row of the file; `name` and `kind` are empty where the file has none."""

    id: str
    district: str
    province: str
    name: str
    district_name: str
    province_name: str
    kind: str
    area_km2: float
    geom_km2: float
    population: int


@attrs.frozen(slots=True)
class Census:
    """The rows in the order of the file, and pairs of ids that share a border."""

    communes: tuple[Commune, ...]
    borders: tuple[tuple[str, str], ...]


def read_census(folder: Path) -> Census:
    """Read communes.parquet (without polygons) and edges.csv."""
    rows = pq.read_table(folder / "communes.parquet", columns=_COLUMNS).to_pylist()
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as lines:
        borders = tuple((pair["a"], pair["b"]) for pair in csv.DictReader(lines))
    return Census(tuple(_commune(row) for row in rows), borders)


def _commune(row: Mapping[str, Any]) -> Commune:
    return Commune(
        id=str(row["commune_id"]),
        district=str(row["district_id"]),
        province=str(row["province_id"]),
        name=row["commune"] or "",
        district_name=row["district"] or "",
        province_name=row["province"],
        kind=row["kind"],
        area_km2=row["area_km2"],
        geom_km2=row["geom_km2"],
        population=row["population"],
    )


def defects(census: Census) -> list[Defect]:
    """What is odd, row by row in the order of the file."""
    inside = _with_neighbours(census)
    return [
        defect
        for row, commune in enumerate(census.communes, 1)
        for defect in _defects_of(row, commune, commune.id in inside)
    ]


def _defects_of(row: int, commune: Commune, has_neighbour: bool) -> Iterator[Defect]:
    if not commune.name:
        yield Defect(row, commune.id, "missing_name")
    if not commune.kind:
        yield Defect(row, commune.id, "missing_kind")
    for name, value in (("population", commune.population), ("area_km2", commune.area_km2)):
        if not value:
            yield Defect(row, commune.id, "zero_measure", name)
    if commune.area_km2 and commune.geom_km2:
        apart = max(commune.area_km2, commune.geom_km2) / min(commune.area_km2, commune.geom_km2)
        if apart > _MOST_APART:
            detail = f"{commune.area_km2} km² / {commune.geom_km2} km²"
            yield Defect(row, commune.id, "area_apart", detail)
    if not has_neighbour:
        yield Defect(row, commune.id, "no_neighbour")


def _with_neighbours(census: Census) -> set[str]:
    """Communes that border another of their own province."""
    province = {commune.id: commune.province for commune in census.communes}
    inside: set[str] = set()
    for a, b in census.borders:
        if province[a] == province[b]:
            inside.update((a, b))
    return inside


def documents() -> dict[str, Document]:
    """The one source the events cite."""
    title = "Tổng điều tra dân số và nhà ở 1/4/2009; ranh giới 1/1/2008"
    document = Document(_CITED.document, "censusVN2009", "Bộ dữ liệu", "Marc Choisy", title)
    return {document.id: document}


def events_of(census: Census, rulebook: Rulebook) -> list[events.Event]:
    """Provinces, districts and communes as opened on the day of the census, with what was counted.

    The source does not say which communes are mountainous; all those of the northern mountains and of Tây Nguyên are
    taken to be, and no others.
    """
    found = [*_provinces(census, rulebook), *_districts(census)]
    for commune in census.communes:
        found.append(
            _opened(
                f"commune-{commune.id}",
                _KINDS.get(commune.kind, "commune"),
                commune.name or f"(không tên) {commune.id}",
                f"district-{commune.district}",
            )
        )
        counted = {"population": commune.population, "area_km2": commune.area_km2}
        known = {name: value for name, value in counted.items() if value}
        if known:
            unit = f"commune-{commune.id}"
            found.append(
                events.MeasureRecorded(effective_on=CENSUS, citation=_CITED, unit=unit, measures=known)
            )
    return found


def _provinces(census: Census, rulebook: Rulebook) -> Iterator[events.Event]:
    for id_, name in {commune.province: commune.province_name for commune in census.communes}.items():
        region = region_of(name, CENSUS, rulebook=rulebook)
        mountain = region is not None and region.value in _MOUNTAIN_REGIONS
        kind = "central_city" if name in _CENTRAL_CITIES else "province"
        yield _opened(f"province-{id_}", kind, name, "", {"mountain": "yes" if mountain else "no"})


def _districts(census: Census) -> Iterator[events.Event]:
    named = {commune.district: commune for commune in reversed(census.communes) if commune.district_name}
    for id_ in dict.fromkeys(commune.district for commune in census.communes):
        first = named[id_]
        kind = _DISTRICT_KINDS[first.district_name.split()[0]]
        yield _opened(f"district-{id_}", kind, first.district_name, f"province-{first.province}")


def _opened(
    unit: str, kind: str, title: str, parent: str, attributes: Mapping[str, str] | None = None
) -> events.UnitOpened:
    return events.UnitOpened(
        effective_on=CENSUS,
        citation=_CITED,
        unit=unit,
        kind=kind,
        title=title,
        code=unit.partition("-")[2],
        parents={"administrative": parent} if parent else {},
        attributes=attributes or {},
    )
