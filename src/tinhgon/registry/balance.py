"""What a reorganisation must conserve: measures and headcounts flow, none is made or lost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from tinhgon.registry import events, kinds
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Unit
from tinhgon.registry.steps import valid_measure

# Areas are printed to two decimals, shares to four: sums may differ by half of the last digit of every part.
_AREA_STEP, _SHARE_STEP = 0.005, 0.00005

Counts = dict[tuple[str, str], tuple[int, int | None]]
Flows = tuple[events.Flow, ...]
Inputs = Mapping[str, Unit]


def measures_after(
    inputs: Inputs, act: events.Reorganised, flows: Flows
) -> dict[tuple[str, str], events.Number | None]:
    """(unit, measure) -> value after the act, for outputs whose make-up changes.

    A value is the sum of what flows in; None where a part is unknown. What the act states must agree with it, and
    all outputs together hold what the inputs held.
    """
    after: dict[tuple[str, str], events.Number | None] = {}
    if all(flow.source == flow.target for flow in flows) and not any(out.measures for out in act.outputs):
        return after  # a rename or a conversion moves nothing
    for stated in (*(out.measures for out in act.outputs), *(flow.amounts for flow in flows)):
        for measure, value in stated.items():
            valid_measure(measure, value)
    for measure in kinds.MEASURES:
        found = _after(measure, inputs, act, flows)
        after.update({(unit, measure): value for unit, value in found.items()})
    return after


def _after(
    measure: str, inputs: Inputs, act: events.Reorganised, flows: Flows
) -> dict[str, events.Number | None]:
    parts = {id_: _parts(unit, measure, flows) for id_, unit in inputs.items()}
    stated = {out.unit: out.measures[measure] for out in act.outputs if measure in out.measures}
    after: dict[str, events.Number | None] = {}
    for out in act.outputs:
        incoming = [parts[flow.source] for flow in flows if flow.target == out.unit]
        known = bool(incoming) and all(part is not None for part in incoming)
        value = _sum(part[out.unit] for part in incoming if part is not None) if known else None
        if out.unit in stated:
            if value is not None:
                _check_stated(measure, out.unit, stated[out.unit], inputs, flows)
            after[out.unit] = stated[out.unit]
        elif _changes(out.unit, flows) and (value is not None or _had(inputs.get(out.unit), measure)):
            after[out.unit] = value
    if stated and None not in parts.values():
        moved = (item for held in parts.values() if held is not None for item in held.items())
        _settle_rest(measure, _sum(part for unit, part in moved if unit in after), after, stated, len(flows))
    return after


def _settle_rest(
    measure: str,
    whole: events.Number,
    after: dict[str, events.Number | None],
    stated: Mapping[str, events.Number],
    flows: int,
) -> None:
    """Whoever states nothing takes what the stated values leave; where all do, they must add up to the whole."""
    total = _sum(value for value in after.values() if value is not None)
    derived = [unit for unit in after if unit not in stated]
    if derived:
        after[derived[-1]] = _sum((after[derived[-1]] or 0, whole, -total))
    elif abs(total - whole) > (0 if measure in kinds.COUNTS else _AREA_STEP * (flows + len(after))) + 1e-9:
        raise UnableToFold(
            "unbalanced-measure", measure=measure, unit=", ".join(after), stated=total, sum=whole
        )


def _changes(unit: str, flows: Flows) -> bool:
    touching = [flow for flow in flows if unit in (flow.source, flow.target)]
    return any(flow.source != flow.target or flow.share < 1 for flow in touching)


def _had(unit: Unit | None, measure: str) -> bool:
    return unit is not None and measure in unit.measures


def _sum(values: Iterable[events.Number]) -> events.Number:
    total = math.fsum(values)
    return int(total) if total == int(total) else round(total, 6)


def _parts(unit: Unit, measure: str, flows: Flows) -> dict[str, events.Number] | None:
    """How much of a unit's measure goes to each target: exact amounts first, of the rest everyone's share.

    Whole people and households stay whole. None where it is not known.
    """
    timeline = unit.measures.get(measure)
    value = None if timeline is None else timeline.last
    leaving = [flow for flow in flows if flow.source == unit.id]
    parts = {flow.target: flow.amounts[measure] for flow in leaving if measure in flow.amounts}
    shared = [flow for flow in leaving if measure not in flow.amounts]
    if value is None:
        return parts if parts and not shared else None
    left = _sum((value, *(-amount for amount in parts.values())))
    if parts and (left < 0 if shared else abs(left) > _AREA_STEP * len(parts)):
        raise UnableToFold(
            "unbalanced-measure", measure=measure, unit=unit.id, stated=value, sum=_sum(parts.values())
        )
    share = sum(flow.share for flow in shared) if parts else 1.0
    split = {flow.target: left * flow.share / share for flow in shared}
    return {**parts, **(_whole_parts(left, split) if measure in kinds.COUNTS else split)}


def _whole_parts(value: events.Number, split: Mapping[str, float]) -> dict[str, events.Number]:
    """Round parts of an integer, the largest remainders up, so that they add up to it."""
    parts: dict[str, events.Number] = {target: math.floor(part) for target, part in split.items()}
    by_remainder = sorted(split, key=lambda target: parts[target] - split[target])
    for target in by_remainder[: int(value - sum(parts.values()))]:
        parts[target] += 1
    return parts


def _check_stated(measure: str, unit: str, stated: events.Number, inputs: Inputs, flows: Flows) -> None:
    """Hold a stated value against what flows in, before rounding: either rounding of a half may be stated."""
    counts = measure in kinds.COUNTS
    exact, tolerance = 0.0, 0.0 if counts else _AREA_STEP
    for flow in flows:
        if flow.target != unit:
            continue
        tolerance += 0.0 if counts else _AREA_STEP
        mine = [other for other in flows if other.source == flow.source]
        split = _parts(inputs[flow.source], measure, flows) or {}
        if flow.share == 1 or any(measure in other.amounts for other in mine):
            exact += split[unit]
        else:
            whole = inputs[flow.source].measures[measure].last
            exact += whole * flow.share
            tolerance += 0.5 + _SHARE_STEP * whole
    if abs(stated - exact) > tolerance + 1e-9:
        raise UnableToFold("unbalanced-measure", measure=measure, unit=unit, stated=stated, sum=_sum([exact]))


def headcounts_after(inputs: Inputs, act: events.Reorganised, flows: Flows) -> Counts:
    """(unit, category) -> (assigned, present) after the act; unit "" is what the act releases."""
    before = {id_: {cat: line.last for cat, line in unit.headcounts.items()} for id_, unit in inputs.items()}
    stated_categories = {count.category for count in act.headcounts}
    after = _stated_counts(act, before)
    outputs = {out.unit for out in act.outputs}
    for id_, counts in before.items():
        if id_ in outputs:
            continue
        targets = [flow.target for flow in flows if flow.source == id_]
        for category, (assigned, present) in counts.items():
            if category in stated_categories or not (assigned or present):
                continue
            if len(targets) != 1:
                raise UnableToFold("left-hanging", unit=id_, what="headcount", items=category)
            _add(after, before, targets[0], category, assigned, present)
    return after


def _stated_counts(
    act: events.Reorganised, before: Mapping[str, Mapping[str, tuple[int, int | None]]]
) -> Counts:
    after: Counts = {}
    outputs = {out.unit for out in act.outputs}
    for count in act.headcounts:
        if count.unit and count.unit not in outputs:
            raise UnableToFold("foreign-unit", unit=count.unit)
        if count.category not in kinds.HEADCOUNTS or count.assigned < 0:
            raise UnableToFold("unknown-measure", measure=count.category, value=count.assigned)
        had = after.get((count.unit, count.category), (0, None))[0]
        after[count.unit, count.category] = (had + count.assigned, None)
    for category in dict.fromkeys(count.category for count in act.headcounts):
        total_before = sum(counts[category][0] for counts in before.values() if category in counts)
        total_after = sum(assigned for (_, cat), (assigned, _) in after.items() if cat == category)
        if total_before != total_after:
            raise UnableToFold(
                "unbalanced-headcount", category=category, before=total_before, after=total_after
            )
        for id_, counts in before.items():  # who goes on without being named has none of it any more
            if id_ in outputs and category in counts:
                after.setdefault((id_, category), (0, None))
    return after


def _add(
    after: Counts,
    before: Mapping[str, Mapping[str, tuple[int, int | None]]],
    target: str,
    category: str,
    assigned: int,
    present: int | None,
) -> None:
    had, had_present = after.get((target, category)) or before.get(target, {}).get(category) or (0, 0)
    both = None if present is None or had_present is None else present + had_present
    after[target, category] = (had + assigned, both)
