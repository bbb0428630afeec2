"""The moment something is written down: now, on the day the site calls today (the demonstration's is a fixed one)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from tinhgon_web.core.asof import today


def now() -> dt.datetime:
    """This moment of the day on the site's today, aware."""
    clock = timezone.localtime()
    return dt.datetime.combine(today(), clock.time(), tzinfo=clock.tzinfo)
