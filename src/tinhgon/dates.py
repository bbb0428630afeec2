"""Days and moments as the register writes them: ISO in files, day/month/year on paper.

Legal effect is a `date`; the moment something was recorded is an aware `datetime` in UTC. Periods are
half-open, [start, end), and an open end is `None`.
"""

from __future__ import annotations

import datetime as dt
import re

from tinhgon.refusal import Refusal

_DMY = re.compile(r"^\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})\s*$")


class UnableToReadDate(Refusal, ValueError):
    """The text is not a day; says which forms are accepted."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' không phải ngày: viết 2018-03-08 hoặc 8/3/2018 (ngày, tháng, năm)",
            f"'{text}' is not a day: write 2018-03-08 or 8/3/2018 (day, month, year)",
        )
        self.text = text


class UnableToReadMoment(Refusal, ValueError):
    """The text is not a moment in time with a zone."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"'{text}' không phải thời điểm: viết 2019-10-09T07:59:00Z, hoặc một ngày (lấy cuối ngày giờ UTC)",
            f"'{text}' is not a moment: write 2019-10-09T07:59:00Z, or a day for its end in UTC",
        )
        self.text = text


def parse_date(text: str) -> dt.date:
    """Read an ISO day or a Vietnamese one (day first).

    >>> parse_date("2018-03-08") == parse_date("08/3/2018") == dt.date(2018, 3, 8)
    True
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        pass
    match = _DMY.match(text)
    if match is None:
        raise UnableToReadDate(text)
    day, month, year = (int(part) for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnableToReadDate(text) from None


def parse_moment(text: str) -> dt.datetime:
    """Read an ISO moment as aware UTC; a bare day means its last microsecond.

    >>> parse_moment("2019-10-09T14:59:00+07:00").isoformat()
    '2019-10-09T07:59:00+00:00'
    """
    try:
        if len(text.strip()) <= 10:
            return end_of_day(parse_date(text))
        moment = dt.datetime.fromisoformat(text.strip())
        if moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise UnableToReadMoment(text)


def end_of_day(day: dt.date) -> dt.datetime:
    """The last microsecond of a day, UTC."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC)


def format_moment(moment: dt.datetime) -> str:
    """The canonical spelling of a moment in files; one without a zone is refused, as it names many.

    >>> format_moment(dt.datetime(2019, 10, 9, 7, 59, tzinfo=dt.UTC))
    '2019-10-09T07:59:00Z'
    """
    if moment.tzinfo is None:
        raise UnableToReadMoment(moment.isoformat())
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def format_date_vi(day: dt.date) -> str:
    """A day as printed in Vietnamese papers.

    >>> format_date_vi(dt.date(2019, 10, 9))
    '09/10/2019'
    """
    return day.strftime("%d/%m/%Y")
