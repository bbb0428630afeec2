"""Names that begin as what is typed."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left

import attrs

from tinhgon.lookup import Gazetteer, Name, spelling
from tinhgon.registry import kinds
from tinhgon.registry.state import FlowRecord, Register
from tinhgon_web.apparatus import lookup, registers

MOST = 8
_SHORTEST = 2
_ORDER = {"province": 0, "district": 1, "commune": 2, "village": 3}


@attrs.frozen(slots=True)
class Suggestion:
    """A place as it may be asked for: its name, and with what it stood under."""

    name: str
    above: str
    until: int | None
    """The year the name ended, None while it holds."""

    @property
    def whole(self) -> str:
        """The name with what it stood under, as it is asked for."""
        return ", ".join(filter(None, (self.name, self.above)))


_keys: registers.Kept[list[str]] = registers.Kept(2)


def suggestions(typed: str) -> list[Suggestion]:
    """At most eight places whose name begins so, larger ones first; none for a single letter."""
    key = spelling.key(typed)
    if len(key) < _SHORTEST:
        return []
    head = registers.head()
    gazetteer = lookup.gazetteer(head)
    keys = _keys.get(head, lambda: sorted(gazetteer.by_key))
    found: dict[str, Name] = {}
    at = bisect_left(keys, key)
    while at < len(keys) and keys[at].startswith(key) and len(found) < 20 * MOST:
        for name, _full in gazetteer.by_key[keys[at]]:
            held = found.get(name.unit)
            if held is None or held.start < name.start:
                found[name.unit] = name
        at += 1
    chosen = sorted(found.values(), key=_order)[:MOST]
    return [_suggestion(gazetteer, name) for name in chosen]


def _order(name: Name) -> tuple[int, bool, str, str]:
    return _ORDER[name.family], name.end is not None, name.title, name.unit


def _suggestion(gazetteer: Gazetteer, name: Name) -> Suggestion:
    above = gazetteer.register.ancestors(name.unit, name.start)
    path = [up.name(name.start) for up in above if up.kind(name.start) in kinds.TERRITORIES]
    return Suggestion(name.title, ", ".join(path), name.end.year if name.end else None)


def samples(on: dt.date) -> list[str]:
    """A few places to begin with: of those that ended by a day, or, when none did, of the communes."""
    register = registers.register(registers.head())
    ended = sorted({flow.source for flow in register.flows if flow.on <= on and _ended(register, flow)})
    ended = ended or [unit.id for unit in register.units_on(on, kinds.COMMUNE_KINDS)]
    chosen = ended[:: max(len(ended) // 4, 1)][:4]
    return [_typed(register, unit) for unit in chosen]


def _ended(register: Register, flow: FlowRecord) -> bool:
    unit = register.units[flow.source]
    return unit.closed_on == flow.on and unit.kind(unit.opened_on) in kinds.TERRITORIES


def _typed(register: Register, unit: str) -> str:
    last = (register.units[unit].closed_on or dt.date.max) - dt.timedelta(days=1)
    above = (up.name(last) for up in register.ancestors(unit, last) if up.kind(last) in kinds.TERRITORIES)
    return ", ".join([register.units[unit].name(last), *above][:2])
