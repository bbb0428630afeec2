"""Where a unit came from and where it went: predecessors, successors, closures, and crosswalks between days.

A flow connects what a unit was before an act with what a unit is after it, so closures follow time: a unit that
gave a part to another in 2019 and got a part back in 2025 is no cycle. Share is of population.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import attrs

from tinhgon.refusal import Refusal
from tinhgon.registry.state import CODE, FlowRecord, Register, Unit


class UnableToFindUnit(Refusal, LookupError):
    """Neither a unit's id nor a code that any unit ever held."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"không đơn vị nào có mã định danh hoặc từng mang mã '{text}'",
            f"no unit has the id or ever held the code '{text}'",
        )
        self.text = text


class UnableToCrosswalk(Refusal, ValueError):
    """The second day is before the first: a crosswalk follows the units in time."""

    def __init__(self, start: dt.date, end: dt.date) -> None:
        super().__init__(
            f"ngày sau ({end:%d/%m/%Y}) trước ngày đầu ({start:%d/%m/%Y}); đổi chỗ hai ngày",
            f"the second day ({end}) is before the first ({start}); swap them",
        )
        self.start, self.end = start, end


@attrs.frozen(slots=True)
class Candidate:
    """A unit that held a code during [start, end)."""

    unit: str
    name: str
    start: dt.date
    end: dt.date | None


class CrosswalkRow(NamedTuple):
    """`share` of `source` (on the first day) is in `target` on the second; None: nowhere, or from nowhere."""

    source: str | None
    target: str | None
    share: float

    def told(self, register: Register, start: dt.date, end: dt.date) -> dict[str, str | float | None]:
        """The row with codes and names, as each unit bore them on its own day."""
        source = register.units[self.source] if self.source else None
        target = register.units[self.target] if self.target else None
        return {
            "source": self.source,
            "source_code": source.code(start) if source else None,
            "source_name": source.name(start) if source else None,
            "target": self.target,
            "target_code": target.code(end) if target else None,
            "target_name": target.name(end) if target else None,
            "share": round(self.share, 9),
        }


def predecessors(register: Register, unit: str) -> list[FlowRecord]:
    """Flows that came into a unit from others, oldest first."""
    return [flow for flow in register.flows_to.get(unit, ()) if flow.source != unit]


def successors(register: Register, unit: str) -> list[FlowRecord]:
    """Flows that left a unit for others, oldest first."""
    return [flow for flow in register.flows_from.get(unit, ()) if flow.target != unit]


def ancestry(register: Register, unit: str, before: dt.date | None = None) -> list[FlowRecord]:
    """All flows that lead to a unit, of any depth, nearest first; only acts on or before a day."""
    return _closure(register.flows_to, unit, before, backwards=True)


def descent(register: Register, unit: str, after: dt.date | None = None) -> list[FlowRecord]:
    """All flows that lead from a unit, of any depth, nearest first; only acts after a day."""
    return _closure(register.flows_from, unit, after, backwards=False)


def _closure(
    index: dict[str, list[FlowRecord]], unit: str, limit: dt.date | None, *, backwards: bool
) -> list[FlowRecord]:
    """Breadth first along flows; each next act lies strictly further along the (day, sequence) order."""
    found: dict[FlowRecord, None] = {}
    queue: list[tuple[str, tuple[dt.date, int] | None]] = [(unit, None)]
    for place, bound in queue:
        for flow in index.get(place, ()):
            position = (flow.on, flow.seq)
            if flow.source == flow.target or flow in found:
                continue
            if bound is not None and (position >= bound if backwards else position <= bound):
                continue
            if limit is not None and (flow.on > limit if backwards else flow.on <= limit):
                continue
            found[flow] = None
            queue.append((flow.source if backwards else flow.target, position))
    return list(found)


def resolve(register: Register, text: str, on: dt.date | None = None) -> list[Candidate]:
    """The units that a code (or an id) names, with the days it named them; with a day, those of that day.

    Raises:
        UnableToFindUnit: no unit has this id and none ever held this code.
    """
    unit = register.unit(text)
    if unit is not None:
        day = on or unit.opened_on
        return [Candidate(unit.id, unit.name(day), unit.opened_on, unit.closed_on)]
    holders = register.codes.get(text)
    if not holders:
        raise UnableToFindUnit(text)
    candidates = [held for id_ in holders for held in _held(register.units[id_], text)]
    return [held for held in candidates if on is None or _covers(held, on)]


def _held(unit: Unit, code: str) -> Iterable[Candidate]:
    for period in unit.facts[CODE].periods():
        if period.value == code:
            end = period.end or unit.closed_on
            yield Candidate(unit.id, unit.name(period.start), period.start, end)


def _covers(held: Candidate, on: dt.date) -> bool:
    return held.start <= on and (held.end is None or on < held.end)


def crosswalk(
    register: Register, start: dt.date, end: dt.date, kinds: Iterable[str] | None = None
) -> list[CrosswalkRow]:
    """Which share of each unit of the first day is where on the second day.

    Args:
        kinds: only units of these kinds on the first day (and, for units without a source, on the second).

    Returns:
        One row per (source, target), sources in order of registration. Shares of a source add up to 1. Rows without
        a target are units that were dissolved; rows without a source, units that were opened in between.

    Raises:
        UnableToCrosswalk: the second day is before the first.
    """
    if end < start:
        raise UnableToCrosswalk(start, end)
    places = _trace_flows(register, start, end)
    wanted = None if kinds is None else frozenset(kinds)
    rows: list[CrosswalkRow] = []
    for unit in register.units_on(start, wanted):
        where = places.get(unit.id)
        if where is not None:
            rows.extend(_rows(register, unit.id, where, end))
        else:
            rows.append(CrosswalkRow(unit.id, unit.id if unit.is_open(end) else None, 1.0))
    reached = {row.target for row in rows}
    rows.extend(
        CrosswalkRow(None, unit.id, 1.0)
        for unit in register.units_on(end, wanted)
        if unit.id not in reached and not unit.is_open(start)
    )
    return rows


def _rows(register: Register, source: str, where: dict[str, float], end: dt.date) -> Iterable[CrosswalkRow]:
    for target, share in where.items():
        yield CrosswalkRow(source, target if register.units[target].is_open(end) else None, share)


def _trace_flows(register: Register, start: dt.date, end: dt.date) -> dict[str, dict[str, float]]:
    """Origin -> {place: share}, for the origins that any act between the days touched."""
    first = bisect_right(register.flows, start, key=_flow_day)
    last = bisect_right(register.flows, end, key=_flow_day)
    where: dict[str, dict[str, float]] = {}
    origins_at: dict[str, dict[str, None]] = {}
    for _, flows in groupby(register.flows[first:last], key=_flow_seq):
        _follow(register, start, list(flows), where, origins_at)
    return where


def _follow(
    register: Register,
    start: dt.date,
    act: list[FlowRecord],
    where: dict[str, dict[str, float]],
    origins_at: dict[str, dict[str, None]],
) -> None:
    """Move what the act's sources hold, all at once."""
    leaving: list[tuple[str, FlowRecord, float]] = []
    for source in dict.fromkeys(flow.source for flow in act):
        own = {source: None} if register.units[source].is_open(start) else {}
        for origin in origins_at.pop(source, own):
            amount = where.setdefault(origin, {source: 1.0}).pop(source)
            leaving += [(origin, flow, amount * flow.share) for flow in act if flow.source == source]
    for origin, flow, amount in leaving:
        if flow.target not in origins_at:
            origins_at[flow.target] = _own(register, start, flow.target, where)
        origins_at[flow.target][origin] = None
        places = where[origin]
        places[flow.target] = places.get(flow.target, 0.0) + amount


def _own(
    register: Register, start: dt.date, unit: str, where: dict[str, dict[str, float]]
) -> dict[str, None]:
    """A unit's own share, if it was there at the start and still holds some of itself."""
    if not register.units[unit].is_open(start):
        return {}
    return {unit: None} if unit in where.setdefault(unit, {unit: 1.0}) else {}


def _flow_day(flow: FlowRecord) -> dt.date:
    return flow.on


def _flow_seq(flow: FlowRecord) -> int:
    return flow.seq
