"""The organs of a register against the law of a day: staff, deputies one by one, and deputies over a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import attrs

from tinhgon.figures.standards import UnitFinding
from tinhgon.registry import kinds
from tinhgon.registry.state import Register, Unit
from tinhgon.rules import Finding, Rulebook, deputies_finding, group_average_finding, unit_size_finding

_STAFF: Mapping[str, str] = {
    "division": "civil_servant",
    "sub_department": "civil_servant",
    "public_service_unit": "public_employee",
}
_AUTONOMY: Mapping[str, str] = {"1": "invests", "2": "recurrent", "3": "partial", "4": "budget"}
_GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "department": ("department_deputies", kinds.PROVINCE_KINDS),
    "district_office": ("district_division_deputies", kinds.DISTRICT_KINDS),
}


@attrs.frozen(slots=True)
class _Desk:
    """What every question needs: the register, the law, the day."""

    register: Register
    rulebook: Rulebook
    on: dt.date

    def province_class(self, unit: Unit) -> str | None:
        """The class of the province above ("special", "I", "II", "III"), from its attribute `class`."""
        above = (unit, *self.register.ancestors(unit.id, self.on))
        province = next((up for up in above if up.kind(self.on) in kinds.PROVINCE_KINDS), None)
        return None if province is None else province.fact("class", self.on)

    def deputies(self, unit: Unit) -> int:
        """Deputies' posts in a unit."""
        return sum(post.role == kinds.DEPUTY for post in self.register.posts_on(unit.id, self.on))

    def divisions(self, unit: Unit) -> int:
        """Divisions directly inside a unit."""
        return sum(child.kind(self.on) == "division" for child in self.register.children(unit.id, self.on))


def organ_findings(
    register: Register, rulebook: Rulebook, on: dt.date, under: str | None = None
) -> Iterator[UnitFinding]:
    """Divisions and sub-departments of the province and public service units, then the groups with an average.

    Staff is what is assigned: civil servants, in public service units public employees. A unit's attributes
    `autonomy` (1 to 4) and `basic_service` ("yes") and the province's `class` decide which value holds. A group is
    the departments of a province or the offices of a district; its finding stands with the province or district.
    """
    desk = _Desk(register, rulebook, on)
    for unit in register.units_on(on, _STAFF.keys(), under):
        kind = unit.kind(on)
        if kind == "public_service_unit" or register.level(unit.id, on) == "province":
            yield from _alone(desk, unit, kind)
    above = () if under is None else (register.units[under],)
    for place in (*above, *register.units_on(on, kinds.PROVINCE_KINDS | kinds.DISTRICT_KINDS, under)):
        yield from _together(desk, place)


def _alone(desk: _Desk, unit: Unit, kind: str) -> Iterator[UnitFinding]:
    counted = unit.headcounts.get(_STAFF[kind])
    span = None if counted is None else counted.span_at(desk.on)
    staff = None if span is None else span.value[0]
    province = desk.province_class(unit)
    parent = desk.register.units.get(unit.parent(desk.on) or "")
    inside = kind == "division" and parent is not None and parent.kind(desk.on) == "sub_department"
    size = unit_size_finding(
        unit="sub_department_division" if inside else kind,
        staff=staff,
        on=desk.on,
        rulebook=desk.rulebook,
        province=province,
        basic_service=unit.fact("basic_service", desk.on) == "yes",
    )
    yield UnitFinding(unit, size, span)
    if not inside:
        yield UnitFinding(unit, _deputies(desk, unit, kind, staff, province), span)


def _deputies(desk: _Desk, unit: Unit, kind: str, staff: int | None, province: str | None) -> Finding:
    service = kind == "public_service_unit"
    return deputies_finding(
        unit=kind,
        deputies=desk.deputies(unit),
        on=desk.on,
        rulebook=desk.rulebook,
        province=province,
        staff=staff,
        divisions=desk.divisions(unit) if kind == "sub_department" else None,
        autonomy=_AUTONOMY.get(unit.fact("autonomy", desk.on) or "") if service else None,
        provincial=service and unit.parent(desk.on) in _provinces(desk, unit),
    )


def _provinces(desk: _Desk, unit: Unit) -> list[str]:
    above = desk.register.ancestors(unit.id, desk.on)
    return [up.id for up in above if up.kind(desk.on) in kinds.PROVINCE_KINDS]


def _together(desk: _Desk, place: Unit) -> Iterator[UnitFinding]:
    members = desk.register.children(place.id, desk.on)
    for kind, (group, places) in _GROUPS.items():
        counts = [desk.deputies(unit) for unit in members if unit.kind(desk.on) == kind]
        if counts and place.kind(desk.on) in places:
            special = desk.province_class(place) == "special"
            finding = group_average_finding(
                counts,
                group=group,
                on=desk.on,
                rulebook=desk.rulebook,
                province="special" if special else "other",
            )
            yield UnitFinding(place, finding, None)
