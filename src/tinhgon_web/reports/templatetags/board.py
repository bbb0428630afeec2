"""Lengths of bars, in whole units: templates write decimals the Vietnamese way, which a drawing cannot read."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template

from tinhgon.registry import kinds

register = template.Library()


@register.filter
def of(part: Any, scale: int) -> int:
    """A share, 0 to 1, as a length on a scale; what lies beyond is cut."""
    if part is None:
        return 0
    return round(min(max(Fraction(part), Fraction(0)), Fraction(1)) * scale)


@register.filter
def item(values: Mapping[str, Any], key: str) -> Any:
    """What stands under a key."""
    return values.get(key)


@register.filter
def placename(name: str) -> str:
    """The name of a place without its kind: Huyện Đắk Mil is Đắk Mil."""
    for kind in kinds.KINDS.values():
        if kind.block == "territory" and name.lower().startswith(f"{kind.vi} "):
            return name[len(kind.vi) + 1 :]
    return name


@register.filter
def over(part: int, whole: int) -> Fraction:
    """A part of a whole as a share; 0 of nothing."""
    return Fraction(part, whole) if whole else Fraction(0)
