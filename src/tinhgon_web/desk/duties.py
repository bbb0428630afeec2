"""Within how many hours something a reader or an authority objects to must be gone, with the act that says so.

The values are from an excerpt that nobody here has held against the act's own text: `verified` is false, and pages
that count by them say so. Before the act is in force the same hours are the office's own rule.
"""

from __future__ import annotations

import datetime as dt

import attrs


@attrs.frozen(slots=True)
class Duty:
    """So many hours, from a moment on, by an act in force since a day."""

    hours: int
    document: str
    since: dt.date
    verified: bool = False

    def due(self, at: dt.datetime) -> dt.datetime:
        """The moment by which it must be done."""
        return at + dt.timedelta(hours=self.hours)

    def holds(self, on: dt.date) -> bool:
        """Whether the act is in force on a day."""
        return on >= self.since


AUTHORITY = Duty(24, "147/2024/NĐ-CP", dt.date(2024, 12, 25))
"""After an authority's request."""
COMPLAINT = Duty(48, "147/2024/NĐ-CP", dt.date(2024, 12, 25))
"""After a reader's well-founded complaint."""
AIM = dt.timedelta(hours=24)
"""The office's own aim: a comment that was sent is decided within a day."""
HOTLINE_WORKING_DAYS = 10
"""The office's own aim: a question or report is answered within so many working days."""
