"""Which entries hold: annulments, corrections and duplicate records are settled before anything is folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from tinhgon.registry import events
from tinhgon.registry.refusals import UnableToFold

Numbered = tuple[int, events.Event]


@attrs.frozen(slots=True)
class Settled:
    """The events that hold, in order of (day, sequence), and the ids that are duplicates of others."""

    holding: list[Numbered]
    aliases: dict[str, str]


def settle(entries: Iterable[Numbered]) -> Settled:
    """Drop what was annulled, put corrections in the place of what they correct, join duplicate records.

    Entries come in order of sequence. Raises `UnableToFold` for a target that is not there.
    """
    numbered = list(entries)
    controls: list[Numbered] = [item for item in numbered if isinstance(item[1], events.CONTROLS)]
    if controls:
        numbered, aliases = _without_controls(numbered, controls)
    else:
        aliases = {}
    # Sorting is stable: entries of one day keep their sequence.
    numbered.sort(key=lambda item: item[1].effective_on)
    return Settled(numbered, aliases)


def _without_controls(
    numbered: list[Numbered], controls: list[Numbered]
) -> tuple[list[Numbered], dict[str, str]]:
    known = dict(numbered)
    for seq, event in controls:
        _check_targets(seq, event, known)
    annulled = _annulled(controls)
    replaced = _replacements(controls, annulled)
    standing = [
        (seq, replaced.get(seq, event))
        for seq, event in numbered
        if seq not in annulled and not isinstance(event, events.CONTROLS)
    ]
    aliases = _aliases(controls, annulled, standing)
    return joined(standing, aliases), aliases


def _check_targets(seq: int, event: events.Event, known: Mapping[int, events.Event]) -> None:
    targets: tuple[int, ...] = ()
    if isinstance(event, events.Annulled):
        targets = event.targets
    elif isinstance(event, events.Corrected):
        targets = (event.target,)
    for target in targets:
        if target >= seq or target not in known:
            raise UnableToFold("unknown-entry", seq, event.name, target=target)
    if isinstance(event, events.Corrected) and any(
        isinstance(said, events.CONTROLS) for said in (known[event.target], event.replacement)
    ):
        raise UnableToFold("unknown-entry", seq, event.name, target=event.target)


def _annulled(controls: list[Numbered]) -> set[int]:
    """Later annulments are settled first, so that an annulled annulment annuls nothing."""
    annulled: set[int] = set()
    for seq, event in reversed(controls):
        if isinstance(event, events.Annulled) and seq not in annulled:
            annulled.update(event.targets)
    return annulled


def _replacements(controls: list[Numbered], annulled: set[int]) -> dict[int, events.Event]:
    """Entry -> what it should have said; the latest correction counts."""
    return {
        event.target: event.replacement
        for seq, event in controls
        if isinstance(event, events.Corrected) and seq not in annulled
    }


def _aliases(controls: list[Numbered], annulled: set[int], standing: list[Numbered]) -> dict[str, str]:
    """Duplicate -> the unit kept in the end: what was kept may later prove to be a duplicate itself."""
    aliases: dict[str, str] = {}
    joins = [
        (seq, event)
        for seq, event in controls
        if isinstance(event, events.Deduplicated) and seq not in annulled
    ]
    there = {id_ for _, event in standing for id_ in opened_by(event)} if joins else set()
    for seq, event in joins:
        for id_ in (event.keep, *event.duplicates):
            if id_ not in there:
                raise UnableToFold("unknown-unit", seq, event.name, unit=id_)
        for duplicate in event.duplicates:
            if duplicate == event.keep or event.keep in aliases or duplicate in aliases:
                raise UnableToFold("duplicate-of-itself", seq, event.name, unit=duplicate)
            aliases = {old: event.keep if kept == duplicate else kept for old, kept in aliases.items()}
            aliases[duplicate] = event.keep
    return aliases


def opened_by(event: events.Event) -> tuple[str, ...]:
    """The ids of the units an event may open."""
    if isinstance(event, events.UnitOpened):
        return (event.unit,)
    return tuple(out.unit for out in event.outputs) if isinstance(event, events.Reorganised) else ()


_OWN = (
    events.UnitOpened,
    events.FactChanged,
    events.UnitMoved,
    events.MeasureRecorded,
    events.HeadcountRecorded,
)


def joined(standing: list[Numbered], aliases: Mapping[str, str]) -> list[Numbered]:
    """A duplicate's own facts are dropped; whatever hangs on it is hung on the unit that is kept."""
    if not aliases:
        return standing
    return [
        item if (renamed := _renamed(item[1], aliases)) is item[1] else (item[0], renamed)
        for item in standing
        if not (isinstance(item[1], _OWN) and item[1].unit in aliases)
    ]


def _renamed(event: events.Event, aliases: Mapping[str, str]) -> events.Event:
    if isinstance(event, events.UnitOpened):
        if aliases.keys().isdisjoint(event.parents.values()):
            return event
        return attrs.evolve(event, parents=_renamed_values(event.parents, aliases))
    if isinstance(event, events.UnitMoved) and event.parent in aliases:
        return attrs.evolve(event, parent=aliases[event.parent])
    if isinstance(event, events.PostsOpened) and event.unit in aliases:
        return attrs.evolve(event, unit=aliases[event.unit])
    if isinstance(event, events.Reorganised):
        return _renamed_act(event, aliases)
    if isinstance(event, events.Proposed):
        return attrs.evolve(event, reorganisation=_renamed_act(event.reorganisation, aliases))
    return event


def _renamed_values(mapping: Mapping[str, str], aliases: Mapping[str, str]) -> dict[str, str]:
    return {key: aliases.get(value, value) for key, value in mapping.items()}


def _renamed_act(act: events.Reorganised, aliases: Mapping[str, str]) -> events.Reorganised:
    def name(id_: str) -> str:
        return aliases.get(id_, id_)

    # Where both records of one unit went in, the unit goes in once, by the shares of the first.
    shadowed = set(act.inputs) - set({name(id_): id_ for id_ in reversed(act.inputs)}.values())
    return attrs.evolve(
        act,
        inputs=tuple(dict.fromkeys(name(id_) for id_ in act.inputs)),
        outputs=tuple(
            attrs.evolve(out, unit=name(out.unit), parents=_renamed_values(out.parents, aliases))
            for out in act.outputs
        ),
        flows=tuple(
            attrs.evolve(flow, source=name(flow.source), target=name(flow.target))
            for flow in act.flows
            if flow.source not in shadowed
        ),
        children={name(child): name(parent) for child, parent in act.children.items()},
        posts_moved=_renamed_values(act.posts_moved, aliases),
        new_posts=tuple(attrs.evolve(post, unit=name(post.unit)) for post in act.new_posts),
        headcounts=tuple(attrs.evolve(count, unit=name(count.unit)) for count in act.headcounts),
    )
