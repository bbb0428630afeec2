"""A scheme as an overlay on the register: the acts of its chosen variant, unsigned, in force on the day shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from django.urls import reverse

from tinhgon.schemes import Decision, acts_of
from tinhgon_web.apparatus import registers
from tinhgon_web.apparatus.overlays import Overlay
from tinhgon_web.schemes.models import Scheme, Variant
from tinhgon_web.schemes.selectors.variants import grouping, placements_of


def provide(code: str, on: dt.date) -> Overlay | None:
    """The overlay of a scheme ("7") or of one of its variants ("7-2"); None once it is in force or given up."""
    pk, _, number = code.partition("-")
    if not pk.isdecimal() or (number and not number.isdecimal()) or len(code) > 18:
        return None
    scheme = Scheme.objects.select_related("chosen").filter(pk=int(pk)).first()
    if scheme is None or scheme.first_entry is not None or scheme.state == Scheme.State.WITHDRAWN:
        return None
    variant = scheme.variants.filter(number=int(number)).first() if number else scheme.chosen
    return None if variant is None else _overlay(scheme, variant, on)


def _overlay(scheme: Scheme, variant: Variant, on: dt.date) -> Overlay:
    register = registers.register(registers.head())
    groups = grouping(variant)
    open_ = all(unit in register.units and register.units[unit].is_open(on) for unit in groups.units)
    placements = placements_of(scheme, register, groups, on)
    decision = Decision(f"scheme-{scheme.pk}", on)
    return Overlay(
        key=f"{scheme.pk}.{variant.pk}.{_digest(groups.to_json(), scheme.placements)}",
        title=scheme.title,
        place=scheme.place,
        url=reverse("schemes:variant", args=[scheme.pk, variant.number]),
        drafts=acts_of(register, groups, placements, decision, mark=f"s{scheme.pk}-") if open_ else (),
    )


def _digest(*parts: object) -> str:
    """What tells one content from another, in every process alike."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]
