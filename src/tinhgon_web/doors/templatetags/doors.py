"""What the doors' pages say of units; a builtin of every template."""

from __future__ import annotations

import datetime as dt

from django import template

from tinhgon.registry.state import Unit

register = template.Library()


@register.filter
def unit_name(unit: Unit, on: dt.date) -> str:
    """The name of a unit on a day."""
    return unit.name(on)
