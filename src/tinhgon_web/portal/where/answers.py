"""An answer to "where is it now": every place that fits, its names, where it is on a day, and the acts in between."""

from __future__ import annotations

import datetime as dt

import attrs
from django.utils.safestring import SafeString

from tinhgon.citations import Citation
from tinhgon.lookup import Conversion, Converter, Found, Part
from tinhgon.registry import events, kinds
from tinhgon.registry.state import Register
from tinhgon_web.apparatus import lookup, registers, words
from tinhgon_web.documents import selectors as documents
from tinhgon_web.documents.models import Document
from tinhgon_web.portal.where import drawing, residents

LONGEST = 300
MOST = 12
"""Places told in full; of more, the asker is told to add the commune or district."""


@attrs.frozen(slots=True)
class Called:
    """A name a unit had, with what it stood under, during [start, end)."""

    name: str
    above: tuple[str, ...]
    code: str
    start: dt.date
    end: dt.date | None


@attrs.frozen(slots=True)
class Act:
    """An entry that led from the place to what it is: what was done, by which clause of which document."""

    seq: int
    says: str
    on: dt.date
    signed_on: dt.date | None
    citation: Citation
    document: Document | None


@attrs.frozen(slots=True)
class Place:
    """A place that the words may mean."""

    found: Found
    unit: str
    names: list[Called]
    parts: tuple[Part, ...]
    codes: dict[str, str]
    acts: list[Act]
    closed_on: dt.date | None
    map: SafeString

    @property
    def unchanged(self) -> bool:
        """Whether it is itself, under a name it still has."""
        return [part.unit for part in self.parts] == [self.unit] and not self.acts

    @property
    def notes(self) -> tuple[residents.Note, ...]:
        """What the acts changed for those who live there."""
        return residents.NOTES if any(act.on >= residents.SINCE for act in self.acts) else ()


@attrs.frozen(slots=True)
class Answer:
    """All places that fit, and how many more."""

    conversion: Conversion
    places: list[Place]
    hidden: int


def answer(words_: str, *, to: dt.date, on: dt.date | None) -> Answer:
    """What some words mean on a day; `on`: the day they were written, None when not known."""
    head = registers.head()
    register = registers.register(head)
    converter = lookup.converter(head, to=to, on=on)
    conversion = _by_code(converter, words_.strip()) or converter.convert(words_)
    shown = conversion.found[:MOST]
    cited = documents.by_id(
        register.event_by_seq[seq].citation.document
        for found, parts in shown
        for seq in _seqs(register, found, parts, to)
    )
    places = [_place(register, head, converter, found, parts, cited) for found, parts in shown]
    return Answer(conversion, places, len(conversion.found) - len(shown))


def _by_code(converter: Converter, code: str) -> Conversion | None:
    """The places that ever had a code; None when the words are none."""
    register = converter.register
    found = []
    for unit in register.codes.get(code, {}):
        for name in converter.gazetteer.by_unit.get(unit, ()):
            if register.units[unit].code(name.start) == code and (
                converter.on is None or name.covers(converter.on)
            ):
                found.append(Found(name, 0.0))
    latest = {one.unit: one for one in found}
    meant = tuple((one, converter.parts(one)) for one in latest.values())
    if not meant:
        return None
    several = len({tuple(part.unit for part in parts) for _, parts in meant}) > 1
    single = "gone" if not meant[0][1] else "one" if len(meant[0][1]) == 1 else "divided"
    return Conversion(code, "several" if several else single, meant)  # type: ignore[arg-type]  # one of the statuses


def _seqs(register: Register, found: Found, parts: tuple[Part, ...], to: dt.date) -> list[int]:
    """The entries that led to the parts; of a place that is gone, the one that ended it."""
    seqs = {seq for part in parts for seq in part.acts}
    unit = register.units[found.unit]
    if unit.closed_by is not None and unit.closed_on is not None and unit.closed_on <= to:
        seqs.add(unit.closed_by)
    for fact in ("name", "kind"):
        seqs |= {
            span.cause
            for span in unit.facts[fact][1:]
            if span.day <= to and span.cause in register.event_by_seq
        }
    return sorted(
        (seq for seq in seqs if seq in register.event_by_seq),
        key=lambda seq: (register.event_by_seq[seq].effective_on, seq),
    )


def _place(
    register: Register,
    head: registers.Head,
    converter: Converter,
    found: Found,
    parts: tuple[Part, ...],
    cited: dict[str, Document],
) -> Place:
    to, unit = converter.to, register.units[found.unit]
    closed = unit.closed_on if unit.closed_on is not None and unit.closed_on <= to else None
    return Place(
        found=found,
        unit=unit.id,
        names=_names(register, converter, unit.id),
        parts=parts,
        codes={part.unit: register.units[part.unit].code(to) for part in parts},
        acts=[_act(register, seq, cited) for seq in _seqs(register, found, parts, to)],
        closed_on=closed,
        map=drawing.draw(register, head, unit.id, parts, to),
    )


def _names(register: Register, converter: Converter, unit: str) -> list[Called]:
    found: list[Called] = []
    for name in converter.gazetteer.by_unit.get(unit, ()):
        if name.start > converter.to:
            continue
        above = tuple(
            up.name(name.start)
            for up in register.ancestors(unit, name.start)
            if up.kind(name.start) in kinds.TERRITORIES
        )
        code = register.units[unit].code(name.start)
        if found and (found[-1].name, found[-1].above, found[-1].code) == (name.title, above, code):
            found[-1] = attrs.evolve(found[-1], end=name.end)
        else:
            found.append(Called(name.title, above, code, name.start, name.end))
    return found


def _act(register: Register, seq: int, cited: dict[str, Document]) -> Act:
    event = register.event_by_seq[seq]
    return Act(
        seq=seq,
        says=words.describe(event, register, {}),
        on=event.effective_on,
        signed_on=event.signed_on if isinstance(event, events.Reorganised) else None,
        citation=event.citation,
        document=cited.get(event.citation.document),
    )
