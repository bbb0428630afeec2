"""Every name a place of the register ever had, by its key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import attrs

from tinhgon.lookup import spelling
from tinhgon.registry import kinds
from tinhgon.registry.state import NAME, Register, Unit, parent_fact

_PARENT = parent_fact(kinds.ADMINISTRATIVE)


@attrs.frozen(slots=True, eq=False)
class Name:
    """A name of a unit during [start, end). `above`: the units over it meanwhile; `later`: what those became.

    `former` marks a name that only an outside list gives, for a time not known.
    """

    unit: str
    family: str
    title: str
    start: dt.date
    end: dt.date | None
    above: frozenset[str]
    later: frozenset[str]
    former: bool = False
    over: frozenset[str] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "over", self.above | self.later)

    def covers(self, on: dt.date) -> bool:
        """Whether it was the name on a day."""
        return self.start <= on and (self.end is None or on < self.end)


class Entry(NamedTuple):
    """A name under one of its keys; `full`: the key holds the word of kind."""

    name: Name
    full: bool


class Gazetteer:
    """Key -> names, for the territories of a register. Build it once for a register, ask it often."""

    def __init__(self, register: Register, former: Mapping[str, Iterable[str]] | None = None) -> None:
        """Index a register; `former` gives further names (any spelling) of units, of a time not known."""
        self.register = register
        self.by_key: dict[str, list[Entry]] = {}
        self.by_unit: dict[str, list[Name]] = {}
        self._followers: dict[str, frozenset[str]] = {}
        self._under: dict[str, list[Name]] = {}
        for unit in register.units.values():
            for name in self._names(unit):
                self._add(name)
        for id_, titles in (former or {}).items():
            self._add_former(id_, titles)
        self.longest = max(map(len, self.by_key), default=0)

    def _names(self, unit: Unit) -> Iterator[Name]:
        if kinds.KINDS[unit.facts["kind"][0].value].block != "territory":
            return
        days = sorted({span.day for fact in (NAME, _PARENT) for span in unit.facts.get(fact, ())})
        for day, following in zip(days, [*days[1:], unit.closed_on], strict=True):
            if unit.is_open(day) and day != following:
                above = self._above(unit, day)
                yield Name(
                    unit=unit.id,
                    family=kinds.FAMILY[unit.kind(day)],
                    title=unit.name(day),
                    start=day,
                    end=following,
                    above=above,
                    later=frozenset().union(*map(self.followers, above)) - above,
                )

    def _above(self, unit: Unit, on: dt.date) -> frozenset[str]:
        return frozenset(up.id for up in self.register.ancestors(unit.id, on))

    def followers(self, unit: str) -> frozenset[str]:
        """All units that any part of a unit ever went to, and the units those stood under then."""
        if unit not in self._followers:
            self._followers[unit] = (
                frozenset()
            )  # acts follow time, so this only guards a unit that kept a part
            found: set[str] = set()
            for flow in self.register.flows_from.get(unit, ()):
                if flow.target != unit:
                    found |= {flow.target, *self.followers(flow.target)}
            self._followers[unit] = frozenset(found)
        return self._followers[unit]

    def _add(self, name: Name) -> None:
        kind, rest = spelling.split_kind(name.title)
        full = kind + rest
        self.by_unit.setdefault(name.unit, []).append(name)
        self.by_key.setdefault(full, []).append(Entry(name, bool(kind)))
        if kind and not rest.isdigit():  # a bare number names nothing
            self.by_key.setdefault(rest, []).append(Entry(name, False))

    def under(self, unit: str) -> list[Name]:
        """The names of the places that ever stood under a unit."""
        if not self._under:
            for names in self.by_unit.values():
                for name in names:
                    for up in name.above:
                        self._under.setdefault(up, []).append(name)
        return self._under.get(unit, [])

    def _add_former(self, id_: str, titles: Iterable[str]) -> None:
        known = self.by_unit.get(id_, [])
        for title in titles if known else ():
            name = attrs.evolve(known[-1], title=title, former=True)
            key = spelling.key(title)
            self.by_key.setdefault(key, []).append(Entry(name, False))
