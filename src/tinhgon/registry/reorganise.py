"""One act, n units in and m out: checked for cardinality and balance, then everything that hangs on it is moved.

The order matters: closing units close first (so that a new unit may take over a code), then outputs open, then
children, posts, holders, headcounts and measures are placed. Nobody vanishes: whoever loses a post is either
placed by the act or listed as released in its `Effects`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import attrs

from tinhgon.registry import events, kinds, steps
from tinhgon.registry.balance import headcounts_after, measures_after
from tinhgon.registry.refusals import UnableToFold
from tinhgon.registry.state import CODE, KIND, NAME, Effects, FlowRecord, Register, Unit, parent_fact

_SHARE_TOLERANCE = 1e-6


@attrs.frozen(slots=True)
class _Case:
    """An act being applied: its units, its flows, and what it does."""

    register: Register
    seq: int
    act: events.Reorganised
    inputs: dict[str, Unit]
    flows: tuple[events.Flow, ...]
    effects: Effects

    @property
    def closing(self) -> list[Unit]:
        going_on = {out.unit for out in self.act.outputs}
        return [unit for id_, unit in self.inputs.items() if id_ not in going_on]

    def only_target(self, source: str) -> str | None:
        """Where a unit goes, when it goes whole to one place."""
        targets = [flow.target for flow in self.flows if flow.source == source]
        return targets[0] if len(targets) == 1 else None


def apply(register: Register, seq: int, act: events.Reorganised) -> None:
    """Apply an act to a register.

    Raises:
        UnableToFold: it is not signed, breaks its kind's cardinality, joins families, does not balance, or leaves
            something hanging.
    """
    if act.signed_on is None and not register.is_draft(seq):
        raise UnableToFold("unsigned")
    inputs = {id_: steps.open_unit(register, id_) for id_ in act.inputs}
    check_cardinality(act)
    case = _Case(register, seq, act, inputs, flows_of(act), Effects())
    _check_families(case)
    _check_change(case)
    _check_flows(case)
    counts = headcounts_after(inputs, act, case.flows)
    measures = measures_after(inputs, act, case.flows)
    _close_units(case)
    _settle_outputs(case)
    _place_children(case)
    _place_posts(case)
    _record(case, counts, measures)
    register.effects[seq] = case.effects


def flows_of(act: events.Reorganised) -> tuple[events.Flow, ...]:
    """The flows stated, or with a single output every input whole into it."""
    if act.flows or len(act.outputs) != 1:
        return act.flows
    return tuple(events.Flow(id_, act.outputs[0].unit) for id_ in act.inputs)


def check_cardinality(act: events.Reorganised) -> None:
    """Hold an act against the number of units its label allows."""
    rule = kinds.ACTS.get(act.act)
    if rule is None:
        raise UnableToFold("unknown-act", act=act.act)
    going_on = sum(out.unit in act.inputs for out in act.outputs)
    right = (
        len(set(act.inputs)) == len(act.inputs)
        and len({out.unit for out in act.outputs}) == len(act.outputs)
        and _within(len(act.inputs), rule.inputs)
        and _within(len(act.outputs), rule.outputs)
        and going_on in _survivors(rule, len(act.outputs))
    )
    if not right:
        raise UnableToFold(
            "cardinality",
            act=act.act,
            needed=_needed(rule),
            going_on=rule.survivors,
            inputs=len(act.inputs),
            outputs=len(act.outputs),
            survivors=going_on,
        )


def _within(count: int, bounds: tuple[int, int | None]) -> bool:
    low, high = bounds
    return low <= count and (high is None or count <= high)


def _survivors(rule: kinds.Act, outputs: int) -> range:
    lowest = {"all": outputs, "one": 1}.get(rule.survivors, 0)
    highest = {"none": 0, "one": 1}.get(rule.survivors, outputs)
    return range(lowest, highest + 1)


def _needed(rule: kinds.Act) -> str:
    def span(bounds: tuple[int, int | None]) -> str:
        low, high = bounds
        return f"{low}+" if high is None else (str(low) if low == high else f"{low}-{high}")

    return f"{span(rule.inputs)} → {span(rule.outputs)}"


def _check_families(case: _Case) -> None:
    found = {kinds.FAMILY[unit.facts[KIND].last]: None for unit in case.inputs.values()}
    for out in case.act.outputs:
        if out.kind:
            if out.kind not in kinds.KINDS:
                raise UnableToFold("unknown-kind", kind=out.kind)
            found[kinds.FAMILY[out.kind]] = None
    if case.act.outputs and all(out.kind == kinds.SPECIAL_ZONE for out in case.act.outputs):
        found.pop("district", None)  # in 2025 island districts without communes became special zones
    if len(found) > 1:
        raise UnableToFold("families", family=tuple(found))


def _check_change(case: _Case) -> None:
    """A rename gives another name, a conversion another kind."""
    fact = {"rename": NAME, "convert": KIND}.get(case.act.act)
    if fact is not None:
        [out] = case.act.outputs
        stated = out.title if fact == NAME else out.kind
        if stated in ("", case.inputs[out.unit].facts[fact].last):
            raise UnableToFold("nothing-changes", act=case.act.act, unit=out.unit)


def _check_flows(case: _Case) -> None:
    leaving = dict.fromkeys(case.act.inputs, 0.0)
    outputs = {out.unit for out in case.act.outputs}
    for flow in case.flows:
        for end, allowed in ((flow.source, leaving), (flow.target, outputs)):
            if end not in allowed:
                raise UnableToFold("foreign-unit", unit=end)
        leaving[flow.source] += flow.share if 0 < flow.share <= 1 else math.inf
    if len({(flow.source, flow.target) for flow in case.flows}) < len(case.flows):
        _refuse_double(case.flows)
    for id_, total in leaving.items():
        if outputs and abs(total - 1) > _SHARE_TOLERANCE:
            raise UnableToFold("unbalanced-shares", unit=id_, total=round(total, 6))
    reached = {flow.target for flow in case.flows}
    for out in case.act.outputs:
        if out.unit not in reached:
            raise UnableToFold("nothing-flows-in", unit=out.unit)


def _refuse_double(flows: tuple[events.Flow, ...]) -> None:
    met: set[tuple[str, str]] = set()
    for flow in flows:
        if (flow.source, flow.target) in met:
            raise UnableToFold("overlap-flow", source=flow.source, target=flow.target)
        met.add((flow.source, flow.target))


def _close_units(case: _Case) -> None:
    for unit in case.closing:
        unit.closed_on, unit.closed_by = case.act.effective_on, case.seq
        case.effects.closed.append(unit.id)


def _settle_outputs(case: _Case) -> None:
    _free_codes(case)
    for out in case.act.outputs:
        if out.unit in case.inputs:
            _change_output(case, case.inputs[out.unit], out)
        else:
            steps.new_unit(case.register, case.seq, case.act.effective_on, out)
            case.effects.opened.append(out.unit)


def _free_codes(case: _Case) -> None:
    """A unit that goes on under another code gives up its own first, if another output takes it."""
    taken = {out.code for out in case.act.outputs if out.code}
    for out in case.act.outputs if taken else ():
        unit = case.inputs.get(out.unit)
        held = unit.facts[CODE].last if unit is not None and CODE in unit.facts else None
        if unit is not None and held in taken and out.code not in ("", held):
            steps.set_fact(unit, CODE, None, case.act.effective_on, case.seq)


def _change_output(case: _Case, unit: Unit, out: events.Output) -> None:
    day, seq = case.act.effective_on, case.seq
    for fact, value in ((NAME, out.title), (KIND, out.kind)):
        if value and value != unit.facts[fact].last:
            steps.set_fact(unit, fact, value, day, seq)
    if out.code and out.code != (unit.facts[CODE].last if CODE in unit.facts else None):
        steps.set_code(case.register, unit, out.code, day, seq)
    for fact, value in out.attributes.items():
        steps.set_fact(unit, steps.free_fact(fact), value or None, day, seq)
    for hierarchy, parent in out.parents.items():
        steps.set_parent(case.register, unit, hierarchy, parent, day, seq)


def _place_children(case: _Case) -> None:
    met: set[str] = set()
    for unit in case.inputs.values():
        hanging: list[str] = []
        for hierarchy in kinds.HIERARCHIES:
            hanging += _move_children(case, unit, hierarchy, met)
        if hanging:
            raise UnableToFold("left-hanging", unit=unit.id, what="children", items=", ".join(hanging[:5]))
    for id_ in case.act.children:
        if id_ not in met:
            raise UnableToFold("foreign-unit", unit=id_)


def _move_children(case: _Case, unit: Unit, hierarchy: str, met: set[str]) -> list[str]:
    """Move the children of one input in one hierarchy; return those with nowhere to go."""
    register, day = case.register, case.act.effective_on
    fact = parent_fact(hierarchy)
    default = case.only_target(unit.id) if unit.closed_on is not None else unit.id
    hanging = []
    for id_ in list(register.children_ever.get((hierarchy, unit.id), ())):
        child = register.units[id_]
        if child.closed_on is not None or child.facts[fact].last != unit.id:
            continue
        met.add(id_)
        target = case.act.children.get(id_, default)
        if target is None:
            hanging.append(id_)
        elif target != unit.id:
            steps.set_parent(register, child, hierarchy, target, day, case.seq)
            case.effects.children_moved[id_] = target
    return hanging


def _place_posts(case: _Case) -> None:
    moved = dict(case.act.posts_moved)
    ended = [id_ for unit in case.inputs.values() for id_ in _clear_posts(case, unit, moved)]
    if moved:
        raise UnableToFold("unknown-post", post=next(iter(moved)))
    for new in case.act.new_posts:
        steps.open_unit(case.register, new.unit)
        steps.open_post(case.register, new, new.unit, case.act.effective_on, case.seq)
        case.effects.posts_opened.append(new.post)
    _place_holders(case, ended)


def _clear_posts(case: _Case, unit: Unit, moved: dict[str, str]) -> list[str]:
    """Move or close the posts of one input; return the holdings that ended."""
    register, day, seq = case.register, case.act.effective_on, case.seq
    ended = []
    for id_ in list(register.posts_ever.get(unit.id, ())):
        post = register.posts[id_]
        if post.closed_on is not None or post.unit.last != unit.id:
            continue
        target = moved.pop(id_, None)
        if target is not None:
            steps.open_unit(register, target)
            steps.place_post(register, post, target, day, seq)
            case.effects.posts_moved[id_] = target
        elif unit.closed_on is not None:
            holding = steps.close_post(post, day, seq)
            case.effects.posts_closed.append(id_)
            if holding is not None:
                ended.append(holding.id)
    return ended


def _place_holders(case: _Case, ended: list[str]) -> None:
    left = dict.fromkeys(ended)
    for placement in case.act.holders:
        if placement.holding not in left:
            raise UnableToFold("unknown-holding", holding=placement.holding)
        del left[placement.holding]
        person = case.register.holdings[placement.holding].person
        steps.start_holding(
            case.register, placement.new_holding, person, placement.post, case.act.effective_on, case.seq
        )
        case.effects.placed[placement.holding] = placement.new_holding
    case.effects.released.extend(left)


def _record(
    case: _Case,
    counts: Mapping[tuple[str, str], tuple[int, int | None]],
    measures: Mapping[tuple[str, str], object],
) -> None:
    register, day, seq = case.register, case.act.effective_on, case.seq
    for (id_, category), (assigned, present) in counts.items():
        if id_:
            steps.record_headcount(register.units[id_], category, assigned, present, day, seq)
        else:
            case.effects.headcount_released[category] = assigned
    for (id_, measure), value in measures.items():
        steps.record_derived_measure(register.units[id_], measure, value, day, seq)
    for flow in case.flows:
        if flow.source != flow.target or flow.share < 1:
            record_flow(register, FlowRecord(day, seq, flow.source, flow.target, flow.share))
    for proposal in case.act.carries_out:
        waiting = steps.waiting_proposal(register, proposal)
        waiting.done_on, waiting.done_by = day, seq
    _overtake(case)


def _overtake(case: _Case) -> None:
    """What was proposed for a unit that ceased now, and was not ended before or by this act, waits no more."""
    for unit in case.closing:
        for id_ in case.register.proposals_of.get(unit.id, ()):
            proposal = case.register.proposals[id_]
            if proposal.is_waiting(case.act.effective_on):
                proposal.overtaken_on, proposal.overtaken_by = case.act.effective_on, case.seq


def record_flow(register: Register, flow: FlowRecord) -> None:
    """Index a flow by both its ends."""
    register.flows.append(flow)
    register.flows_from.setdefault(flow.source, []).append(flow)
    register.flows_to.setdefault(flow.target, []).append(flow)
