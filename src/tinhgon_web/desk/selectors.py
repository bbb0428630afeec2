"""What the desk's pages show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from django.db.models import Count, F, Min, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from tinhgon import text as words
from tinhgon_web.core.models import User
from tinhgon_web.core.roles import RIGHTS, Right
from tinhgon_web.desk.duties import AIM
from tinhgon_web.desk.models import Comment, Report, Ticket, Views
from tinhgon_web.portal.models import ArticlePage

State = Comment.State
DAYS_CHARTED = 30


@attrs.frozen(slots=True)
class Clock:
    """By when something must be decided, how long is left, and whether an act says so or the office's own aim."""

    due: dt.datetime
    left: dt.timedelta
    kind: str

    @property
    def is_late(self) -> bool:
        """Whether it is past."""
        return self.left < dt.timedelta(0)

    @property
    def hours(self) -> int:
        """Whole hours left, or past."""
        return int(abs(self.left).total_seconds() // 3600)


@attrs.frozen(slots=True)
class Queued:
    """A comment in the queue with its clock, when one runs."""

    comment: Comment
    clock: Clock | None


def published(page: ArticlePage) -> list[Comment]:
    """The published comments of an article in order, each with its published replies; two queries."""
    shown = Comment.objects.filter(page=page, state=State.ACCEPTED).order_by("sent_at", "pk")
    replies = Prefetch("replies", shown, to_attr="answers")
    return list(shown.filter(parent=None).prefetch_related(replies))


def queue(state: str, query: str = "") -> QuerySet[Comment]:
    """Comments in a state ("reported": with open objections; "": all) whose words hold all of the query's."""
    rows = Comment.objects.select_related("page", "parent")
    for word in words.fold(query).split():
        rows = rows.filter(folded__contains=word)
    if state == "reported":
        due = Min("reports__due", filter=Q(reports__settled_at=None))
        return rows.annotate(due=due).filter(due__isnull=False).order_by("due", "pk")
    if state:
        rows = rows.filter(state=state)
    return rows.order_by("sent_at" if state == State.WAITING else "-sent_at", "pk")


def with_clocks(comments: Iterable[Comment]) -> list[Queued]:
    """Comments with their clocks; one query."""
    listed = list(comments)
    open_ones = Report.objects.filter(comment__in=listed, settled_at=None).order_by("-due")
    first = {report.comment_id: report for report in open_ones}
    return [Queued(one, _clock(one, first.get(one.pk))) for one in listed]


def _clock(comment: Comment, report: Report | None) -> Clock | None:
    now = timezone.now()
    if report is not None:
        return Clock(report.due, report.due - now, "authority" if report.by_authority else "complaint")
    if comment.state == State.WAITING:
        due = comment.sent_at + AIM
        return Clock(due, due - now, "aim")
    return None


def counts() -> dict[str, int]:
    """How many comments stand where; two queries."""
    rows = Comment.objects.order_by().values_list("state").annotate(n=Count("pk"))
    reported = Report.objects.filter(settled_at=None).values("comment").distinct().count()
    return {**dict.fromkeys(State.values, 0), **dict(rows), "reported": reported}


def to_decide() -> int:
    """How many comments a moderator has to look at."""
    found = counts()
    return found[State.WAITING] + found["reported"]


def from_the_same(comment: Comment) -> int:
    """How many other comments came from the same place on the same day."""
    if not comment.source:
        return 0
    return Comment.objects.filter(source=comment.source).exclude(pk=comment.pk).count()


def tickets(state: str, query: str, owner: User | None) -> QuerySet[Ticket]:
    """Tickets in a state ("open": anybody still has to do something; "": all), of one officer or of all."""
    rows = Ticket.objects.select_related("owner")
    if owner is not None:
        rows = rows.filter(owner=owner)
    for word in words.fold(query).split():
        rows = rows.filter(folded__contains=word)
    if state == "open":
        return rows.filter(state__in=(Ticket.State.NEW, Ticket.State.ASSIGNED)).order_by("due", "pk")
    return (rows.filter(state=state) if state else rows).order_by("-sent_at", "-pk")


def late_tickets(owner: User | None, on: dt.date) -> int:
    """How many open tickets are past their day."""
    return tickets("open", "", owner).filter(due__lt=on).count()


def open_tickets(owner: User | None) -> int:
    """How many tickets are open."""
    return tickets("open", "", owner).count()


def answered() -> QuerySet[Ticket]:
    """The published answers, newest first."""
    return Ticket.objects.filter(published_at__isnull=False).order_by("-published_at", "-pk")


def clocks() -> list[Clock]:
    """The clocks that run: of comments that wait, and of those with open objections; four queries."""
    rows = [*queue(State.WAITING), *queue("reported")]
    return [one.clock for one in with_clocks({row.pk: row for row in rows}.values()) if one.clock is not None]


def officers(on: dt.date) -> QuerySet[User]:
    """Those who can be given a ticket on a day."""
    return holding({Right.EDIT, Right.PUBLISH}, on)


def holding(any_of: set[Right], on: dt.date) -> QuerySet[User]:
    """Those who have one of some rights on a day, wherever."""
    roles = [role.value for role, rights in RIGHTS.items() if rights & any_of]
    lasting = Q(grants__end=None) | Q(grants__end__gt=on)
    found = User.objects.filter(lasting, is_active=True, grants__role__in=roles, grants__start__lte=on)
    return found.distinct().order_by("full_name", "username")


def views_of(page: int) -> int:
    """How often a page was read."""
    return Views.objects.filter(page_id=page).aggregate(n=Sum("count"))["n"] or 0


@attrs.frozen(slots=True)
class Bar:
    """A day of the chart: its place on a plane of 720 x 200."""

    day: dt.date
    count: int
    x: float
    y: float
    height: float


def chart(page: int | None, last: dt.date) -> list[Bar]:
    """Views of the last thirty days, of one page or of all."""
    first = last - dt.timedelta(days=DAYS_CHARTED - 1)
    rows = Views.objects.filter(day__gte=first, day__lte=last)
    if page is not None:
        rows = rows.filter(page_id=page)
    counted = dict(rows.order_by().values_list("day").annotate(n=Sum("count")))
    return _bars(counted, first)


def _bars(counted: Mapping[dt.date, int], first: dt.date) -> list[Bar]:
    most = max(counted.values(), default=0) or 1
    days = [first + dt.timedelta(days=n) for n in range(DAYS_CHARTED)]
    bars = []
    for place, day in enumerate(days):
        count = counted.get(day, 0)
        height = round(180 * count / most, 1)
        bars.append(Bar(day, count, place * 24 + 3, 190 - height, height))
    return bars


def most_read(last: dt.date) -> list[dict[str, Any]]:
    """The articles read most in the last thirty days, with their views in them and ever."""
    first = last - dt.timedelta(days=DAYS_CHARTED - 1)
    rows = Views.objects.order_by().values("page", title=F("page__title"))
    lately = Sum("count", filter=Q(day__gte=first), default=0)
    return list(rows.annotate(lately=lately, ever=Sum("count")).order_by("-lately", "-ever")[:30])
