"""What a reorganisation must conserve: measures and headcounts flow, none is made or lost."""

from __future__ import annotations

import math
from collections.abc import Mapping

from tinhgon.registry import events, kinds
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import Unit

_INTEGRAL = frozenset({"households", "population"})
# Areas are printed to two decimals, shares to four: sums may differ by half of the last digit of every part.
_AREA_STEP, _SHARE_STEP = 0.005, 0.00005

Counts = dict[tuple[str, str], tuple[int, int | None]]


def measures_after(
    inputs: Mapping[str, Unit], act: events.Reorganised, flows: tuple[events.Flow, ...]
) -> dict[tuple[str, str], events.Number | None]:
    """(unit, measure) -> value after the act, for outputs whose make-up changes.

    A value is the sum of what flows in; None where a part is unknown. What the act states must agree with it.
    """
    after: dict[tuple[str, str], events.Number | None] = {}
    if all(flow.source == flow.target for flow in flows) and not any(out.measures for out in act.outputs):
        return after  # a rename or a conversion moves nothing
    for measure in kinds.MEASURES:
        parts = {id_: _parts(unit, measure, flows) for id_, unit in inputs.items()}
        for out in act.outputs:
            incoming = [parts[flow.source] for flow in flows if flow.target == out.unit]
            stated = out.measures.get(measure)
            known = bool(incoming) and all(part is not None for part in incoming)
            value = _sum(part[out.unit] for part in incoming if part is not None) if known else None
            if stated is not None:
                if value is not None:
                    _check_stated(measure, out.unit, stated, value, inputs, flows)
                after[out.unit, measure] = stated
            elif _changes(out.unit, flows) and (value is not None or _had(inputs.get(out.unit), measure)):
                after[out.unit, measure] = value
    return after


def _changes(unit: str, flows: tuple[events.Flow, ...]) -> bool:
    touching = [flow for flow in flows if unit in (flow.source, flow.target)]
    return any(flow.source != flow.target or flow.share < 1 for flow in touching)


def _had(unit: Unit | None, measure: str) -> bool:
    return unit is not None and measure in unit.measures


def _sum(values: object) -> events.Number:
    total = math.fsum(values)  # type: ignore[arg-type]  # an iterable of numbers, possibly mixed
    return int(total) if total == int(total) else round(total, 6)


def _parts(unit: Unit, measure: str, flows: tuple[events.Flow, ...]) -> dict[str, events.Number] | None:
    """How much of a unit's measure goes to each target; whole people and households stay whole."""
    timeline = unit.measures.get(measure)
    value = None if timeline is None else timeline.last
    leaving = [flow for flow in flows if flow.source == unit.id]
    if all(measure in flow.amounts for flow in leaving) and leaving:
        parts = {flow.target: flow.amounts[measure] for flow in leaving}
        if value is not None and abs(_sum(parts.values()) - value) > _AREA_STEP * len(parts):
            raise UnableToFold(
                "unbalanced-measure", measure=measure, unit=unit.id, stated=value, sum=_sum(parts.values())
            )
        return parts
    if value is None:
        return None
    if measure in _INTEGRAL and isinstance(value, int):
        return _whole_parts(value, leaving)
    return {flow.target: value * flow.share for flow in leaving}


def _whole_parts(value: int, leaving: list[events.Flow]) -> dict[str, events.Number]:
    """Split an integer by shares, the largest remainders first, so that the parts add up to it."""
    parts: dict[str, events.Number] = {flow.target: math.floor(value * flow.share) for flow in leaving}
    rest = value - int(sum(parts.values()))
    by_remainder = sorted(leaving, key=lambda flow: math.floor(value * flow.share) - value * flow.share)
    for flow in by_remainder[:rest]:
        parts[flow.target] += 1
    return parts


def _check_stated(
    measure: str,
    unit: str,
    stated: events.Number,
    value: events.Number,
    inputs: Mapping[str, Unit],
    flows: tuple[events.Flow, ...],
) -> None:
    tolerance = 0.0 if measure in _INTEGRAL else _AREA_STEP
    for flow in flows:
        if flow.target == unit:
            tolerance += 0.0 if measure in _INTEGRAL else _AREA_STEP
            if flow.share < 1 and measure not in flow.amounts:
                tolerance += 0.5 + _SHARE_STEP * (inputs[flow.source].measures[measure].last or 0)
    if abs(stated - value) > tolerance + 1e-9:
        raise UnableToFold("unbalanced-measure", measure=measure, unit=unit, stated=stated, sum=value)


def headcounts_after(
    inputs: Mapping[str, Unit], act: events.Reorganised, flows: tuple[events.Flow, ...]
) -> Counts:
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
            if category in stated_categories or not assigned:
                continue
            if len(targets) != 1:
                raise UnableToFold("left-hanging", unit=id_, what="headcount", items=category)
            _add(after, before, targets[0], category, assigned, present)
    return after


def _stated_counts(
    act: events.Reorganised, before: Mapping[str, Mapping[str, tuple[int, int | None]]]
) -> Counts:
    after: Counts = {}
    for count in act.headcounts:
        had = after.get((count.unit, count.category), (0, None))[0]
        after[count.unit, count.category] = (had + count.assigned, None)
    for category in dict.fromkeys(count.category for count in act.headcounts):
        total_before = sum(counts[category][0] for counts in before.values() if category in counts)
        total_after = sum(assigned for (_, cat), (assigned, _) in after.items() if cat == category)
        if total_before != total_after:
            raise UnableToFold(
                "unbalanced-headcount", category=category, before=total_before, after=total_after
            )
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
