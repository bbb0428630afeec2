"""A register as rows: the periods in which nothing of a unit's identity changed, its facts, posts and holdings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tinhgon.registry import events, kinds
from tinhgon.registry.state import CODE, KIND, NAME, Holding, Lasting, Post, Register, Unit, parent_fact
from tinhgon.registry.timeline import Period, Timeline
from tinhgon_web.apparatus.mentions import mentions
from tinhgon_web.apparatus.rows import FactRow, HoldingRow, MentionRow, PostRow, Rows, UnitRow

PARENT, PARTY_PARENT = parent_fact(kinds.ADMINISTRATIVE), parent_fact(kinds.PARTY)
_IDENTITY = (NAME, KIND, CODE, PARENT, PARTY_PARENT)


def project(register: Register) -> Rows:
    """All rows of a register, units and posts in order of registration, periods in order of time."""
    return Rows(
        units=[row for unit in register.units.values() for row in unit_rows(unit)],
        facts=[row for unit in register.units.values() for row in fact_rows(unit)],
        posts=[row for post in register.posts.values() for row in post_rows(post)],
        holdings=[row for holding in register.holdings.values() for row in holding_rows(holding)],
        mentions=[MentionRow(unit=unit, seq=seq) for unit, seq in mentions(register)],
    )


def unit_rows(unit: Unit) -> Iterator[UnitRow]:
    """The unit's life, cut wherever its name, kind, code, a parent or a measure changed."""
    causes: dict[dt.date, int] = {}
    shown = [unit.facts.get(fact, ()) for fact in _IDENTITY]
    for timeline in (*shown, *unit.measures.values()):
        for span in timeline:
            causes[span.day] = max(span.cause, causes.get(span.day, 0))
    days = [day for day in sorted(causes) if unit.is_open(day)]
    for index, day in enumerate(days):
        yield UnitRow(
            unit=unit.id,
            start=day,
            end=days[index + 1] if index + 1 < len(days) else unit.closed_on,
            cause=causes[day],
            name=unit.name(day),
            kind=unit.kind(day),
            code=unit.code(day),
            parent=unit.parent(day, kinds.ADMINISTRATIVE) or "",
            party_parent=unit.parent(day, kinds.PARTY) or "",
            opened_on=unit.opened_on,
            closed_on=unit.closed_on,
            **{name: _size(unit.measure(name, day)) for name in kinds.MEASURES},
        )


def _size(value: events.Number | None) -> float | None:
    return None if value is None else float(value)


def fact_rows(unit: Unit) -> Iterator[FactRow]:
    """Every fact, measure and headcount with its periods, ended at the latest with the unit."""
    named: list[tuple[str, Timeline]] = [
        *unit.facts.items(),
        *((f"measure:{name}", line) for name, line in unit.measures.items()),
        *((f"headcount:{name}", line) for name, line in unit.headcounts.items()),
    ]
    for fact, timeline in named:
        for period in _within(timeline, unit):
            value = list(period.value) if isinstance(period.value, tuple) else period.value
            yield FactRow(
                unit=unit.id, fact=fact, value=value, start=period.start, end=period.end, cause=period.cause
            )


def post_rows(post: Post) -> Iterator[PostRow]:
    """The units a post stood in, one after the other."""
    for period in _within(post.unit, post):
        yield PostRow(
            post=post.id,
            unit=period.value,
            role=post.role,
            title=post.title,
            start=period.start,
            end=period.end,
            cause=period.cause,
        )


def holding_rows(holding: Holding) -> Iterator[HoldingRow]:
    """The holding, unless it ended on the day it began."""
    if holding.opened_on != holding.closed_on:
        yield HoldingRow(
            holding=holding.id,
            person=holding.person,
            post=holding.post,
            reason=holding.reason,
            start=holding.opened_on,
            end=holding.closed_on,
            cause=holding.opened_by,
        )


def _within(timeline: Timeline, life: Lasting) -> Iterator[Period]:
    """Periods of a timeline, cut at the end of the life they belong to."""
    for period in timeline.periods():
        ends = [day for day in (period.end, life.closed_on) if day is not None]
        end = min(ends) if ends else None
        if end is None or period.start < end:
            yield period._replace(end=end)
