"""What two days differ in, from the engine's register: acts with their documents, and which unit became which."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from tinhgon.registry import events, kinds, lineage
from tinhgon.registry.lineage import CrosswalkRow
from tinhgon.registry.state import CODE, Register, Unit
from tinhgon_web.apparatus.comparing import asking
from tinhgon_web.apparatus.selectors.history import Line, lines
from tinhgon_web.core.rights import Limits
from tinhgon_web.documents.models import Document


@attrs.frozen(slots=True)
class Act:
    """One entry that changed the apparatus: what sort of change, and the units before and after it."""

    line: Line
    change: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@attrs.frozen(slots=True)
class Group:
    """The acts of one document, in order of time."""

    document: Document | None
    cited: str
    acts: list[Act]

    @property
    def is_planned(self) -> bool:
        """Whether they are not signed but laid over the register."""
        return any(act.line.is_planned for act in self.acts)


@attrs.frozen(slots=True)
class KindCount:
    """How many units of a kind there were on the first day, came, went, and were there on the second."""

    kind: kinds.Kind
    before: int
    came: int
    went: int
    after: int


@attrs.frozen(slots=True)
class Comparison:
    """What two days differ in. `pairs`: (unit before, unit after, share) of whatever changed."""

    groups: list[Group]
    counts: dict[str, int]
    by_kind: list[KindCount]
    pairs: list[CrosswalkRow]

    @property
    def acts(self) -> int:
        """How many acts there are."""
        return sum(self.counts.values())


def compare(register: Register, ask: asking.Ask, scope: Limits) -> Comparison:
    """Compare two days; one query, for the entries and their documents."""
    before, after = _units(register, ask, scope, ask.start), _units(register, ask, scope, ask.end)
    found = list(_acts(register, ask, before.keys() | after.keys()))
    counts = Counter(change for _seq, change, _before, _after in found)
    wanted = [one for one in found if not ask.changes or one[1] in ask.changes]
    told = {line.seq: line for line in lines((one[0] for one in wanted), register)}
    acts = [Act(told[seq], change, ins, outs) for seq, change, ins, outs in wanted if seq in told]
    return Comparison(
        groups=_by_document(acts),
        counts={change: counts[change] for change in asking.CHANGES if counts[change]},
        by_kind=_by_kind(before, after, ask),
        pairs=_pairs(register, ask, before, after),
    )


def _units(register: Register, ask: asking.Ask, scope: Limits, on: dt.date) -> dict[str, Unit]:
    """The units open on a day under the place, the place among them."""
    found = list(register.units_on(on, under=ask.place or None))
    place = register.unit(ask.place) if ask.place else None
    if place is not None and place.is_open(on):
        found.append(place)
    return {unit.id: unit for unit in found if scope.everything or scope.holds(unit.id)}


Found = tuple[int, str, tuple[str, ...], tuple[str, ...]]


def _acts(register: Register, ask: asking.Ask, units: Iterable[str]) -> Iterator[Found]:
    """(entry, change, units before, units after) of every act after the first day, up to the second."""
    among = set(units)
    for seq, event in register.applied:
        if not ask.start < event.effective_on <= ask.end:
            continue
        found = _change(event)
        if found is not None and not among.isdisjoint((*found[1], *found[2])):
            yield seq, *found


def _change(event: events.Event) -> tuple[str, tuple[str, ...], tuple[str, ...]] | None:
    match event:
        case events.Reorganised():
            return (
                asking.ACTS.get(event.act, asking.JOINED),
                event.inputs,
                tuple(one.unit for one in event.outputs),
            )
        case events.UnitOpened():
            return asking.FORMED, (), (event.unit,)
        case events.UnitMoved():
            return asking.MOVED, (event.unit,), (event.unit,)
        case events.FactChanged() if event.fact == CODE:
            return asking.RECODED, (event.unit,), (event.unit,)
    return None


def _by_document(acts: list[Act]) -> list[Group]:
    def document(act: Act) -> tuple[dt.date, str]:
        cited = act.line.document
        return (cited.signed_on if cited and cited.signed_on else act.line.effective_on), act.line.cited

    groups = []
    for (_day, cited), those in groupby(sorted(acts, key=document), document):
        members = sorted(those, key=lambda act: (act.line.effective_on, act.line.seq))
        groups.append(Group(members[0].line.document, cited, members))
    return groups


def _by_kind(before: dict[str, Unit], after: dict[str, Unit], ask: asking.Ask) -> list[KindCount]:
    old = Counter(unit.kind(ask.start) for unit in before.values())
    new = Counter(unit.kind(ask.end) for unit in after.values())
    came = Counter(unit.kind(ask.end) for id_, unit in after.items() if id_ not in before)
    went = Counter(unit.kind(ask.start) for id_, unit in before.items() if id_ not in after)
    return [
        KindCount(kind, old[code], came[code], went[code], new[code])
        for code, kind in kinds.KINDS.items()
        if came[code] or went[code] or old[code] != new[code]
    ]


def _pairs(
    register: Register, ask: asking.Ask, before: dict[str, Unit], after: dict[str, Unit]
) -> list[CrosswalkRow]:
    """The crosswalk without what stayed as it was."""
    rows = [
        row
        for row in lineage.crosswalk(register, ask.start, ask.end)
        if row.source in before or row.target in after
    ]
    took_in = {row.target for row in rows if row.target and row.source != row.target}
    gave = {row.source for row in rows if row.source and row.source != row.target}
    return [
        row
        for row in rows
        if row.source != row.target
        or row.target in took_in
        or row.source in gave
        or _differs(register, ask, row.source)
    ]


def _differs(register: Register, ask: asking.Ask, id_: str | None) -> bool:
    """Whether a unit that is there on both days has another name, kind or place."""
    if id_ is None:
        return False
    unit = register.units[id_]
    one, other = ((unit.name(day), unit.kind(day), unit.parent(day)) for day in (ask.start, ask.end))
    return one != other
