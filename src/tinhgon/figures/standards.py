"""The units of a register held against the standards of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import attrs

from tinhgon.registry import kinds
from tinhgon.registry.state import Register, Unit
from tinhgon.registry.timeline import Span
from tinhgon.rules import Finding, Rulebook, commune_finding, region_of, village_finding

# The rulebook names kinds as the law does; the register in the field's English.
RULE_KINDS: Mapping[str, str] = {
    "village": "thon",
    "residential_group": "tdp",
    "commune": "xa",
    "ward": "phuong",
    "township": "thi_tran",
}
_COMMUNES = RULE_KINDS.keys() - kinds.VILLAGE_KINDS
_WARD_OF: Mapping[str, str] = {"urban_district": "quan", "city": "thanh_pho", "town": "thi_xa"}


@attrs.frozen(slots=True)
class UnitFinding:
    """A unit, what it was held against, and the recorded measure that decided (None: never measured)."""

    unit: Unit
    finding: Finding
    measured: Span | None


def village_findings(
    register: Register, rulebook: Rulebook, on: dt.date, under: str | None = None
) -> Iterator[UnitFinding]:
    """Every village and residential group open on a day against the household standard of that day.

    The region is the province's attribute `region`, or what the law says of the province's name; `border`, `island`
    and `mountain` ("yes") are the commune's, or inherited from above; `special` ("yes") is the village's own.
    """
    return findings_of(register, rulebook, on, register.units_on(on, kinds.VILLAGE_KINDS, under))


def commune_findings(
    register: Register, rulebook: Rulebook, on: dt.date, under: str | None = None
) -> Iterator[UnitFinding]:
    """Every commune, ward and township open on a day against the standards of population and area of that day."""
    return findings_of(register, rulebook, on, register.units_on(on, _COMMUNES, under))


def findings_of(
    register: Register, rulebook: Rulebook, on: dt.date, units: Iterable[Unit]
) -> Iterator[UnitFinding]:
    """Those of some units that are open on a day and for which the law of that day may have a standard."""
    places = _Places(register, on, rulebook)
    for unit in units:
        kind = unit.kind(on)
        if kind in RULE_KINDS and unit.is_open(on):
            hold = _hold_village if kind in kinds.VILLAGE_KINDS else _hold_commune
            yield hold(unit, kind, places)


def _hold_village(unit: Unit, kind: str, places: _Places) -> UnitFinding:
    on, commune = places.on, unit.parent(places.on)
    timeline = unit.measures.get("households")
    measured = None if timeline is None else timeline.span_at(on)
    finding = village_finding(
        kind=RULE_KINDS[kind],
        region=places.region(commune),
        households=None if measured is None else measured.value,
        on=on,
        rulebook=places.rulebook,
        border=places.fact(commune, "border") == "yes",
        island=places.fact(commune, "island") == "yes",
        special=unit.fact("special", on) == "yes",
        mountain=_maybe(places.fact(commune, "mountain")),
    )
    return UnitFinding(unit, finding, measured)


def _hold_commune(unit: Unit, kind: str, places: _Places) -> UnitFinding:
    on, parent = places.on, places.register.units.get(unit.parent(places.on) or "")
    population, area = unit.measure("population", on), unit.measure("area_km2", on)
    timeline = unit.measures.get("population")
    finding = commune_finding(
        kind=RULE_KINDS[kind],
        mountain=places.fact(unit.id, "mountain") == "yes",
        population=None if population is None else int(population),
        area_km2=area,
        on=on,
        rulebook=places.rulebook,
        island=places.fact(unit.id, "island") == "yes",
        hard_coast=places.fact(unit.id, "hard_coast") == "yes",
        red_river=places.region(unit.id) in ("red_river", "ha_noi"),
        ward_of=None if parent is None else _WARD_OF.get(parent.kind(on)),
    )
    return UnitFinding(unit, finding, None if timeline is None else timeline.span_at(on))


def _maybe(value: str | None) -> bool | None:
    return None if value is None else value == "yes"


class _Places:
    """Attributes of a place on a day, its own or inherited from above; remembered, since many units share one."""

    def __init__(self, register: Register, on: dt.date, rulebook: Rulebook) -> None:
        self.register, self.on, self.rulebook = register, on, rulebook
        self._known: dict[tuple[str | None, str], str | None] = {}

    def fact(self, place: str | None, name: str) -> str | None:
        key = (place, name)
        if key not in self._known:
            self._known[key] = self._look_up(place, name)
        return self._known[key]

    def region(self, place: str | None) -> str | None:
        """The region attribute, or the region the law gives the province."""
        key = (place, "")
        if key not in self._known:
            self._known[key] = self.fact(place, "region") or self._region_by_law(place)
        return self._known[key]

    def _region_by_law(self, place: str | None) -> str | None:
        above = () if place is None else self.register.ancestors(place, self.on)
        province = next((unit for unit in above if unit.kind(self.on) in kinds.PROVINCE_KINDS), None)
        if province is None:
            return None
        found = region_of(province.name(self.on), self.on, rulebook=self.rulebook)
        return None if found is None else str(found.value)

    def _look_up(self, place: str | None, name: str) -> str | None:
        unit = None if place is None else self.register.units.get(place)
        if unit is None:
            return None
        own = unit.fact(name, self.on)
        return own if own is not None else self.fact(unit.parent(self.on), name)
