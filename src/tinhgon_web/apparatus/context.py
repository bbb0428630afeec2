"""What the time in the header needs from the journal: the days of acts around the day shown, and what is known."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from tinhgon_web.apparatus import overlays
from tinhgon_web.apparatus.overlays import Overlay
from tinhgon_web.apparatus.selectors import days
from tinhgon_web.core.asof import AsOf

AS_IF_VIEWS = frozenset(
    {
        "apparatus:tree",
        "apparatus:unit",
        "apparatus:table",
        "apparatus:map",
        "reports:review",
        "reports:figure",
    }
)
"""The pages that show the register with what is laid over it."""


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
    """`recorded`, for the header, the band and lasting links."""
    asof: AsOf | None = getattr(request, "asof", None)
    return {} if asof is None else {"recorded": Recorded(asof), "overlay": _overlay(request, asof)}


def _overlay(request: HttpRequest, asof: AsOf) -> Overlay | None:
    """What the page lays over the register, on the pages that do, for whoever may read it."""
    match = request.resolver_match
    if not asof.as_if or match is None or match.view_name not in AS_IF_VIEWS:
        return None
    found = overlays.find(asof.as_if, asof.on)
    scope = getattr(request, "scope", None)
    return found if found is not None and (scope is None or scope.holds(found.place)) else None
