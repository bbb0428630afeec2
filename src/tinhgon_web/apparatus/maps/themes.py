"""What the areas of a map are coloured by: classes with their words, and each unit's class and value in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import attrs
from django.utils.translation import gettext as _

from tinhgon.registry import kinds, lineage
from tinhgon.registry.state import Register
from tinhgon_web.apparatus.bands import findings_of
from tinhgon_web.apparatus.maps import asking
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.core.asof import AsOf
from tinhgon_web.core.templatetags.tinhgon import number, percent

_MEASURES = {asking.HOUSEHOLDS: "households", asking.POPULATION: "population", asking.AREA: "area_km2"}
_STEPS = 5
NONE = "none"


@attrs.frozen(slots=True)
class Value:
    """A unit's class, what it is in words, and a size to order by."""

    css: str
    text: str
    size: float


@attrs.frozen(slots=True)
class Class:
    """A class of the legend: its class in CSS, its words, how many units are in it."""

    css: str
    name: str
    count: int


@attrs.frozen(slots=True)
class Coloured:
    """The legend, and unit -> its value."""

    classes: list[Class]
    values: dict[str, Value]


def coloured(
    asof: AsOf, ask: asking.Ask, register: Register, rows: list[UnitRow], places: list[UnitRow]
) -> Coloured:
    """Put units in classes. `places`: all territorial units under the place, from which sizes are summed."""
    if ask.theme == asking.BAND:
        values, names = _by_band(asof, register, rows)
    elif ask.theme == asking.CHANGED:
        values, names = _by_change(asof, ask, register, rows)
    else:
        values, names = _by_size(ask, _sizes(asof, ask, register, rows, places))
    counts = Counter(value.css for value in values.values())
    return Coloured([Class(css, name, counts[css]) for css, name in names.items() if counts[css]], values)


def _by_band(asof: AsOf, register: Register, rows: list[UnitRow]) -> tuple[dict[str, Value], dict[str, str]]:
    found = findings_of(register, asof.on, [row.unit for row in rows])
    names = {
        "must": _("under half of the standard"),
        "may": _("from half of the standard"),
        "meets": _("meets the standard"),
        NONE: _("not held against a standard"),
    }
    values = {}
    for row in rows:
        finding = found[row.unit].finding if row.unit in found else None
        if finding is None or finding.ratio is None or finding.band is None:
            values[row.unit] = Value(NONE, _("never counted"), float("inf"))
        else:
            values[row.unit] = Value(finding.band, percent(finding.ratio), float(finding.ratio))
    return values, names


def _by_change(
    asof: AsOf, ask: asking.Ask, register: Register, rows: list[UnitRow]
) -> tuple[dict[str, Value], dict[str, str]]:
    names = {
        "grown": _("took in others"),
        "new": _("newly formed"),
        "renamed": _("renamed or of another kind"),
        "same": _("unchanged"),
    }
    values = {}
    for row in rows:
        css, size = _change(asof, ask, register, row.unit)
        values[row.unit] = Value(css, names[css], size)
    return values, names


def _change(asof: AsOf, ask: asking.Ask, register: Register, id_: str) -> tuple[str, float]:
    unit = register.units[id_]
    if unit.opened_on > ask.since:
        return "new", 1
    if any(ask.since < flow.on <= asof.on for flow in lineage.predecessors(register, id_)):
        return "grown", 0
    before, now = (unit.name(day) + unit.kind(day) for day in (ask.since, asof.on))
    return ("renamed", 2) if before != now else ("same", 3)


def _sizes(
    asof: AsOf, ask: asking.Ask, register: Register, rows: list[UnitRow], places: list[UnitRow]
) -> dict[str, float | None]:
    """Each unit's size: its own, or the sum of the nearest under it that have one."""
    if ask.theme == asking.SHORT:
        villages = [row.unit for row in places if kinds.FAMILY[row.kind] == "village"]
        found = findings_of(register, asof.on, villages)
        short = {unit for unit, one in found.items() if one.finding.band == "must"}
        return _summed(rows, places, lambda row: float(row.unit in short) if row.unit in found else None)
    measure = _MEASURES[ask.theme]
    return _summed(rows, places, lambda row: getattr(row, measure))


def _summed(
    rows: Iterable[UnitRow], places: Iterable[UnitRow], own: Callable[[UnitRow], float | None]
) -> dict[str, float | None]:
    below: dict[str, list[UnitRow]] = {}
    for place in places:
        below.setdefault(place.parent, []).append(place)

    def size(row: UnitRow) -> float | None:
        mine = own(row)
        if mine is not None:
            return mine
        parts = [part for child in below.get(row.unit, ()) if (part := size(child)) is not None]
        return sum(parts) if parts else None

    return {row.unit: size(row) for row in rows}


def _by_size(ask: asking.Ask, sizes: Mapping[str, float | None]) -> tuple[dict[str, Value], dict[str, str]]:
    limits = _limits([size for size in sizes.values() if size is not None])
    words = {asking.HOUSEHOLDS: _("households"), asking.POPULATION: _("people"), asking.AREA: "km²"}
    unit = words.get(ask.theme, _("villages"))
    names = {f"q{step}": _between(limits, step) for step in range(len(limits), 0, -1)}
    names[NONE] = _("never counted")
    values = {}
    for id_, size in sizes.items():
        if size is None:
            values[id_] = Value(NONE, names[NONE], float("inf"))
        else:
            step = sum(size >= limit for limit in limits)
            values[id_] = Value(f"q{max(step, 1)}", f"{number(size)} {unit}", -size)
    return values, names


def _limits(sizes: list[float]) -> list[float]:
    """The lower limits of at most five classes, each with about as many units."""
    ordered = sorted(sizes)
    if not ordered:
        return []
    return sorted(
        {_rounded(ordered[len(ordered) * step // _STEPS]) for step in range(1, _STEPS)} | {ordered[0]}
    )


def _rounded(size: float) -> float:
    """A limit people can say: two figures, of small numbers one."""
    if size < 10:
        return float(int(size))
    scale = 10 ** (len(str(int(size))) - 2)
    return float(int(size) // scale * scale)


def _between(limits: list[float], step: int) -> str:
    least = number(limits[step - 1])
    if step == len(limits):
        return _("%(least)s and more") % {"least": least}
    return _("%(least)s to under %(most)s") % {"least": least, "most": number(limits[step])}
