"""The map of one answer: where the place is, and what of it went where; only the units concerned."""

from __future__ import annotations

import datetime as dt

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tinhgon.lookup import Part
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps import svg
from tinhgon_web.apparatus.maps.outlines import Shape, outlines

_CLASSES = ("q2", "q3", "q1", "q4", "q5")


def draw(
    register: Register, head: registers.Head, unit: str, parts: tuple[Part, ...], to: dt.date
) -> SafeString:
    """The units that hold the place on a day, and its own last outline over them; empty without outlines."""
    shapes = outlines(register, head, to, [part.unit for part in parts])
    areas = [
        svg.Area(
            id=part.unit,
            geometry=shapes[part.unit],
            css=_CLASSES[n % len(_CLASSES)],
            title=part.title,
            label=part.title,
        )
        for n, part in enumerate(parts)
        if part.unit in shapes
    ]
    before = _before(register, head, unit, to)
    if not areas and before is None:
        return SafeString("")
    shown = areas or [svg.Area(id=unit, geometry=before, css="q1")] if before else areas
    around = before or _around(register, head, parts, to)
    thick = [around] if around else []
    frame = svg.frame_of([*(area.geometry for area in shown), *thick])
    # Every part is escaped where it is put in.
    return mark_safe(svg.draw(shown, outlines=thick, name=_("Map of the place"), frame=frame))


def _around(register: Register, head: registers.Head, parts: tuple[Part, ...], to: dt.date) -> Shape | None:
    """The outline of what the only part stands under, so that it is seen where in it that is."""
    parent = register.units[parts[0].unit].parent(to) if len(parts) == 1 else None
    return outlines(register, head, to, [parent]).get(parent) if parent else None


def _before(register: Register, head: registers.Head, unit: str, to: dt.date) -> Shape | None:
    closed = register.units[unit].closed_on
    if closed is None or closed > to:
        return None
    return outlines(register, head, closed - dt.timedelta(days=1), [unit]).get(unit)
