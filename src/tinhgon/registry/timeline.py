"""A fact over time: an append-only list of spans, each from its day until the next one's."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

_SHORT = 8


class Span(NamedTuple):
    """From the start of `day` the value is `value`, because of entry `cause`. None ends the fact."""

    day: dt.date
    value: Any
    cause: int


class Period(NamedTuple):
    """A span with its end: [start, end), an open end is None."""

    start: dt.date
    end: dt.date | None
    value: Any
    cause: int


def _day(span: Span) -> dt.date:
    return span.day


class Timeline(list[Span]):
    """Spans in order of (day, sequence). Two spans of one day are both kept; the later one is what holds."""

    __slots__ = ()

    def at(self, on: dt.date) -> Any:
        """The value on a day, None when the fact has none."""
        span = self.span_at(on)
        return None if span is None else span.value

    def span_at(self, on: dt.date) -> Span | None:
        """The span in force on a day."""
        if len(self) > _SHORT:
            position = bisect_right(self, on, key=_day)
            return self[position - 1] if position else None
        for span in reversed(self):
            if span.day <= on:
                return span
        return None

    @property
    def last(self) -> Any:
        """The value after every span."""
        return self[-1].value if self else None

    def periods(self) -> Iterator[Period]:
        """The spans with their ends, without those of zero length and without ended stretches."""
        for index, span in enumerate(self):
            end = self[index + 1].day if index + 1 < len(self) else None
            if span.value is not None and end != span.day:
                yield Period(span.day, end, span.value, span.cause)
