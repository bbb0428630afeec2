"""The national reform of 1 July 2025 as a register, from the data files of the package `vietnamadminunits` (MIT).

63 provinces became 34, some 10,000 communes 3,321, and the district level ended. The package says which old commune
went into which new ones, but not how much of a divided commune went where, and signs nothing: see `Reform`,
`doubts` and `documents`.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from tinhgon.citations import Citation
from tinhgon.registry import events
from tinhgon.registry.documents import Document

BASELINE = dt.date(2025, 1, 1)
"""From this day the old units are taken into the register; many are older."""
EFFECTIVE = dt.date(2025, 7, 1)
_PACKAGE = "vietnamadminunits"
_DATA, _PROVINCES, _COMMUNES, _DISTRICTS = (
    "data",
    "nq-202-2025-qh15",
    "nq-ubtvqh15-2025-06-16",
    "nq-203-2025-qh15",
)
_SIGNED = {
    _PROVINCES: dt.date(2025, 6, 12),
    _COMMUNES: dt.date(2025, 6, 16),
    _DISTRICTS: dt.date(2025, 6, 16),
}
_COMMUNE_KINDS = {"Xã": "commune", "Phường": "ward", "Thị trấn": "township", "Đặc khu": "special_zone"}
_DISTRICT_KINDS = {"Huyện": "district", "Quận": "urban_district", "Thị xã": "town", "Thành phố": "city"}


class UnableToFindPackage(LookupError):
    """The package with the data is not installed."""

    def __init__(self) -> None:
        super().__init__(f"the data comes with a Python package: pip install {_PACKAGE}")


@attrs.frozen(slots=True)
class Place:
    """A province, district or commune as the package lists it; `place` is (latitude, longitude) in degrees."""

    id: str
    code: str
    kind: str
    title: str
    short: str
    parent: str
    place: tuple[float, float] | None = None
    area_km2: float | None = None


@attrs.frozen(slots=True)
class Reform:
    """What the package says. All mappings go by the ids of `Place`.

    `old` are the communes before (and the five island districts that had none), `new` those after; `successors` holds
    every new commune that got a part of an old one, `defaults` the single one the package answers with.
    """

    provinces: Mapping[str, Place]
    new_provinces: Mapping[str, Place]
    province_successor: Mapping[str, str]
    districts: Mapping[str, Place]
    old: Mapping[str, Place]
    new: Mapping[str, Place]
    successors: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, str]


@attrs.frozen(slots=True)
class Doubt:
    """The package sends `old` to `new`, but also its namesake `other` of the same new province.

    Where both are listed as divided among the same communes, they may be whole communes mixed up by their name.
    """

    old: str
    new: str
    other: str


def find_data() -> Path:
    """The folder with the package's data files; the package itself is not imported (it brings much along).

    Raises:
        UnableToFindPackage: it is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise UnableToFindPackage
    return Path(spec.submodule_search_locations[0]) / "data"


def read_reform(folder: Path) -> Reform:
    """Read the package's data files."""
    mapping = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    with closing(sqlite3.connect(f"{(folder / 'dataset.db').as_uri()}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        before = database.execute("SELECT * FROM admin_units_legacy ORDER BY rowid").fetchall()
        after = database.execute("SELECT * FROM admin_units ORDER BY rowid").fetchall()
    return _reform(mapping, before, after)


def _reform(mapping: Mapping[str, Any], before: list[sqlite3.Row], after: list[sqlite3.Row]) -> Reform:
    provinces = {row["provinceKey"]: _province(row, "province-") for row in before}
    unchanged = {new for new, old in mapping["DICT_PROVINCE"].items() if len(old) == 1}
    new_provinces = {
        row["provinceKey"]: provinces[row["provinceKey"]]
        if row["provinceKey"] in unchanged
        else _province(row, "province-2025-")
        for row in after
    }
    districts = {
        (row["provinceKey"], row["districtKey"]): _district(row, provinces[row["provinceKey"]].id)
        for row in before
    }
    old = {_old_key(row): _old(row, districts[row["provinceKey"], row["districtKey"]]) for row in before}
    new = {
        (row["provinceKey"], row["wardKey"]): _new(row, new_provinces[row["provinceKey"]].id) for row in after
    }
    successors, defaults = _links(mapping, old, new)
    return Reform(
        provinces=_by_id(provinces),
        new_provinces=_by_id(new_provinces),
        province_successor={
            provinces[key].id: new_provinces[target].id
            for target, sources in mapping["DICT_PROVINCE"].items()
            for key in sources
        },
        districts=_by_id(districts),
        old=_by_id(old),
        new=_by_id(new),
        successors=successors,
        defaults=defaults,
    )


def _by_id(places: Mapping[Any, Place]) -> dict[str, Place]:
    return {place.id: place for place in places.values()}


def _old_key(row: sqlite3.Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _province(row: sqlite3.Row, prefix: str) -> Place:
    kind = "central_city" if row["province"].startswith("Thành phố") else "province"
    code = row["provinceCode"]
    return Place(prefix + code, code, kind, row["province"], row["provinceShort"], "")


def _district(row: sqlite3.Row, parent: str) -> Place:
    code, kind = row["districtCode"], _DISTRICT_KINDS[row["districtType"]]
    return Place(f"district-{code}", code, kind, row["district"], row["districtShort"], parent)


def _old(row: sqlite3.Row, district: Place) -> Place:
    if row["wardCode"] is None:  # an island district without communes
        return district
    code, kind = row["wardCode"], _COMMUNE_KINDS[row["wardType"]]
    place = (row["wardLat"], row["wardLon"])
    return Place(f"commune-{code}", code, kind, row["ward"], row["wardShort"], district.id, place)


def _new(row: sqlite3.Row, province: str) -> Place:
    code, kind = row["wardCode"], _COMMUNE_KINDS[row["wardType"]]
    place = (row["wardLat"], row["wardLon"])
    return Place(
        f"commune-2025-{code}", code, kind, row["ward"], row["wardShort"], province, place, row["wardAreaKm2"]
    )


def _links(
    mapping: Mapping[str, Any], old: Mapping[str, Place], new: Mapping[tuple[str, str], Place]
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Old id -> all its new ids in the order of their codes, and old id -> the one the package picks."""
    successors: dict[str, tuple[str, ...]] = {}
    defaults: dict[str, str] = {}
    for province, wards in mapping["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for key in sources:
                successors[old[key].id] = (new[province, ward].id,)
    for province, divided in mapping["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            successors[old[key].id] = tuple(sorted(new[province, part["newWardKey"]].id for part in parts))
            default = next(part["newWardKey"] for part in parts if part["isDefaultNewWard"])
            defaults[old[key].id] = new[province, default].id
    for id_, targets in successors.items():
        defaults.setdefault(id_, targets[0])
    return {place.id: successors[place.id] for place in old.values()}, defaults


def doubts(reform: Reform) -> list[Doubt]:
    """The successors that the package may have given to a commune for its name only."""
    divided = {id_: targets for id_, targets in reform.successors.items() if len(targets) > 1}
    by_name: dict[tuple[str, str], list[str]] = {}
    for id_, targets in divided.items():
        by_name.setdefault((reform.old[id_].title, reform.new[targets[0]].parent), []).append(id_)
    return [
        Doubt(id_, target, other)
        for namesakes in by_name.values()
        for id_ in namesakes
        for target in divided[id_]
        for other in namesakes
        if other != id_ and target in divided[other]
    ]


def components(reform: Reform) -> Iterator[tuple[list[str], list[str]]]:
    """Old and new communes that hang together: the smallest acts that leave no part of a commune behind."""
    predecessors: dict[str, list[str]] = {}
    for id_, news in reform.successors.items():
        for target in news:
            predecessors.setdefault(target, []).append(id_)
    seen: set[str] = set()
    for start in reform.successors:
        if start in seen:
            continue
        seen.add(start)
        sources = [start]
        found: dict[str, None] = {}
        for source in sources:
            for target in reform.successors[source]:
                if target not in found:
                    found[target] = None
                    fresh = [id_ for id_ in predecessors[target] if id_ not in seen]
                    seen.update(fresh)
                    sources += fresh
        yield sources, list(found)


def documents() -> dict[str, Document]:
    """What the events cite. The resolutions are known by name; no text of them was checked here."""
    standing = "Ủy ban Thường vụ Quốc hội"
    found = (
        Document(
            _DATA, "vietnamadminunits", "Bộ dữ liệu", "Hieu Tran", "Dữ liệu mở về đơn vị hành chính, MIT"
        ),
        _resolution(_PROVINCES, "202/2025/QH15", "Quốc hội", "Sắp xếp đơn vị hành chính cấp tỉnh"),
        _resolution(
            _COMMUNES, "NQ/UBTVQH15", standing, "Sắp xếp đơn vị hành chính cấp xã (mỗi tỉnh một nghị quyết)"
        ),
        _resolution(
            _DISTRICTS, "203/2025/QH15", "Quốc hội", "Sửa đổi Hiến pháp: kết thúc hoạt động cấp huyện"
        ),
    )
    return {document.id: document for document in found}


def _resolution(id_: str, number: str, issuer: str, title: str) -> Document:
    title = f"{title} [số và ngày ký chưa đối chiếu văn bản gốc]"
    return Document(id_, number, "Nghị quyết", issuer, title, _SIGNED[id_], EFFECTIVE, carries_out=())


def events_of(reform: Reform) -> list[events.Event]:
    """The register's events: the old units, then what happened on 1 July 2025.

    A commune that goes whole and alone into one new unit goes on (renamed, converted or only moved to its new
    parent); all others close. The share of a divided commune that went to each successor is not known: the parts
    are put equal and the act is marked approximate.
    """
    return [*_before(reform), *_province_acts(reform), *_commune_acts(reform), *_district_acts(reform)]


def _before(reform: Reform) -> Iterator[events.Event]:
    for places in (reform.provinces, reform.districts, reform.old):
        for place in places.values():
            if places is reform.old and place.id in reform.districts:
                continue
            yield events.UnitOpened(
                effective_on=BASELINE,
                citation=Citation(_DATA, "admin_units_legacy"),
                unit=place.id,
                kind=place.kind,
                title=place.title,
                code=place.code,
                parents=_parents(place),
            )


def _parents(place: Place) -> dict[str, str]:
    return {"administrative": place.parent} if place.parent else {}


def _province_acts(reform: Reform) -> Iterator[events.Event]:
    for target in reform.new_provinces.values():
        sources = [id_ for id_, new in reform.province_successor.items() if new == target.id]
        if len(sources) > 1:
            yield _act("merge", sources, [_output(target, target.id)], Citation(_PROVINCES, target.title))


def _commune_acts(reform: Reform) -> Iterator[events.Event]:
    for sources, targets in components(reform):
        province = reform.new_provinces[reform.new[targets[0]].parent]
        cited = Citation(_COMMUNES, province.title)
        alone = len(sources) == len(targets) == 1
        if alone and sources[0] not in reform.districts:
            yield from _going_on(reform.old[sources[0]], reform.new[targets[0]], cited)
        else:
            yield _rearranged(reform, sources, targets, cited)


def _going_on(old: Place, new: Place, cited: Citation) -> Iterator[events.Event]:
    """A commune that stays as it is, but for its parent, and perhaps its name or kind."""
    if (old.kind, old.title, old.code) == (new.kind, new.title, new.code):
        yield events.UnitMoved(effective_on=EFFECTIVE, citation=cited, unit=old.id, parent=new.parent)
    else:
        yield _act("convert" if old.kind != new.kind else "rename", [old.id], [_output(new, old.id)], cited)
    if new.area_km2 is not None:
        yield events.MeasureRecorded(
            effective_on=EFFECTIVE,
            citation=Citation(_DATA, "admin_units"),
            unit=old.id,
            measures={"area_km2": new.area_km2},
        )


def _rearranged(
    reform: Reform, sources: list[str], targets: list[str], cited: Citation
) -> events.Reorganised:
    flows = tuple(
        events.Flow(source, target, 1 / len(reform.successors[source]))
        for source in sources
        for target in reform.successors[source]
    )
    if len(targets) == 1:
        label = "merge" if len(sources) > 1 else "rearrange"
    else:
        label = "split" if len(sources) == 1 else "rearrange"
    outputs = [_output(reform.new[target], target) for target in targets]
    return _act(label, sources, outputs, cited, flows, any(flow.share < 1 for flow in flows))


def _output(place: Place, unit: str) -> events.Output:
    is_new = unit == place.id
    return events.Output(
        unit=unit,
        kind=place.kind,
        title=place.title,
        code=place.code,
        parents=_parents(place),
        measures={"area_km2": place.area_km2} if is_new and place.area_km2 is not None else {},
    )


def _act(
    label: str,
    sources: list[str],
    outputs: list[events.Output],
    cited: Citation,
    flows: tuple[events.Flow, ...] = (),
    approximate: bool = False,
) -> events.Reorganised:
    return events.Reorganised(
        effective_on=EFFECTIVE,
        signed_on=_SIGNED[cited.document],
        citation=cited,
        approximate=approximate,
        act=label,
        inputs=tuple(sources),
        outputs=tuple(outputs),
        flows=flows,
    )


def _district_acts(reform: Reform) -> Iterator[events.Event]:
    """The district level ends; by now its communes have gone. Island districts became special zones before."""
    for target in reform.new_provinces.values():
        ending = [
            district.id
            for district in reform.districts.values()
            if reform.province_successor[district.parent] == target.id and district.id not in reform.old
        ]
        yield _act("dissolve", ending, [], Citation(_DISTRICTS, target.title))
