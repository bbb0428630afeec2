"""What the time in the header needs from the journal: the days of acts around the day shown, and what is known."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from tinhgon_web.apparatus.selectors import days
from tinhgon_web.core.asof import AsOf


def time(request: HttpRequest) -> dict[str, Any]:
    """Steps and counts, asked only where a template shows them."""
    asof: AsOf | None = getattr(request, "asof", None)
    if asof is None:
        return {}
    return {
        "steps": SimpleLazyObject(lambda: days.steps(asof)),
        "later_entries": SimpleLazyObject(lambda: days.recorded_after(asof.known_at)),
        "last_recorded": SimpleLazyObject(days.last_recorded),
    }
