"""Units held against the standards of a day: a few for a page or a place, all of them for a whole register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from tinhgon.figures import UnitFinding
from tinhgon.figures import findings_of as held_against
from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook
from tinhgon_web.apparatus import overlays, registers
from tinhgon_web.apparatus.mentions import named

LAW = Rulebook.load()
Bands = dict[str, str | None]
"""Unit -> the band it falls in, of those the law may have a standard for; None: no standard, or never counted."""
_all: registers.Kept[Bands] = registers.Kept(6)


def findings_of(register: Register, on: dt.date, units: Iterable[str]) -> dict[str, UnitFinding]:
    """Unit -> its finding, of those of some units that are open and held against a standard."""
    known = (register.units[id_] for id_ in units if id_ in register.units)
    return {found.unit.id: found for found in held_against(register, LAW, on, known)}


def bands_of(
    register: Register, head: registers.Head, on: dt.date, among: Collection[str] | None = None
) -> Bands:
    """The bands of some units, or of all (None), which are kept: after a write only what it touched is looked at."""
    if among is None or (head, on) in _all:
        return _all.get((head, on), lambda: _made(register, head, on))
    return _bands(register, on, among)


def _bands(register: Register, on: dt.date, units: Iterable[str]) -> Bands:
    return {id_: found.finding.band for id_, found in findings_of(register, on, units).items()}


def _made(register: Register, head: registers.Head, on: dt.date) -> Bands:
    earlier = [] if overlays.is_over(head) else [key for key in _kept(on) if key[0] < head[0]]
    upto = registers.known(earlier)
    if upto == registers.EMPTY:
        return _bands(register, on, register.units)
    touched = set(_under(register, {unit for unit, _ in named(register, register.source[upto[0] : head[0]])}))
    before = _all.get((upto, on), dict)
    left = {unit: band for unit, band in before.items() if unit not in touched}
    return left | _bands(register, on, touched)


def _kept(on: dt.date) -> list[registers.Head]:
    keys = cast("list[tuple[registers.Head, dt.date]]", _all.keys())
    return [head for head, day in keys if day == on and not overlays.is_over(head)]


def _under(register: Register, units: Iterable[str]) -> Iterator[str]:
    """The units and all that ever stood under them: what is said of a place may count for those."""
    for unit in units:
        yield unit
        yield from _under(register, register.children_ever.get((kinds.ADMINISTRATIVE, unit), ()))
