"""Maps in articles: a place on a day, drawn from the register as a drawing that needs no script."""

from __future__ import annotations

import datetime as dt
import re

import attrs
from django.db.models import Count, Max
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tinhgon.refusal import Refusal
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import lookup, registers, selectors
from tinhgon_web.apparatus.maps import asking, reading, svg, themes
from tinhgon_web.apparatus.models import Geometry
from tinhgon_web.apparatus.scope import Scope
from tinhgon_web.core.asof import AsOf, today

OUTLINE = "ranh"
"""Drawn without colours that mean something: who borders on whom."""
THEMES = {name: said for name, said in asking.THEMES.items() if name != asking.CHANGED}
_LABELLED = 24
_ID = re.compile(r"\[([^\[\]]+)\]\s*$")
_A_YEAR = dt.timedelta(days=365)


class UnableToPlace(Refusal, ValueError):
    """The words name no unit of the day, or several."""


@attrs.frozen(slots=True)
class Drawn:
    """A map ready to be shown: the drawing, its legend, and the same as a list."""

    unit: str
    name: str
    drawing: SafeString
    classes: list[themes.Class]
    features: list[reading.Feature]


_kept: registers.Kept[Drawn] = registers.Kept(32)


def placed(words: str, on: dt.date) -> str:
    """The unit some words name on a day, as its name with its id in brackets; so written, it is found again.

    Raises:
        UnableToPlace: they name none, or several.
    """
    head = registers.head()
    register = registers.register(head)
    typed = words.strip()
    given = _ID.search(typed)
    units = [unit for unit in (given[1] if given else "", typed) if _is_open(register, unit, on)]
    if not units:
        found = lookup.converter(head, to=on, on=on).convert(typed).found
        units = list(dict.fromkeys(one.unit for one, _parts in found))
    if len(units) != 1:
        raise _unplaced(typed, [_called(register, unit, on) for unit in units[:6]])
    return _called(register, units[0], on)


def drawn(words: str, on: dt.date, level: str, theme: str) -> Drawn | None:
    """The map of a place that `placed` wrote down; None where there is nothing to draw."""
    given, head = _ID.search(words), registers.head()
    register = registers.register(head)
    if given is None or not _is_open(register, given[1], on):
        return None
    stored = tuple(Geometry.objects.aggregate(Count("id"), Max("id"), Max("since")).values())
    key = (head, stored, given[1], on, level, theme, get_language())
    made = _kept.get(key, lambda: _made(register, given[1], on, level, theme))
    return made if made.drawing else None


def top() -> str:
    """The place a map begins with, as `placed` writes it."""
    reader = selectors.reader(AsOf(on=today(), today=today()))
    unit = reading.top(reader)
    return _called(registers.register(registers.head()), unit, today()) if unit else ""


def _made(register: Register, unit: str, on: dt.date, level: str, theme: str) -> Drawn:
    asof = AsOf(on=on, today=today())
    plain = theme == OUTLINE
    ask = asking.Ask(unit, level, asking.BAND if plain else theme, on - _A_YEAR)
    map_ = reading.read(asof, selectors.reader(asof), ask, Scope(None, on))
    shown = len(map_.features) <= _LABELLED
    areas = [
        svg.Area(
            id=one.row.unit,
            geometry=one.shape,
            css="q1" if plain else one.value.css,
            title=one.row.name if plain else f"{one.row.name}: {one.value.text}",
            label=one.row.name if shown else "",
        )
        for one in map_.features
        if one.shape is not None
    ]
    name = register.units[unit].name(on)
    # Every part is escaped where it is put in.
    drawing = mark_safe(svg.draw(areas, outlines=map_.above, name=name))
    return Drawn(unit, name, drawing, [] if plain else map_.classes, map_.features)


def _is_open(register: Register, unit: str, on: dt.date) -> bool:
    return unit in register.units and register.units[unit].is_open(on)


def _called(register: Register, unit: str, on: dt.date) -> str:
    return f"{register.units[unit].name(on)} [{unit}]"


def _unplaced(words: str, several: list[str]) -> UnableToPlace:
    if not several:
        return UnableToPlace(
            f"Không có đơn vị nào tên '{words}' vào ngày này; ghi cả xã, huyện",
            f"no unit is called '{words}' on that day; add its commune and district",
        )
    listed = "; ".join(several)
    return UnableToPlace(f"Có nhiều nơi tên '{words}', chọn một: {listed}", f"choose one of: {listed}")
