"""The map of the apparatus, its data, and the card of a unit that a click opens."""

from __future__ import annotations

from typing import Any, cast

import attrs
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhgon.registry import kinds
from tinhgon_web.apparatus import selectors
from tinhgon_web.apparatus.maps import asking, reading, svg
from tinhgon_web.apparatus.rows import UnitRow
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.apparatus.table.reading import findings
from tinhgon_web.core.asof import Request
from tinhgon_web.core.rights import Right, requires
from tinhgon_web.core.templatetags.tinhgon import address

_LABELLED = 40


@requires(Right.READ)
@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """The map, drawn by the server; scripts put a movable one in its place."""
    asked = cast(Request, request)
    reader = selectors.reader(asked.asof)
    ask = _asked(asked, reader)
    map_ = reading.read(asked.asof, reader, ask, asked.scope)
    place = reader.units([ask.place]).get(ask.place)
    page: dict[str, Any] = {
        "ask": ask,
        "map": map_,
        "place": place,
        "way_down": _way_down(reader, place),
        "levels": asking.LEVEL_NAMES.items(),
        "themes": asking.THEMES.items(),
        "drawing": _drawing(asked, map_),
    }
    return render(request, "apparatus/map.html", page)


@requires(Right.READ)
@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """The same map as GeoJSON."""
    asked = cast(Request, request)
    reader = selectors.reader(asked.asof)
    map_ = reading.read(asked.asof, reader, _asked(asked, reader), asked.scope)
    return JsonResponse(reading.geojson(map_), json_dumps_params={"separators": (",", ":")})


@requires(Right.READ)
@require_safe
def show_card(request: HttpRequest, unit: str) -> HttpResponse:
    """A unit in short, for the panel beside a map or a chart."""
    asked = cast(Request, request)
    asked.scope.check(unit)
    reader = selectors.reader(asked.asof)
    try:
        row = reader.unit(unit)
    except selectors.UnableToFindUnit as missing:
        raise Http404(_("There is no such unit")) from missing
    page = {
        "row": row,
        "above": reader.ancestors(row, kinds.ADMINISTRATIVE),
        "found": findings(asked.asof, [row]).get(unit),
        "is_open": row.covers(asked.asof.on),
        "level_below": {"district": "xa", "commune": "thon", "province": "huyen"}.get(
            kinds.FAMILY[row.kind], ""
        ),
    }
    return render(request, "apparatus/card.html", page)


def _asked(asked: Request, reader: Reader) -> asking.Ask:
    ask = asking.read(asked.GET, asked.asof)
    return ask if ask.place else attrs.evolve(ask, place=reading.top(reader))


def _way_down(reader: Reader, place: UnitRow | None) -> list[UnitRow]:
    return [] if place is None else [*reader.ancestors(place, kinds.ADMINISTRATIVE), place]


def _drawing(asked: Request, map_: reading.Map) -> SafeString:
    labelled = len(map_.features) <= _LABELLED
    areas = [
        svg.Area(
            id=feature.row.unit,
            geometry=feature.shape,
            css=feature.value.css,
            title=f"{feature.row.name}: {feature.value.text}",
            href=address(asked.asof, "apparatus:unit", feature.row.unit),
            label=feature.row.name if labelled else "",
        )
        for feature in map_.features
        if feature.shape is not None
    ]
    # Every part is escaped where it is put in.
    return mark_safe(svg.draw(areas, outlines=map_.above, name=_("Map")))
