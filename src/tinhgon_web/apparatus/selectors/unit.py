"""Everything the page of one unit shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

import attrs

from tinhgon.figures import findings_of
from tinhgon.registry import kinds
from tinhgon.registry.state import Register
from tinhgon.rules import Finding, Rulebook
from tinhgon_web.apparatus import lineage, timeline, words
from tinhgon_web.apparatus.models import JournalEntry
from tinhgon_web.apparatus.rows import Branch, FactRow, UnitRow
from tinhgon_web.apparatus.selectors.history import Day, Line, by_day, lines
from tinhgon_web.apparatus.selectors.reader import Reader
from tinhgon_web.apparatus.selectors.staff import Headcount, Post, posts_of
from tinhgon_web.documents.models import Document

_HEADCOUNT = "headcount:"
_COUNTED = ("measure:", _HEADCOUNT)
_ELSEWHERE = ("synthetic",)  # the ribbon says it
_UNITS = ("parent", "parent:party", "commune")


@attrs.frozen(slots=True)
class Fact:
    """A fact with its period, in words, and the document that made it so; `unit` when the value is another unit."""

    name: str
    value: str
    unit: str
    start: dt.date
    end: dt.date | None
    seq: int
    document: Document | None
    is_now: bool


@attrs.frozen(slots=True)
class UnitPage:
    """A unit as of a day. `people` counts each holder once, `held` each post that has one."""

    row: UnitRow
    is_open: bool
    is_closed: bool
    above: list[UnitRow]
    party_above: list[UnitRow]
    below: list[Branch]
    facts: list[Fact]
    counts: list[Fact]
    headcounts: list[Headcount]
    findings: tuple[Finding, ...]
    finding: Finding | None
    measured_on: dt.date | None
    posts: list[Post]
    people: int
    history: list[Line]
    timeline: timeline.Timeline | None
    lineage: lineage.Graph | None
    documents: list[Document]

    @property
    def held(self) -> int:
        """Posts somebody holds."""
        return sum(post.holding is not None for post in self.posts)

    @property
    def several(self) -> bool:
        """Whether a holder here holds a further post, here or elsewhere."""
        return any(post.holds > 1 for post in self.posts)

    @property
    def history_by_day(self) -> list[Day]:
        """The history, a day at a time."""
        return by_day(self.history)

    @property
    def below_by_kind(self) -> list[tuple[kinds.Kind, list[Branch]]]:
        """The units directly under it, in groups of one kind."""
        return [(kinds.KINDS[code], list(rows)) for code, rows in groupby(self.below, attrgetter("kind"))]


def unit_page(reader: Reader, register: Register, law: Rulebook, unit: str, known_on: dt.date) -> UnitPage:
    """Read a unit's page.

    Raises:
        UnableToFindUnit: as far as known there is no such unit.
    """
    row = reader.unit(unit)
    rows = reader.facts(unit)
    told = lines(reader.mentions(unit), register)
    posts = posts_of(reader, register, unit)
    counted = [row for row in rows if row.fact.startswith(_COUNTED)]
    counts = _facts(reader, counted)
    found = next(findings_of(register, law, reader.on, [register.units[row.unit]]), None)
    finding = None if found is None else found.finding
    return UnitPage(
        row=row,
        is_open=row.is_open(reader.on),
        is_closed=row.closed_on is not None and row.closed_on <= reader.on,
        above=reader.ancestors(row, kinds.ADMINISTRATIVE),
        party_above=reader.ancestors(row, kinds.PARTY),
        below=reader.children([unit], kinds.ADMINISTRATIVE)[unit],
        facts=_facts(reader, [fact for fact in rows if not fact.fact.startswith((*_COUNTED, *_ELSEWHERE))]),
        counts=counts,
        headcounts=_headcounts(reader, counted, counts),
        findings=() if finding is None else finding.parts or (finding,),
        finding=finding,
        measured_on=None if found is None or found.measured is None else found.measured.day,
        posts=posts,
        people=len({post.holding.person for post in posts if post.holding}),
        history=told,
        timeline=timeline.timeline(told, reader.on, known_on),
        lineage=lineage.graph(register, unit, reader.on),
        documents=_documents(told),
    )


def _facts(reader: Reader, rows: list[FactRow]) -> list[Fact]:
    if not rows:
        return []
    others = reader.units(row.value for row in rows if row.fact in _UNITS)
    seqs = {row.cause for row in rows}
    causes = JournalEntry.objects.filter(seq__in=seqs).select_related("document").defer("payload")
    documents = {entry.seq: entry.document for entry in causes}

    def name(id_: str) -> str:
        return others[id_].name if id_ in others else id_

    return [
        Fact(
            name=words.fact_name(row.fact),
            value=words.fact_value(row.fact, row.value, name),
            unit=row.value if row.fact in _UNITS and row.value in others else "",
            start=row.start,
            end=row.end,
            seq=row.cause,
            document=documents.get(row.cause),
            is_now=row.covers(reader.on),
        )
        for row in rows
    ]


def _headcounts(reader: Reader, rows: list[FactRow], facts: list[Fact]) -> list[Headcount]:
    """The headcounts of the day; `facts` are the same rows in words, with their documents."""
    return [
        Headcount(
            category=row.fact.removeprefix(_HEADCOUNT),
            assigned=row.value[0],
            present=row.value[1],
            since=row.start,
            document=fact.document,
        )
        for row, fact in zip(rows, facts, strict=True)
        if row.fact.startswith(_HEADCOUNT) and row.covers(reader.on)
    ]


def _documents(told: Iterable[Line]) -> list[Document]:
    return list({line.document.pk: line.document for line in told if line.document}.values())
