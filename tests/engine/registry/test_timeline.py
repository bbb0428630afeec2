"""A fact over time, against the plainest way of looking it up."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tinhgon.registry.timeline import Span, Timeline

START = dt.date(2019, 1, 1)
offsets = st.integers(0, 40)
timelines = st.lists(st.tuples(offsets, st.sampled_from(["a", "b", None])), max_size=14).map(
    lambda pairs: Timeline(
        Span(START + dt.timedelta(offset), value, cause)
        for cause, (offset, value) in enumerate(sorted(pairs, key=lambda pair: pair[0]), 1)
    )
)


@given(timelines, offsets)
def test_a_day_has_the_latest_value_of_or_before_it(timeline: Timeline, offset: int) -> None:
    """Short lists are searched from the end and long ones by halves: both find what a plain scan finds."""
    on = START + dt.timedelta(offset)
    held = [span for span in timeline if span.day <= on]
    assert timeline.span_at(on) == (held[-1] if held else None)
    assert timeline.at(on) == (held[-1].value if held else None)


@given(timelines, offsets)
def test_periods_say_the_same_without_overlap(timeline: Timeline, offset: int) -> None:
    on = START + dt.timedelta(offset)
    periods = list(timeline.periods())
    covering = [one.value for one in periods if one.start <= on and (one.end is None or on < one.end)]
    assert covering == ([] if timeline.at(on) is None else [timeline.at(on)])
    for earlier, later in pairwise(periods):
        assert earlier.end is not None
        assert earlier.end <= later.start
    assert all(one.end is None or one.start < one.end for one in periods)


def test_the_last_value_ignores_days() -> None:
    assert Timeline().last is None
    assert Timeline([Span(START, "a", 1), Span(START, "b", 2)]).last == "b"
