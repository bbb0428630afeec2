"""The page that compares two days, and its workbook."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any, cast

import attrs
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import as_if, registers, selectors
from tinhgon_web.apparatus.comparing import asking, reading, workbook
from tinhgon_web.apparatus.comparing.tree import tree
from tinhgon_web.apparatus.maps import svg
from tinhgon_web.apparatus.maps.asking import LEVEL_NAMES, LEVELS
from tinhgon_web.apparatus.maps.outlines import outlines
from tinhgon_web.apparatus.table.views import XLSX
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.core.templatetags.tinhgon import address, plain_day


@requires(Right.READ)
@require_safe
def show_comparison(request: HttpRequest) -> HttpResponse:
    """What two days differ in: counts, a tree, a map, and the acts by document."""
    asked = cast(Request, request)
    ask = asking.read(request.GET, asked.asof)
    head = registers.head_of(asked.asof)
    register = registers.register(head)
    found = reading.compare(register, ask, asked.scope)
    reader = selectors.reader(asked.asof)
    place = reader.units([ask.place]).get(ask.place) if ask.place else None
    ask = _with_level(ask, register, found)
    page: dict[str, Any] = {
        "ask": ask,
        "found": found,
        "place": place,
        "places": _places(register, ask, found),
        "changes": [(code, asking.CHANGES[code], count) for code, count in found.counts.items()],
        "tree": tree(register, ask, found.pairs),
        "levels": LEVEL_NAMES.items(),
        "maps": _maps(asked, ask, register, head, found),
    }
    return render(request, "apparatus/compare.html", page)


@requires(Right.READ)
@require_safe
def export_comparison(request: HttpRequest) -> HttpResponse:
    """The comparison as a workbook."""
    asked = cast(Request, request)
    ask = asking.read(request.GET, asked.asof)
    register = registers.register(registers.head_of(asked.asof))
    found = reading.compare(register, ask, asked.scope)
    content = workbook.workbook(asked.asof, ask, register, found, as_if.forecast(request))
    name = as_if.file_name(request, f"so-sanh-{ask.start:%Y-%m-%d}-{ask.end:%Y-%m-%d}.xlsx")
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _with_level(ask: asking.Ask, register: Register, found: reading.Comparison) -> asking.Ask:
    """The level drawn on the map: the one asked for, else the one where most changed."""
    if ask.level:
        return ask
    families = Counter(
        kinds.FAMILY[register.units[row.source].kind(ask.start)] for row in found.pairs if row.source
    )
    most = max(LEVELS, key=lambda level: families[LEVELS[level]])
    return attrs.evolve(ask, level=most)


def _places(register: Register, ask: asking.Ask, found: reading.Comparison) -> list[tuple[str, str, int]]:
    """(place, name, changed units), for a choice among the districts and communes where something changed."""
    counts: Counter[str] = Counter()
    for row in found.pairs:
        unit, day = (row.target, ask.end) if row.target else (row.source or "", ask.start)
        for up in register.ancestors(unit, day):
            if kinds.FAMILY[up.kind(day)] in ("district", "commune"):
                counts[up.id] += 1
    named = [(id_, register.units[id_].name(ask.end), count) for id_, count in counts.most_common(40)]
    return sorted(named, key=lambda one: -one[2])


def _maps(
    asked: Request, ask: asking.Ask, register: Register, head: registers.Head, found: reading.Comparison
) -> list[tuple[dt.date, SafeString]]:
    """The two days as drawings in one frame; none where nothing of the level has an outline."""
    joined = {row.source for row in found.pairs if row.source and row.target != row.source}
    took_in = {row.target for row in found.pairs if row.target and row.target != row.source}
    marks = {ask.start: ("gone", joined), ask.end: ("grown", took_in)}
    wanted = [kind for kind, family in kinds.FAMILY.items() if family == LEVELS[ask.level]]
    drawn: dict[dt.date, list[svg.Area]] = {}
    for day, (css, marked) in marks.items():
        units = [
            one
            for one in register.units_on(day, wanted, ask.place or None)
            if asked.scope.everything or asked.scope.holds(one.id)
        ]
        shapes = outlines(register, head, day, [unit.id for unit in units])
        drawn[day] = [
            svg.Area(
                id=unit.id,
                geometry=shapes[unit.id],
                css=css if unit.id in marked else "same",
                title=f"{unit.name(day)} ({plain_day(day)})",
                href=address(asked.asof, "apparatus:unit", unit.id),
            )
            for unit in units
            if unit.id in shapes
        ]
    frame = svg.frame_of(area.geometry for areas in drawn.values() for area in areas)
    if frame is None:
        return []
    # Every part is escaped where it is put in.
    return [
        (day, mark_safe(svg.draw(areas, name=plain_day(day), frame=frame))) for day, areas in drawn.items()
    ]
