"""Maps of a scheme: the units as they are, and as its groups would make them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import shapely

from tinhgon.figures import UnitFinding
from tinhgon.registry.state import Register
from tinhgon.schemes import Grouping
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps import svg
from tinhgon_web.apparatus.maps.outlines import outlines
from tinhgon_web.schemes import words
from tinhgon_web.schemes.models import Scheme
from tinhgon_web.schemes.selectors.shortage import band_of

_LABELS = 60  # more names than this cannot be read on one drawing
Shape = dict[str, Any]


def before_and_after(
    register: Register,
    head: registers.Head,
    scheme: Scheme,
    groups: Grouping,
    findings: Mapping[str, UnitFinding],
    met: Mapping[str, str],
) -> tuple[str, str]:
    """Two drawings in the same frame, each unit coloured by its band; empty where no outline is known.

    `met` gives the band of each group by its seat. Units of a group are drawn without lines between them, with one
    line around them all.
    """
    shapes = outlines(register, head, scheme.on, findings)
    shown = len(shapes) <= _LABELS
    before = [_area(id_, shape, findings[id_], register, scheme, shown) for id_, shape in shapes.items()]
    after = [_after(area, groups, met, shown) for area in before]
    around = [_joined([shapes[id_] for id_ in group.members if id_ in shapes]) for group in groups.groups]
    return (
        svg.draw(before, name=words.name("map:before"), css="scheme-map before"),
        svg.draw(after, outlines=around, name=words.name("map:after"), css="scheme-map after"),
    )


def _area(
    id_: str, shape: Shape, found: UnitFinding, register: Register, scheme: Scheme, labelled: bool
) -> svg.Area:
    name, band = register.units[id_].name(scheme.on), band_of(found)
    size = f"{found.finding.value}, " if found.finding.value is not None else ""
    return svg.Area(
        id=id_,
        geometry=shape,
        css=band,
        title=f"{name}: {size}{words.name(f'band:{band}')}",
        label=name if labelled else "",
    )


def _after(area: svg.Area, groups: Grouping, met: Mapping[str, str], labelled: bool) -> svg.Area:
    group = groups.group_of(area.id)
    if group is None:
        return area
    return svg.Area(
        id=area.id,
        geometry=area.geometry,
        css=f"joined {met.get(group.seat, 'meets')}",
        title=f"{area.title} → {group.name}",
        label=group.name if labelled and area.id == group.seat else "",
    )


def _joined(shapes: list[Shape]) -> Shape:
    whole = shapely.unary_union([shapely.geometry.shape(shape) for shape in shapes])
    joined: Shape = json.loads(shapely.to_geojson(whole.buffer(1e-6).buffer(-1e-6)))
    return joined
