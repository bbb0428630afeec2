"""Which entries touched a unit or spoke of it, what was annulled included: a unit's history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tinhgon.registry import events
from tinhgon.registry.control import Numbered
from tinhgon.registry.state import Register

Pair = tuple[str, int]
"""(unit, number of the entry)."""


def mentions(register: Register) -> Iterator[Pair]:
    """Every pair of a register; an entry that names a duplicate record speaks of the unit that is kept."""
    pairs = set(named(register, register.source))
    pairs.update((id_, seq) for id_, unit in register.units.items() for seq in register.fact_causes(unit))
    yield from sorted(pairs)


def causes(register: Register, id_: str) -> set[int]:
    """The entries that made a unit what it is, with its posts and their holders; none when it is not there."""
    unit = register.units.get(id_)
    return set() if unit is None else set(register.fact_causes(unit))


def named(register: Register, entries: Iterable[Numbered]) -> Iterator[Pair]:
    """The pairs that come from what entries name, whether or not they hold."""
    for seq, event in entries:
        for id_ in _named(event, register):
            yield register.aliases.get(id_, id_), seq


def _named(event: events.Event, register: Register) -> Iterator[str]:
    """The units an event names; a correction or annulment names those of the entries it speaks of."""
    match event:
        case events.Annulled():
            for target in event.targets:
                yield from _named(_recorded(register, target), register)
        case events.Corrected():
            yield from _named(_recorded(register, event.target), register)
            yield from _named(event.replacement, register)
        case events.Deduplicated():
            yield from (event.keep, *event.duplicates)
        case events.Proposed():
            yield from _named(event.reorganisation, register)
        case events.Reorganised():
            yield from event.inputs
            yield from (out.unit for out in event.outputs)
        case _:
            unit = getattr(event, "unit", None)
            if unit is not None:
                yield unit


def _recorded(register: Register, seq: int) -> events.Event:
    return register.source[seq - 1][1]  # a journal's entries are numbered from 1 without gaps
