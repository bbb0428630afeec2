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
    """One entry. `mended_by` are the later entries, as far as known, that corrected or annulled it."""

    seq: int
    kind: str
    text: str
    effective_on: dt.date
    recorded_at: dt.datetime
    document: Document | None
    cited: str
    clause: str
    approximate: bool
    mended_by: tuple[int, ...]

    @property
    def recorded_on(self) -> dt.date:
        """The day (UTC) it was recorded."""
        return self.recorded_at.astimezone(dt.UTC).date()

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
    """The entries with these numbers, in order of the days they hold from; one query."""
    rows = JournalEntry.objects.filter(seq__in=list(seqs)).select_related("document")
    return told(rows.order_by("effective_on", "seq"), register)


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
