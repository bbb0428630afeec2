"""What became of a scheme's units since it was drafted: a small picture of each, held against the register now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from tinhgon.registry.state import Register, Unit

Picture = dict[str, Any]


@attrs.frozen(slots=True)
class Change:
    """One thing of one unit that is not as it was; `what` is "closed", "name", "kind", "parent" or a measure."""

    unit: str
    name: str
    what: str
    before: Any
    now: Any


def snapshot(register: Register, units: Iterable[str], on: dt.date) -> dict[str, Picture]:
    """Name, kind, parent and measures of units on a day, as plain JSON."""
    return {id_: _picture(register.units[id_], on) for id_ in units if id_ in register.units}


def changes_since(register: Register, pictures: Mapping[str, Picture], on: dt.date) -> list[Change]:
    """What differs from the pictures on a day, in the order of the pictures."""
    found = []
    for id_, before in pictures.items():
        unit = register.units.get(id_)
        if unit is None or not unit.is_open(on):
            found.append(Change(id_, str(before["name"]), "closed", None, unit and unit.closed_on))
            continue
        now = _picture(unit, on)
        found += [
            Change(id_, str(before["name"]), what, before.get(what), now.get(what))
            for what in sorted(before.keys() | now.keys())
            if before.get(what) != now.get(what)
        ]
    return found


def _picture(unit: Unit, on: dt.date) -> Picture:
    measures = {name: unit.measure(name, on) for name in sorted(unit.measures)}
    return {"name": unit.name(on), "kind": unit.kind(on), "parent": unit.parent(on), **measures}
