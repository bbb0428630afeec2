"""What the time in the header needs from the journal: the days of acts around the day shown, and what is known."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from tinhgon_web.apparatus.as_if import overlay_of
from tinhgon_web.apparatus.selectors import days
from tinhgon_web.core.asof import AsOf


class Recorded:
    """Days and counts of the journal around the two days of a page, each asked only where a template shows it."""

    def __init__(self, asof: AsOf) -> None:
        self._asof = asof

    @cached_property
    def steps(self) -> days.Steps:
        """The nearest day of an act before and after the day shown."""
        return days.steps(self._asof)

    @cached_property
    def later(self) -> int:
        """How many entries are not counted, being recorded later."""
        return days.recorded_after(self._asof.known_at)

    @cached_property
    def last_on(self) -> dt.date | None:
        """The day a lasting link must name as the day of knowledge."""
        return self._asof.known_on or days.last_recorded()


def time(request: HttpRequest) -> dict[str, Any]:
    """`recorded`, for the header, the band and lasting links; `overlay`, what the page lays over the register."""
    asof: AsOf | None = getattr(request, "asof", None)
    return {} if asof is None else {"recorded": Recorded(asof), "overlay": overlay_of(request)}
