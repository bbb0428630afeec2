"""When something belonged to a population, and which events began and ended that.

A stretch is [start, end) with the entries that caused both ends. A change over a window is the sum of the ends
inside it, so that every unit of change has its event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class Moment(NamedTuple):
    """A place in the order of events: the day, then the sequence number."""

    day: dt.date
    seq: int


LAST = Moment(dt.date.max, 2**62)


class Stretch(NamedTuple):
    """Belonging from the event at `start` until the event at `end` (LAST: still)."""

    start: Moment
    end: Moment


def intersect(first: Iterable[Stretch], second: Iterable[Stretch]) -> list[Stretch]:
    """Where both hold. Both lists are in order and without overlaps, and so is the result."""
    found = []
    others = list(second)
    for one in first:
        for other in others:
            start, end = max(one.start, other.start), min(one.end, other.end)
            if start < end:
                found.append(Stretch(start, end))
    return found


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Where any holds; a stretch that ends on the day another starts goes on."""
    joined: list[Stretch] = []
    for stretch in sorted(stretches):
        if joined and stretch.start.day <= joined[-1].end.day:
            last = joined[-1]
            lasted = last.start.day < last.end.day  # what came and went in a day did not begin anything
            joined[-1] = Stretch(last.start if lasted else stretch.start, max(last.end, stretch.end))
        else:
            joined.append(stretch)
    return joined


def tally(many: Iterable[Iterable[Stretch]], start: dt.date, end: dt.date) -> dict[int, int]:
    """Entry -> net change it makes over (start, end], in order of the journal; entries without net change left out.

    Stretches that begin and end on one day never showed at the end of any day and count for nothing.
    """
    deltas: dict[int, int] = {}
    for stretches in many:
        for began, ended in stretches:
            if began.day == ended.day:
                continue
            if start < began.day <= end:
                deltas[began.seq] = deltas.get(began.seq, 0) + 1
            if ended != LAST and start < ended.day <= end:
                deltas[ended.seq] = deltas.get(ended.seq, 0) - 1
    return {seq: delta for seq, delta in sorted(deltas.items()) if delta}


def count_on(many: Iterable[Iterable[Stretch]], day: dt.date) -> int:
    """How many belong at the end of a day."""
    return sum(
        any(began.day <= day and (day < ended.day or ended == LAST) for began, ended in stretches)
        for stretches in many
    )
