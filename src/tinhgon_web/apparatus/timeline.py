"""A unit's history drawn on both axes: above when each entry held from, below when it was recorded."""

from __future__ import annotations

import datetime as dt

import attrs

from tinhgon_web.apparatus.selectors.history import Line

WIDTH, TOP, BOTTOM, LEFT, RIGHT = 1000, 34, 118, 120, 40


@attrs.frozen(slots=True)
class Mark:
    """An entry: a dot on each axis and the line between them; a long slope is a late record."""

    line: Line
    above: int
    below: int
    is_late: bool


@attrs.frozen(slots=True)
class Tick:
    """A year's first day."""

    year: int
    x: int


@attrs.frozen(slots=True)
class Timeline:
    """The drawing; `on` and `known` are where the two days of the page stand.

    Whole units only, because templates write decimals the Vietnamese way.
    """

    marks: list[Mark]
    ticks: list[Tick]
    on: int
    known: int
    width: int = WIDTH
    top: int = TOP
    bottom: int = BOTTOM

    @property
    def late(self) -> int:
        """How many were recorded late."""
        return sum(mark.is_late for mark in self.marks)

    @property
    def mended(self) -> int:
        """How many were set right later."""
        return sum(bool(mark.line.mended_by) for mark in self.marks)

    @property
    def controls(self) -> int:
        """How many set another entry right."""
        return sum(mark.line.is_control for mark in self.marks)


_LATE = 60


def timeline(lines: list[Line], on: dt.date, known_on: dt.date) -> Timeline | None:
    """Lay out entries; None when there are none."""
    if not lines:
        return None
    days = [
        day for line in lines for day in (line.effective_on, line.recorded_on) if abs((day - on).days) < 36500
    ]
    first, last = min([*days, on, known_on]), max([*days, on, known_on])
    length = max((last - first).days, 1)

    def x(day: dt.date) -> int:
        share = (day - first).days / length
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0), 1))

    marks = [
        Mark(
            line,
            x(line.effective_on),
            x(line.recorded_on),
            (line.recorded_on - line.effective_on).days > _LATE,
        )
        for line in lines
    ]
    every = max(1, -(-(last.year - first.year) // 12))
    years = [Tick(year, x(dt.date(year, 1, 1))) for year in range(first.year + 1, last.year + 1, every)]
    return Timeline(marks, years, x(on), x(known_on))
