"""What held and when, as plain rows: made from a register, written to the projection, read back by the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

import attrs

from tinhgon.registry import kinds


@attrs.frozen(slots=True, kw_only=True)
class Row:
    """Something that held from `start` until `end` (None: still does), because of entry `cause`."""

    start: dt.date
    end: dt.date | None
    cause: int

    def covers(self, on: dt.date) -> bool:
        """Whether it held on a day."""
        return self.start <= on and (self.end is None or on < self.end)


@attrs.frozen(slots=True, kw_only=True)
class UnitRow(Row):
    """A unit's name, kind, code, parents and measures while none changed; the days of its whole life beside them."""

    unit: str
    name: str
    kind: str
    code: str
    parent: str
    party_parent: str
    opened_on: dt.date
    closed_on: dt.date | None
    households: float | None
    population: float | None
    area_km2: float | None

    @property
    def word(self) -> kinds.Kind:
        """The kind with its names."""
        return kinds.KINDS[self.kind]

    def is_open(self, on: dt.date) -> bool:
        """Whether the unit is there on a day."""
        return self.opened_on <= on and (self.closed_on is None or on < self.closed_on)


class Branch(NamedTuple):
    """A unit as the tree lists it: under whom (in the hierarchy asked about), and how many stand under it."""

    unit: str
    name: str
    kind: str
    parent: str
    sort_key: str
    below: int

    @property
    def word(self) -> kinds.Kind:
        """The kind with its names."""
        return kinds.KINDS[self.kind]


@attrs.frozen(slots=True, kw_only=True)
class FactRow(Row):
    """One fact of a unit; measures are "measure:households", headcounts "headcount:civil_servant"."""

    unit: str
    fact: str
    value: Any


@attrs.frozen(slots=True, kw_only=True)
class PostRow(Row):
    """A post while it stood in one unit."""

    post: str
    unit: str
    role: str
    title: str


@attrs.frozen(slots=True, kw_only=True)
class HoldingRow(Row):
    """A person in a post."""

    holding: str
    person: str
    post: str
    reason: str


@attrs.frozen(slots=True, kw_only=True)
class MentionRow:
    """Entry `seq` touched a unit."""

    unit: str
    seq: int


@attrs.frozen(slots=True)
class Rows:
    """A whole register as rows, each list in a fixed order."""

    units: list[UnitRow]
    facts: list[FactRow]
    posts: list[PostRow]
    holdings: list[HoldingRow]
    mentions: list[MentionRow]
