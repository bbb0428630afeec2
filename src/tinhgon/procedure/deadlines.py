"""Working days, and who holds a waiting step since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set

import attrs

from tinhgon.procedure.procedure import Step

_SATURDAY = 5


def add_working_days(day: dt.date, count: int, holidays: Set[dt.date] = frozenset()) -> dt.date:
    """The day that lies `count` working days after another, which itself does not count.

    Saturdays, Sundays and the `holidays` given are left out. Which days are holidays is announced every year (Tết
    moves), so the caller says it.

    >>> add_working_days(dt.date(2019, 10, 11), 1)
    datetime.date(2019, 10, 14)
    """
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def is_working_day(day: dt.date, holidays: Set[dt.date] = frozenset()) -> bool:
    """Whether offices work that day."""
    return day.weekday() < _SATURDAY and day not in holidays


@attrs.frozen(slots=True)
class Waiting:
    """A step nobody has taken yet: who holds it, since when, and until when (None: no limit is known)."""

    step: Step
    since: dt.date | None
    due: dt.date | None

    def days(self, today: dt.date) -> int:
        """How many days it has been waiting; 0 where it has not begun."""
        return max(0, (today - self.since).days) if self.since else 0

    def days_left(self, today: dt.date) -> int | None:
        """Days until the limit, negative once it has passed; None where no limit is known."""
        return None if self.due is None else (self.due - today).days

    def is_overdue(self, today: dt.date) -> bool:
        """Whether the limit has passed."""
        return self.due is not None and today > self.due


def waiting(step: Step, since: dt.date | None, holidays: Set[dt.date] = frozenset()) -> Waiting:
    """A step that waits since a day."""
    limit = step.working_days
    due = add_working_days(since, limit, holidays) if since is not None and limit is not None else None
    return Waiting(step, since, due)
