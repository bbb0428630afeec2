"""Entries as pages list them: what they say, when it held, when it was recorded, which clause they cite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter

import attrs

from tinhgon.registry import codec, events
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import words
from tinhgon_web.apparatus.models import JournalEntry, Person
from tinhgon_web.apparatus.remembered import remembered
from tinhgon_web.documents.models import Document


@attrs.frozen(slots=True)
class Line:
    """One entry. `mended_by` are the later entries, as far as known, that corrected or annulled it.

    `recorded_at` is None for what is not recorded but only laid over the register, as a plan.
    """

    seq: int
    kind: str
    text: str
    effective_on: dt.date
    recorded_at: dt.datetime | None
    document: Document | None
    cited: str
    clause: str
    approximate: bool
    mended_by: tuple[int, ...]

    @property
    def recorded_on(self) -> dt.date:
        """The day (UTC) it was recorded; of what is only planned, the day it would hold from."""
        return self.effective_on if self.recorded_at is None else self.recorded_at.astimezone(dt.UTC).date()

    @property
    def is_planned(self) -> bool:
        """Whether it is laid over the register and no entry of it."""
        return self.recorded_at is None

    @property
    def kind_name(self) -> str:
        """What kind of event it is."""
        return words.event_name(self.kind)

    @property
    def is_control(self) -> bool:
        """Whether it speaks of the record, not of the world."""
        return events.EVENTS[self.kind] in events.CONTROLS


@attrs.frozen(slots=True)
class Day:
    """What holds from one day; of many entries the first are shown and the rest can be opened."""

    on: dt.date
    shown: list[Line]
    more: list[Line]


_MANY, _FIRST = 6, 3


def by_day(lines_: list[Line]) -> list[Day]:
    """Entries in order, gathered by the day they hold from."""
    days = []
    for on, group in groupby(lines_, attrgetter("effective_on")):
        those = list(group)
        first = len(those) if len(those) <= _MANY else _FIRST
        days.append(Day(on, those[:first], those[first:]))
    return days


def lines(seqs: Iterable[int], register: Register) -> list[Line]:
    """The entries with these numbers, in order of the days they hold from; one query, two where any is planned."""
    wanted = list(seqs)
    planned = [seq for seq in wanted if register.is_draft(seq)]
    rows = JournalEntry.objects.filter(seq__in=wanted).exclude(seq__in=planned).select_related("document")
    made = told(rows.order_by("effective_on", "seq"), register)
    if not planned:
        return made
    return sorted([*made, *_planned(planned, register)], key=lambda line: (line.effective_on, line.seq))


def _planned(seqs: list[int], register: Register) -> list[Line]:
    """What is laid over the register, in words."""
    read = [(seq, register.event_by_seq[seq]) for seq in seqs]
    people = people_named(words.person_of(event, register) for _, event in read)
    return [
        Line(
            seq=seq,
            kind=event.name,
            text=words.describe(event, register, people),
            effective_on=event.effective_on,
            recorded_at=None,
            document=None,
            cited="",
            clause="",
            approximate=event.approximate,
            mended_by=(),
        )
        for seq, event in read
    ]


def told(rows: Iterable[JournalEntry], register: Register) -> list[Line]:
    """Rows of the journal in words, in the order given."""
    mended = _mended(register)
    read = [(row, codec.from_json(row.payload)) for row in rows]
    people = people_named(words.person_of(event, register) for _, event in read)
    return [
        Line(
            seq=row.seq,
            kind=row.kind,
            text=words.describe(event, register, people),
            effective_on=row.effective_on,
            recorded_at=row.recorded_at,
            document=row.document,
            cited=event.citation.document,
            clause=event.citation.clause,
            approximate=event.approximate,
            mended_by=mended.get(row.seq, ()),
        )
        for row, event in read
    ]


def people_named(ids: Iterable[str]) -> dict[str, str]:
    """Names by opaque id, where known; one query, or none when nobody is asked for."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


@remembered
def _mended(register: Register) -> dict[int, tuple[int, ...]]:
    mended: dict[int, tuple[int, ...]] = {}
    for seq, event in register.source:
        targets: tuple[int, ...] = ()
        if isinstance(event, events.Corrected):
            targets = (event.target,)
        elif isinstance(event, events.Annulled):
            targets = event.targets
        for target in targets:
            mended[target] = (*mended.get(target, ()), seq)
    return mended
