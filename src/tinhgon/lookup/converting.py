"""From a place as it was called to what it is on a day: every part, with its share and the acts in between."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import attrs

from tinhgon.lookup.finding import Finder, Found
from tinhgon.lookup.gazetteer import Gazetteer
from tinhgon.registry import kinds
from tinhgon.registry.state import FlowRecord

Status = Literal["one", "divided", "several", "gone", "unknown"]


@attrs.frozen(slots=True)
class Part:
    """`share` (of population, 0..1) of the place meant is in `unit` on the day asked for; None: not known."""

    unit: str
    title: str
    share: float | None
    approximate: bool
    path: tuple[str, ...]
    """Titles from the unit up to its province."""
    acts: tuple[int, ...]
    """The journal's entries that led there, in order."""


@attrs.frozen(slots=True)
class Conversion:
    """An address on another day.

    `status`: "one" unit answers; the place was "divided" among several; "several" places fit the words, each with its
    parts; all that fit are "gone"; the place is "unknown".
    """

    address: str
    status: Status
    found: tuple[tuple[Found, tuple[Part, ...]], ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts of all places meant, each unit once."""
        return tuple({part.unit: part for _, parts in self.found for part in parts}.values())

    @property
    def text(self) -> str:
        """The address as it is written on that day, when one unit answers; otherwise empty."""
        if self.status != "one":
            return ""
        street = self.found[0][0].street
        return ", ".join(piece for piece in (street, *self.parts[0].path) if piece)


class Converter:
    """Addresses of one day (or of any) on another. Keeps what it worked out: ask one for many addresses."""

    def __init__(self, gazetteer: Gazetteer, *, to: dt.date, on: dt.date | None = None) -> None:
        """`to`: the day to convert to; `on`: the day the addresses were written, None when not known."""
        self.gazetteer, self.register = gazetteer, gazetteer.register
        self.on, self.to = on, to
        self._parts: dict[tuple[str, dt.date], tuple[Part, ...]] = {}
        self._finder = Finder(gazetteer, on)

    def convert(self, address: str) -> Conversion:
        """One address."""
        found = tuple((one, self.parts(one)) for one in self._finder.find(address))
        return Conversion(address, _status(found), found)

    def parts(self, found: Found) -> tuple[Part, ...]:
        """Where a place is on the day to convert to; nothing when it is gone."""
        since = self.on or found.name.start
        key = (found.unit, since)
        if key not in self._parts:
            self._parts[key] = tuple(self._follow(found.unit, since))
        return self._parts[key]

    def _follow(self, unit: str, since: dt.date) -> list[Part]:
        shares: dict[str, tuple[float, tuple[int, ...]]] = {}
        self._walk(unit, since, -1, 1.0, (), shares)
        if shares:
            return [self._part(id_, share, acts) for id_, (share, acts) in shares.items()]
        return self._by_members(unit)

    def _by_members(self, unit: str) -> list[Part]:
        """Of a place that ended without a successor (the districts of 2025): where what stood under it is now."""
        register, closed = self.register, self.register.units[unit].closed_on
        if closed is None or closed > self.to:
            return []
        last = closed - dt.timedelta(days=1)
        members = [
            child.id for child in register.children(unit, last) if child.kind(last) in kinds.TERRITORIES
        ]
        parts = [part for member in members for part in self._follow(member, last)]
        found = {part.unit: attrs.evolve(part, share=None, approximate=True) for part in parts}
        return list(found.values())

    def _walk(
        self,
        unit: str,
        day: dt.date,
        seq: int,
        share: float,
        acts: tuple[int, ...],
        shares: dict[str, tuple[float, tuple[int, ...]]],
    ) -> None:
        """Follow a share through the next act after (day, seq), or put it down where it is."""
        act = self._next_act(unit, day, seq)
        if act:
            for flow in act:
                on = (flow.on, flow.seq)
                self._walk(flow.target, *on, share * flow.share, (*acts, flow.seq), shares)
        elif self.register.units[unit].is_open(self.to):
            held, before = shares.get(unit, (0.0, ()))
            shares[unit] = (held + share, tuple(dict.fromkeys((*before, *acts))))

    def _next_act(self, unit: str, day: dt.date, seq: int) -> list[FlowRecord]:
        flows = self.register.flows_from.get(unit, ())
        later = [flow for flow in flows if (flow.on, flow.seq) > (day, seq) and flow.on <= self.to]
        if not later:
            return []
        first = min((flow.on, flow.seq) for flow in later)
        return [flow for flow in later if (flow.on, flow.seq) == first]

    def _part(self, unit: str, share: float, acts: tuple[int, ...]) -> Part:
        events = self.register.event_by_seq
        return Part(
            unit=unit,
            title=self.register.units[unit].name(self.to),
            share=round(share, 9),
            approximate=any(getattr(events.get(seq), "approximate", False) for seq in acts),
            path=self._path(unit),
            acts=acts,
        )

    def _path(self, unit: str) -> tuple[str, ...]:
        above = self.register.ancestors(unit, self.to)
        own = self.register.units[unit].name(self.to)
        places = (up.name(self.to) for up in above if up.kind(self.to) in kinds.TERRITORIES)
        return (own, *places)


def _status(found: tuple[tuple[Found, tuple[Part, ...]], ...]) -> Status:
    if not found:
        return "unknown"
    answers = {tuple(part.unit for part in parts) for _, parts in found}
    if answers == {()}:
        return "gone"
    if len(answers) > 1:
        return "several"
    return "one" if len(next(iter(answers))) == 1 else "divided"
