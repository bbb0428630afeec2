"""The national reform of 2025 as a register, held against the package's own mapping, read here a second time."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import attrs
import pytest

from tinhgon.registry import events, kinds, lineage
from tinhgon.registry.fold import fold
from tinhgon.registry.folder import open_folder, write_folder
from tinhgon.registry.journal import Journal
from tinhgon.registry.state import Register
from tinhgon.registry.verify import verify
from tinhgon.sources import vietnam2025
from tinhgon.sources.vietnam2025 import EFFECTIVE, Reform

KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ")
BEFORE = EFFECTIVE - dt.timedelta(1)


@attrs.frozen
class Mapping:
    """The package's mapping by codes; a place without communes by its district's code. Read without our code."""

    pairs: set[tuple[str, str]]
    default: dict[str, str]
    names: dict[str, str]
    new_names: dict[str, str]


@pytest.fixture(scope="module")
def data() -> Path:
    try:
        return vietnam2025.find_data()
    except vietnam2025.UnableToFindPackage as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def mapping(data: Path) -> Mapping:
    with closing(sqlite3.connect(data / "dataset.db")) as database:
        before = database.execute(
            "SELECT provinceKey || '_' || districtKey || '_' || coalesce(wardKey, ''),"
            " coalesce(wardCode, districtCode), coalesce(ward, district) FROM admin_units_legacy"
        ).fetchall()
        after = database.execute("SELECT provinceKey, wardKey, wardCode, ward FROM admin_units").fetchall()
    old = {key: code for key, code, _ in before}
    new = {(province, ward): code for province, ward, code, _ in after}
    read = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    pairs, default = set(), {}
    for province, wards in read["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for key in sources:
                pairs.add((old[key], new[province, ward]))
                default[old[key]] = new[province, ward]
    for province, divided in read["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            for part in parts:
                pairs.add((old[key], new[province, part["newWardKey"]]))
                if part["isDefaultNewWard"]:
                    default[old[key]] = new[province, part["newWardKey"]]
    return Mapping(
        pairs,
        default,
        {code: name for _, code, name in before},
        {code: name for _, _, code, name in after},
    )


@pytest.fixture(scope="module")
def reform(data: Path) -> Reform:
    return vietnam2025.read_reform(data)


@pytest.fixture(scope="module")
def found(reform: Reform) -> list[events.Event]:
    return vietnam2025.events_of(reform)


@pytest.fixture(scope="module")
def register(found: list[events.Event]) -> Register:
    return fold(list(enumerate(found, 1)))


def commune_rows(register: Register) -> list[tuple[str, str, float]]:
    """(old code, new code, share) of the crosswalk; island districts count as what they became."""
    zones = {flow.source for flow in register.flows if flow.target.startswith("commune-2025-")}
    return [
        (register.units[row.source].code(BEFORE), register.units[row.target].code(EFFECTIVE), row.share)
        for row in lineage.crosswalk(register, BEFORE, EFFECTIVE)
        if row.source is not None and row.target is not None
        if row.source in zones or register.units[row.source].kind(BEFORE) in kinds.COMMUNE_KINDS
    ]


def test_the_country_before_and_after(register: Register) -> None:
    """63 provinces, 696 districts and 10,035 communes became 34, none and 3,321."""

    def count(day: dt.date, wanted: frozenset[str]) -> int:
        return sum(1 for _ in register.units_on(day, wanted))

    levels = (kinds.PROVINCE_KINDS, kinds.DISTRICT_KINDS, kinds.COMMUNE_KINDS)
    assert [count(BEFORE, level) for level in levels] == [63, 696, 10_035]
    assert [count(EFFECTIVE, level) for level in levels] == [34, 0, 3_321]


def test_every_commune_stands_under_one_of_the_new_provinces(register: Register) -> None:
    for unit in register.units_on(EFFECTIVE, kinds.COMMUNE_KINDS):
        parent = register.units[unit.parent(EFFECTIVE) or ""]
        assert parent.kind(EFFECTIVE) in kinds.PROVINCE_KINDS
        assert parent.is_open(EFFECTIVE)


def test_the_crosswalk_is_the_packages_mapping_forwards(register: Register, mapping: Mapping) -> None:
    assert {(old, new) for old, new, _ in commune_rows(register)} == mapping.pairs


def test_lineage_backwards_is_the_packages_mapping(register: Register, mapping: Mapping) -> None:
    """Each new commune's predecessors, walked from the new side; a commune that went on is its own."""
    wanted = defaultdict(set)
    for old, new in mapping.pairs:
        wanted[new].add(old)
    for unit in register.units_on(EFFECTIVE, kinds.COMMUNE_KINDS):
        sources = [flow.source for flow in lineage.ancestry(register, unit.id)] or [unit.id]
        codes = {register.units[id_].code(BEFORE) for id_ in sources}
        assert codes == wanted[unit.code(EFFECTIVE)], unit.id


def test_the_only_difference_is_that_divided_communes_keep_all_successors(
    register: Register, mapping: Mapping
) -> None:
    """The package answers with one default; the register with every successor, the default among them."""
    rows = commune_rows(register)
    more = {(old, new) for old, new, _ in rows} - set(mapping.default.items())
    assert set(mapping.default.items()) <= {(old, new) for old, new, _ in rows}
    divided = {old for old, new, share in rows if share < 1}
    assert len(divided) == 471
    assert {old for old, _ in more} == divided
    assert len(more) == sum(1 for old, _, _ in rows if old in divided) - len(divided)


def test_unknown_shares_are_put_equal_and_marked(register: Register, found: list[events.Event]) -> None:
    for act in found:
        if isinstance(act, events.Reorganised):
            assert act.approximate == any(flow.share < 1 for flow in act.flows)
    shares = defaultdict(list)
    for old, _, share in commune_rows(register):
        shares[old].append(share)
    for parts in shares.values():
        assert len(set(parts)) == 1
        assert sum(parts) == pytest.approx(1)


def test_dak_nong_28_descend_from_71_and_none_was_divided(register: Register) -> None:
    (old_province,) = lineage.resolve(register, "67", BEFORE)
    old = {unit.id for unit in register.units_on(BEFORE, kinds.COMMUNE_KINDS, old_province.unit)}
    rows = [row for row in lineage.crosswalk(register, BEFORE, EFFECTIVE) if row.source in old]
    new = {row.target for row in rows}
    assert (len(old), len(new)) == (71, 28)
    assert {row.share for row in rows} == {1.0}
    assert {row.source for row in lineage.crosswalk(register, BEFORE, EFFECTIVE) if row.target in new} == old
    (lam_dong,) = lineage.resolve(register, "68", EFFECTIVE)
    assert {register.units[id_ or ""].parent(EFFECTIVE) for id_ in new} == {lam_dong.unit}
    sources = {flow.source for flow in lineage.predecessors(register, lam_dong.unit)}
    assert {register.units[id_].name(BEFORE) for id_ in sources} == {
        "Tỉnh Đắk Nông",
        "Tỉnh Bình Thuận",
        "Tỉnh Lâm Đồng",
    }


def bare(name: str) -> str:
    """The name without its kind, which the package also spells "Thị Trấn"."""
    name = name.casefold()
    return next(name.removeprefix(kind) for kind in KINDS if name.startswith(kind))


def test_a_code_answers_by_date(register: Register, mapping: Mapping) -> None:
    """A bare code has up to two answers; with a day it has one. 54 % of the codes name another place now.

    (By the package's short names it is 55 %: 18 of them differ only by a "(Thị trấn)" added to tell namesakes apart.)
    """
    elsewhere = 0
    for code, name in mapping.new_names.items():
        (now,) = lineage.resolve(register, code, EFFECTIVE)
        assert register.units[now.unit].name(EFFECTIVE) == name
        candidates = lineage.resolve(register, code)
        if code in mapping.names:
            (then,) = lineage.resolve(register, code, BEFORE)
            assert register.units[then.unit].name(BEFORE) == mapping.names[code]
            assert len(candidates) == (1 if then.unit == now.unit else 2)
            elsewhere += bare(mapping.names[code]) != bare(name)
        else:
            assert candidates == [now]
    assert round(100 * elsewhere / len(mapping.new_names)) == 54


def test_island_districts_became_special_zones(register: Register, reform: Reform) -> None:
    islands = [id_ for id_ in reform.old if id_ in reform.districts]
    assert len(islands) == 5
    for id_ in islands:
        (flow,) = lineage.successors(register, id_)
        assert register.units[flow.target].kind(EFFECTIVE) == "special_zone"


def test_area_adds_up_to_the_published_total(register: Register) -> None:
    """New Lâm Đồng has 24,233 km² by the decision of 2025; the package's communes come to 1.1 % less."""
    (province,) = lineage.resolve(register, "68", EFFECTIVE)
    areas = [
        unit.measure("area_km2", EFFECTIVE)
        for unit in register.units_on(EFFECTIVE, kinds.COMMUNE_KINDS, province.unit)
    ]
    assert sum(area or 0 for area in areas) == pytest.approx(24_233, rel=0.02)


def test_namesakes_that_the_package_mixes_up_are_listed(register: Register, reform: Reform) -> None:
    """Tân Thạnh of Thới Lai lies 75 km from the Tân Thạnh of Long Phú; both are sent to each other's successors."""
    doubts = vietnam2025.doubts(reform)
    pairs = {(reform.old[doubt.old].code, reform.new[doubt.new].short) for doubt in doubts}
    old = [unit for unit in reform.old.values() if unit.title == "Xã Tân Thạnh" and unit.short == "Tân Thạnh"]
    thoi_lai = next(unit for unit in old if reform.districts[unit.parent].short == "Thới Lai")
    assert {new for code, new in pairs if code == thoi_lai.code} == {"Tân Thạnh", "Trường Thành"}
    for doubt in doubts:
        assert reform.old[doubt.old].title == reform.old[doubt.other].title
        assert doubt.new in reform.successors[doubt.other]
        assert len(lineage.successors(register, doubt.old)) > 1


def test_it_is_a_sound_register_on_disk(found: list[events.Event], tmp_path: Path) -> None:
    moment = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)
    journal = Journal().append(found, recorded_at=moment, by="vietnam2025")
    write_folder(tmp_path / "register", journal, vietnam2025.documents())
    folder = open_folder(tmp_path / "register")
    assert verify(folder) == []
    assert [entry.event for entry in folder.journal.entries] == found
