"""An event whose source says "about" comes back from a journal's line as it went in."""

from __future__ import annotations

import datetime as dt

import pytest

from tinhgon.citations import Citation
from tinhgon.registry import codec, events

ENDED = events.HoldingEnded(
    effective_on=dt.date(2019, 5, 1), citation=Citation("26-CTr/TU"), holding="h-1", approximate=True
)


def test_an_approximate_event_is_written_and_read() -> None:
    assert codec.from_json(codec.to_json(ENDED)) == ENDED


def test_a_flag_must_be_true_or_false() -> None:
    with pytest.raises(codec.UnableToReadEvent, match="1 is not true or false"):
        codec.from_json({**codec.to_json(ENDED), "approximate": 1})
