"""The map of one answer: where the place is, and what of it went where; only the units concerned."""

from __future__ import annotations

import datetime as dt

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tinhgon.lookup import Part
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.maps import svg
from tinhgon_web.apparatus.maps.outlines import outlines

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
    # Every part is escaped where it is put in.
    return mark_safe(svg.draw(shown, outlines=[before] if before else (), name=_("Map of the place")))


def _before(register: Register, head: registers.Head, unit: str, to: dt.date) -> dict[str, object] | None:
    closed = register.units[unit].closed_on
    if closed is None or closed > to:
        return None
    return outlines(register, head, closed - dt.timedelta(days=1), [unit]).get(unit)
