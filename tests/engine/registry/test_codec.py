"""Events survive being written as JSON and read back."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from tinhgon.citations import Citation
from tinhgon.registry import codec, events

DAY, CITED = dt.date(2019, 3, 1), Citation("qd1", "Điều 1")
COUNTED = events.MeasureRecorded(effective_on=DAY, citation=CITED, unit="v1", measures={"households": 105})


@pytest.mark.parametrize(
    "event",
    [
        attrs.evolve(COUNTED, approximate=True),
        events.Corrected(effective_on=DAY, citation=CITED, target=1, replacement=COUNTED, reason="đọc nhầm"),
    ],
    ids=["approximate", "corrected"],
)
def test_an_event_reads_back_as_it_was_written(event: events.Event) -> None:
    assert codec.from_json(codec.to_json(event)) == event


def test_a_number_is_no_flag() -> None:
    with pytest.raises(codec.UnableToReadEvent, match="true or false"):
        codec.from_json({**codec.to_json(COUNTED), "approximate": 1})
