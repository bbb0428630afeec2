"""The days of a consultation: the roll hangs as long as the law asks, and all is done within its limit."""

from __future__ import annotations

import datetime as dt

from tinhgon.consultation.terms import Terms
from tinhgon.refusal import Refusal


class UnableToCloseSoEarly(Refusal, ValueError):
    """The consultation would end before the roll has hung for the days the rule asks."""

    def __init__(self, closes: dt.date, earliest: dt.date, days: int) -> None:
        super().__init__(
            f"Kết thúc {closes:%d/%m/%Y} là quá sớm: danh sách phải niêm yết {days} ngày, "
            f"kết thúc sớm nhất từ {earliest:%d/%m/%Y}",
            f"closing on {closes} is too early: the roll is posted for {days} days, so not before {earliest}",
        )
        self.closes, self.earliest, self.days = closes, earliest, days


class UnableToConsultSoLong(Refusal, ValueError):
    """The consultation would end before it begins or later than the rule allows."""

    def __init__(self, opens: dt.date, closes: dt.date, days: int | None) -> None:
        late = days is not None and closes > opens
        super().__init__(
            f"Lấy ý kiến từ {opens:%d/%m/%Y}, quy định cho {days} ngày: kết thúc chậm nhất vào đầu ngày "
            f"{opens + dt.timedelta(days=days or 0):%d/%m/%Y}"
            if late
            else "Ngày kết thúc phải sau ngày bắt đầu",
            f"begun on {opens}, the rule gives {days} days: close by the start of "
            f"{opens + dt.timedelta(days=days or 0)}"
            if late
            else "the closing day must come after the opening day",
        )
        self.opens, self.closes, self.days = opens, closes, days


def earliest_close(posted_from: dt.date, terms: Terms) -> dt.date:
    """The first day on which answers may stop being taken, when a roll is posted on a day."""
    return posted_from + dt.timedelta(days=terms.posting_days)


def check_calendar(*, opens: dt.date, closes: dt.date, posted_from: dt.date | None, terms: Terms) -> None:
    """Check the half-open period [opens, closes) against the terms; a roll not posted yet is not looked at.

    Raises:
        UnableToConsultSoLong: it ends before it begins, or later than the rule allows.
        UnableToCloseSoEarly: the roll has not hung for the days the rule asks.
    """
    if closes <= opens or (terms.most_days is not None and (closes - opens).days > terms.most_days):
        raise UnableToConsultSoLong(opens, closes, terms.most_days)
    if posted_from is not None and closes < earliest_close(posted_from, terms):
        raise UnableToCloseSoEarly(closes, earliest_close(posted_from, terms), terms.posting_days)
